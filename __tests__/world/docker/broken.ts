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

/**
 * A client whose engine runs Windows containers, or is Podman's, as far as it says so itself; its files are kept in `folder`. The
 * words are those of `docker info` and `docker version` there.
 */
export function withForeignEngine(kind: 'windows' | 'podman', folder: string): Promise<Environment> {
  const changes = {
    windows: 's/"OSType":"linux"/"OSType":"windows"/; s/io.containerd.snapshotter[^"]*/windowsfilter/g',
    podman:
      's/"IndexServerAddress":"[^"]*"/"IndexServerAddress":""/; s/"ServerVersion":"[^"]*"/"ServerVersion":"5.4.2"/',
  };
  const components = JSON.stringify([{ Name: 'Podman Engine', Version: '5.4.2' }, { Name: 'Conmon' }]);
  return withDockerOf(folder, [
    `if [ "$1" = info ]; then "$docker" "$@" | sed '${changes[kind]}'`,
    ...(kind === 'podman' ? [`elif [ "$1" = version ]; then echo '${components}'`] : []),
    'else exec "$docker" "$@"; fi',
  ]);
}

/** A machine on which `docker` is Podman's command line, as the package podman-docker installs it; its files are kept in `folder`. */
export function withPodman(folder: string): Promise<Environment> {
  const info = JSON.stringify({
    host: { arch: 'amd64', buildahVersion: '1.39.4', os: 'linux' },
    store: { graphDriverName: 'overlay' },
    version: { APIVersion: '5.4.2', Version: '5.4.2', OsArch: 'linux/amd64' },
  });
  return withDockerOf(folder, [
    'echo "Emulate Docker CLI using podman." >&2',
    `if [ "$1" = info ]; then echo '${info}'; else echo "Error: unknown command" >&2; exit 125; fi`,
  ]);
}

/** A PATH that begins with another docker, in the words of a shell; the machine's own is `$docker` there. */
async function withDockerOf(folder: string, lines: string[]): Promise<Environment> {
  await mkdir(folder, { recursive: true });
  const docker = (await run('sh', ['-c', 'command -v docker'])).trim();
  const script = ['#!/bin/sh', `docker="${docker}"`, ...lines, ''].join('\n');
  await writeFile(join(folder, 'docker'), script, { mode: 0o755 });
  return { PATH: [folder, process.env['PATH']].join(delimiter) };
}
