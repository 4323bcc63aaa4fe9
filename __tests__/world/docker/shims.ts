import { chmod, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './command.ts';
import type { Environment } from './command.ts';
import type { Engine } from './engine.ts';

/** A docker that takes its time to log in; its files are kept in `folder`. */
export async function withSlowLogin(folder: string): Promise<Environment> {
  return { PATH: await withShim(folder, 'if [ "$1" = login ]; then sleep 1; fi') };
}

/** A buildx whose builds begin only when the file `release` is there; its files are kept in `folder`. */
export async function withHeldBuild(
  engine: Engine,
  folder: string,
): Promise<{ environment: Environment; release: string }> {
  const environment = await engine.newConfig(folder);
  const plugin = join(folder, 'cli-plugins', 'docker-buildx');
  const buildx = await realpath(plugin);
  const release = join(folder, 'release');
  const wait = `until [ "$1" != build ] || [ -e "${release}" ]; do sleep 0.1; done`;
  await rm(plugin);
  await writeFile(plugin, `#!/bin/sh\n${wait}\nexec "${buildx}" "$@"\n`, { mode: 0o755 });
  return { environment, release };
}

/** A docker that writes down what it is called with, before the machine's own does it; its files are kept in `folder`. */
export async function withRecorder(folder: string): Promise<{ environment: Environment; argv: string }> {
  const argv = join(folder, 'argv');
  return { environment: { PATH: await withShim(folder, `echo "$@" >>"${argv}"`) }, argv };
}

/** A PATH whose docker first does something else, in the words of a shell. */
async function withShim(folder: string, first: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const docker = await run('sh', ['-c', 'command -v docker']);
  await writeFile(join(folder, 'docker'), `#!/bin/sh\n${first}\nexec "${docker}" "$@"\n`);
  await chmod(join(folder, 'docker'), 0o755);
  return [folder, process.env['PATH']].join(delimiter);
}
