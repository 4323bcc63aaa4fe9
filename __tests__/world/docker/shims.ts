import { chmod, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from './command.ts';
import type { Environment } from './command.ts';
import type { Engine } from './engine.ts';

/** A buildx whose builds begin only when the file `release` is there; its files are kept in `folder`. */
export async function withHeldBuild(
  engine: Engine,
  folder: string,
): Promise<{ environment: Environment; release: string }> {
  const release = join(folder, 'release');
  const wait = `until [ "$1" != build ] || [ -e "${release}" ]; do sleep 0.1; done`;
  return { environment: await withBuildxShim(engine, folder, wait), release };
}

/** A docker that writes down what it is called with, before the machine's own does it; its files are kept in `folder`. */
export async function withRecorder(folder: string): Promise<{ environment: Environment; argv: string }> {
  const argv = join(folder, 'argv');
  return { environment: { PATH: await withShim(folder, `echo "$@" >>"${argv}"`) }, argv };
}

/** A program that ran, as the kernel knows it. */
export interface RecordedProcess {
  /** Its name, `docker-buildx` for the plugin. */
  program: string;
  /** Its arguments, between spaces. */
  args: string;
  /** What it was started with, from `/proc`. */
  environment: Environment;
  /** What the process was started with that started it. */
  parentEnvironment: Environment;
}

/**
 * A machine whose programs write down the environment that they are started with, before they do their work: docker with its
 * buildx, git, tar, zstd; what they write is kept in `folder`.
 */
export async function withEnvironmentRecorder(
  engine: Engine,
  folder: string,
): Promise<{ environment: Environment; processes(): Promise<RecordedProcess[]> }> {
  const records = join(folder, 'records');
  await mkdir(records, { recursive: true });
  const write = (program: string): string =>
    [
      `cat /proc/$$/environ >"${records}/${program}.$$.own"`,
      `cat /proc/$PPID/environ >"${records}/${program}.$$.parent"`,
      `echo "$@" >"${records}/${program}.$$.args"`,
    ].join('\n');
  const config = await withBuildxShim(engine, join(folder, 'config'), write('docker-buildx'));
  const programs = Object.fromEntries(['docker', 'git', 'tar', 'zstd'].map(name => [name, write(name)]));
  return {
    environment: { ...config, PATH: await withShims(join(folder, 'programs'), programs) },
    async processes() {
      const names = (await readdir(records)).filter(name => name.endsWith('.args')).toSorted();
      return Promise.all(
        names.map(async name => {
          const read = (what: string) => readFile(join(records, name.replace(/args$/, what)), 'utf8');
          return {
            program: name.replace(/\.\d+\.args$/, ''),
            args: (await read('args')).trimEnd(),
            environment: parseEnvironment(await read('own')),
            parentEnvironment: parseEnvironment(await read('parent')),
          };
        }),
      );
    },
  };
}

function parseEnvironment(text: string): Environment {
  const entries = text.split('\0').flatMap(line => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** A docker configuration in `folder` whose buildx first does something else, in the words of a shell. */
async function withBuildxShim(engine: Engine, folder: string, first: string): Promise<Environment> {
  const environment = await engine.newConfig(folder);
  const plugin = join(folder, 'cli-plugins', 'docker-buildx');
  const buildx = await realpath(plugin);
  await rm(plugin);
  await writeFile(plugin, `#!/bin/sh\n${first}\nexec "${buildx}" "$@"\n`, { mode: 0o755 });
  return environment;
}

/** A PATH whose docker first does something else, in the words of a shell. */
function withShim(folder: string, first: string): Promise<string> {
  return withShims(folder, { docker: first });
}

/** A PATH whose programs first do something else, in the words of a shell. */
async function withShims(folder: string, firsts: Record<string, string>): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, first] of Object.entries(firsts)) {
    const program = await run('sh', ['-c', `command -v ${name}`]);
    await writeFile(join(folder, name), `#!/bin/sh\n${first}\nexec "${program}" "$@"\n`);
    await chmod(join(folder, name), 0o755);
  }
  return [folder, process.env['PATH']].join(delimiter);
}
