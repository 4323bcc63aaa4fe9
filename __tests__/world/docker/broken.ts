import { constants } from 'node:fs';
import { access, chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './command.ts';
import type { Environment } from './command.ts';
import type { Engine } from './engine.ts';

/** A client with buildx whose engine does not answer; its files are kept in `folder`. */
export async function withoutEngine(engine: Engine, folder: string): Promise<Environment> {
  const environment = await engine.newConfig(join(folder, 'config'));
  return { ...environment, DOCKER_HOST: `unix://${join(folder, 'nobody.sock')}` };
}

/** A client whose engine answers but that has no buildx; its files are kept in `folder`. */
export async function withoutBuildx(engine: Engine, folder: string): Promise<Environment> {
  const plugins = join(folder, 'config', 'cli-plugins');
  await mkdir(plugins, { recursive: true });
  const environment = { DOCKER_CONFIG: join(folder, 'config'), DOCKER_HOST: engine.host };
  // Where buildx is installed for all users no configuration can hide it, but the user's own plugin comes first, and
  // one that does not start is to the client no plugin at all.
  // https://github.com/docker/cli/blob/v28.5.2/cli-plugins/manager/manager.go
  const hidden = await run('docker', ['buildx', 'version'], environment).then(
    () => false,
    () => true,
  );
  if (!hidden) {
    await writeFile(join(plugins, 'docker-buildx'), '#!/bin/sh\nexit 1\n');
    await chmod(join(plugins, 'docker-buildx'), 0o755);
  }
  return environment;
}

/** A machine without docker: a PATH that has everything else; its files are kept in `folder`. */
export async function withoutDocker(folder: string): Promise<Environment> {
  const path: string[] = [];
  for (const [index, directory] of (process.env['PATH'] ?? '').split(delimiter).entries()) {
    path.push(
      (await hasDocker(directory)) ? await mirror(directory, join(folder, `path-${index}`)) : directory,
    );
  }
  return { PATH: path.join(delimiter) };
}

async function hasDocker(directory: string): Promise<boolean> {
  return access(join(directory, 'docker'), constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Makes `copy` a folder of links to all of `directory` but docker. */
async function mirror(directory: string, copy: string): Promise<string> {
  await mkdir(copy, { recursive: true });
  const programs = (await readdir(directory)).filter(name => name !== 'docker');
  await Promise.all(programs.map(name => symlink(join(directory, name), join(copy, name))));
  return copy;
}
