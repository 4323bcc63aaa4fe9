import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A real CNCF distribution registry with a storage of its own, gone when disposed of. */
export interface Distribution extends AsyncDisposable {
  /** Where it answers, without a trailing slash: `http://127.0.0.1:35127`. */
  readonly url: string;
}

const execute = promisify(execFile);

/** Debian packages the program under this name, which nothing else has; the project itself calls it `registry`. */
const debianProgram = 'docker-registry';

/** For machines that have an engine and a network but no such program. https://hub.docker.com/_/registry */
const image = 'registry:2';

/**
 * Starts a registry on a free loopback port: the program on PATH (script/engine has one), else a container.
 *
 * @throws Error when there is neither, or when the registry does not answer within half a minute.
 */
export async function startDistribution(): Promise<Distribution> {
  const program = await (known ??= findProgram());
  return program === undefined ? startContainer() : startProgram(program);
}

let known: Promise<string | undefined> | undefined;

async function findProgram(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const isHere = await access(join(folder, debianProgram), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isHere) return debianProgram;
  }
  const version = await execute('registry', ['--version']).catch(() => undefined);
  return version?.stdout.includes('distribution') ? 'registry' : undefined;
}

/** https://distribution.github.io/distribution/about/configuration/ */
function configuration(storage: string) {
  return {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: storage },
      delete: { enabled: true },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { addr: '127.0.0.1:0', relativeurls: true },
  };
}

async function startProgram(program: string): Promise<Distribution> {
  const folder = await mkdtemp(join(tmpdir(), 'distribution-'));
  const file = join(folder, 'config.yml');
  await writeFile(file, JSON.stringify(configuration(join(folder, 'storage'))));
  // The log goes to a file, as a pipe would hold the registry up whenever this process is too busy to read it.
  const log = await open(join(folder, 'log'), 'w');
  // Nothing of our own environment: REGISTRY_* variables would overrule the file.
  const child = spawn(program, ['serve', file], {
    env: { PATH: process.env['PATH'], OTEL_TRACES_EXPORTER: 'none' },
    stdio: ['ignore', 'ignore', log.fd],
  });
  await log.close();
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await listening(child, join(folder, 'log'));
    return { url: await answering(`http://${address}`), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The host and port that the system chose, which only the registry's log tells. */
async function listening(child: ChildProcess, log: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const ended = child.exitCode !== null;
    const said = await readFile(log, 'utf8');
    const address = /listening on (127\.0\.0\.1:\d+)/.exec(said)?.[1];
    if (address) return address;
    if (ended || Date.now() > deadline) throw new Error(`The registry does not listen; its log:\n${said}`);
    await delay(20);
  }
}

async function startContainer(): Promise<Distribution> {
  const settings = ['REGISTRY_STORAGE_DELETE_ENABLED=true', 'REGISTRY_HTTP_RELATIVEURLS=true'];
  const options = [
    '--detach',
    '--rm',
    '--publish',
    '127.0.0.1::5000',
    ...settings.flatMap(it => ['--env', it]),
  ];
  const { stdout } = await execute('docker', ['run', ...options, image]).catch((cause: unknown) => {
    throw new Error(
      `There is neither ${debianProgram} nor registry on PATH, nor can docker run ${image}. ` +
        'Run: script/engine start && eval "$(script/engine env)"',
      { cause },
    );
  });
  const container = stdout.trim();
  const stop = async () => {
    await execute('docker', ['rm', '--force', '--volumes', container]);
  };
  try {
    const published = await execute('docker', ['port', container, '5000/tcp']);
    return { url: await answering(`http://${published.stdout.trim()}`), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until the registry at `url` speaks the API's version 2; gives `url` back. */
async function answering(url: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const response = await fetch(`${url}/v2/`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return url;
    if (Date.now() > deadline) throw new Error(`The registry at ${url} does not answer.`);
    await delay(50);
  }
}
