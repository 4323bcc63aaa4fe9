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

/**
 * A machine whose docker and buildx find a registry's host at another address, as a name server would tell them. What they are told of
 * that host holds for the address, their logins too; a login of the address itself is not theirs.
 */
export async function withHostAt(
  engine: Engine,
  folder: string,
  { host, at }: { host: string; at: string },
): Promise<Environment> {
  const script = join(folder, 'host-at.mjs');
  const config = await withBuildxShim(
    engine,
    join(folder, 'config'),
    '',
    `"${process.execPath}" "${script}"`,
  );
  await writeFile(script, hostAt.replaceAll('HOST', host).replaceAll('ADDRESS', at));
  const path = await withShims(join(folder, 'programs'), { docker: '' }, `"${process.execPath}" "${script}"`);
  return { ...config, PATH: path };
}

/** Runs a program with its arguments, and with a copy of docker's configuration that it may change. */
const hostAt = `
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const [program, ...args] = process.argv.slice(2);
const folder = process.env.DOCKER_CONFIG;
const copy = mkdtempSync(join(tmpdir(), 'host-at-'));
for (const name of readdirSync(folder))
  if (name !== 'config.json') symlinkSync(join(folder, name), join(copy, name));
let text = '{}';
try { text = readFileSync(join(folder, 'config.json'), 'utf8'); } catch {}
const given = JSON.parse(text);
for (const member of ['auths', 'credHelpers']) if (given[member]) delete given[member]['ADDRESS'];
const there = JSON.stringify(given).replaceAll('HOST', 'ADDRESS');
writeFileSync(join(copy, 'config.json'), there);
// What docker tells of itself has the paths of its plugins.
const config = args[0] === 'info' ? folder : copy;
const { status } = spawnSync(program, args.map(each => each.replaceAll('HOST', 'ADDRESS')), {
  stdio: 'inherit',
  env: { ...process.env, DOCKER_CONFIG: config, BUILDX_CONFIG: process.env.BUILDX_CONFIG ?? join(folder, 'buildx') },
});
const left = readFileSync(join(copy, 'config.json'), 'utf8');
if (left !== there) writeFileSync(join(folder, 'config.json'), left.replaceAll('ADDRESS', 'HOST'));
rmSync(copy, { recursive: true });
process.exitCode = status ?? 1;
`;

function parseEnvironment(text: string): Environment {
  const entries = text.split('\0').flatMap(line => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** A docker configuration in `folder` whose buildx first does something else, in the words of a shell, and is run by a program. */
async function withBuildxShim(engine: Engine, folder: string, first: string, by = ''): Promise<Environment> {
  const environment = await engine.newConfig(folder);
  const plugin = join(folder, 'cli-plugins', 'docker-buildx');
  const buildx = await realpath(plugin);
  await rm(plugin);
  await writeFile(plugin, `#!/bin/sh\n${first}\nexec ${by} "${buildx}" "$@"\n`, { mode: 0o755 });
  return environment;
}

/** A PATH whose docker first does something else, in the words of a shell. */
function withShim(folder: string, first: string): Promise<string> {
  return withShims(folder, { docker: first });
}

/** A PATH whose programs first do something else, in the words of a shell, and are run by a program. */
async function withShims(folder: string, firsts: Record<string, string>, by = ''): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, first] of Object.entries(firsts)) {
    const program = await run('sh', ['-c', `command -v ${name}`]);
    await writeFile(join(folder, name), `#!/bin/sh\n${first}\nexec ${by} "${program}" "$@"\n`);
    await chmod(join(folder, name), 0o755);
  }
  return [folder, process.env['PATH']].join(delimiter);
}
