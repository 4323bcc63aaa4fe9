import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, rename, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pRetry from 'p-retry';
import { run } from './command.ts';
import type { Environment } from './command.ts';
import { emptyBuildCache, listBuildCache, listImages, removeImage } from './engine-api.ts';
import { turnsAt } from './turns.ts';
import type { Turns } from './turns.ts';

/** The real docker engine of this machine, with its buildx. */
export interface Engine {
  /** Where it listens, as DOCKER_HOST has it: `unix:///var/run/docker.sock`. */
  readonly host: string;
  /** The engine's version, `28.5.2`; Debian's carry a suffix. */
  readonly version: string;
  readonly buildxVersion: string;
  /**
   * Whether images live in containerd's store. Without it the plain docker driver exports no cache but `inline`, and
   * builds neither attestations nor for several platforms: https://docs.docker.com/build/builders/drivers/docker/
   */
  readonly containerdStore: boolean;
  /**
   * Makes `folder` a docker configuration that knows no registry and no builder, only the buildx plugin.
   *
   * @returns what a run must have in its environment to use it with this engine.
   */
  newConfig(folder: string): Promise<Environment>;
  /** Does work that builds; the build cache is not emptied meanwhile, by nobody's tests. */
  build: Turns['build'];
  /** Removes the images that are named after the host of one of these registries. */
  forget(registryHosts: readonly string[]): Promise<void>;
  /** Takes from the build cache all that was not there when the engine was found: what a developer built stays. */
  prune(): Promise<void>;
}

const noEngine =
  'The tests need a docker engine with buildx. Run: script/engine start && eval "$(script/engine env)".';

const description = [
  '{{.ServerVersion}}',
  '{{.DriverStatus}}',
  '{{range .ClientInfo.Plugins}}{{if eq .Name "buildx"}}{{.Path}} {{.Version}}{{end}}{{end}}',
].join('\n');

/**
 * Finds the engine that `docker` on PATH speaks to: DOCKER_HOST's, else the current docker context's. It is looked for once.
 *
 * @throws Error that says how to get one, when none answers or its client has no buildx.
 */
export function findEngine(): Promise<Engine> {
  return (found ??= find());
}

let found: Promise<Engine> | undefined;

async function find(): Promise<Engine> {
  const foundAt = new Date();
  const [host = '', version = '', driver = '', line = ''] = (await describe()).split('\n');
  const [, plugin = '', buildxVersion = ''] = /^(.*) v?(\S+)$/.exec(line) ?? [];
  if (plugin === '') throw new Error(`docker ${version} is here, but without buildx. ${noEngine}`);
  const turns = turnsAt(host);
  return {
    host,
    version,
    buildxVersion,
    containerdStore: driver.includes('io.containerd.snapshotter'),
    async newConfig(folder) {
      await mkdir(join(folder, 'cli-plugins'), { recursive: true });
      await symlink(await realpath(plugin), join(folder, 'cli-plugins', 'docker-buildx'));
      return { DOCKER_CONFIG: folder, DOCKER_HOST: host };
    },
    async forget(registryHosts) {
      // The engine fails to list an image that another test removes at that moment.
      const names = await pRetry(() => listImages(host), { retries: 5, minTimeout: 100 });
      const made = names.filter(name => registryHosts.some(each => name.startsWith(`${each}/`)));
      for (const name of made) await removeImage(host, name);
    },
    build: turns.build,
    prune: () =>
      turns.empty(async () => {
        const made = (await listBuildCache(host)).filter(({ createdAt }) => createdAt >= foundAt);
        if (made.length > 0)
          await emptyBuildCache(
            host,
            made.map(({ id }) => id),
          );
      }),
  };
}

/**
 * The engine's host and what the client tells of the engine and of itself, line by line. It takes several programs, so one
 * file of tests asks for all that the same runner of tests has started.
 */
async function describe(): Promise<string> {
  const { DOCKER_HOST, DOCKER_CONFIG, DOCKER_CONTEXT, PATH } = process.env;
  const asked = JSON.stringify([DOCKER_HOST, DOCKER_CONFIG, DOCKER_CONTEXT, PATH]);
  const key = createHash('sha256').update(asked).digest('hex').slice(0, 12);
  const shared = join(tmpdir(), `engine-${process.ppid}-${key}`);
  const known = await readFile(shared, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  const told = await Promise.all([
    run('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']),
    run('docker', ['info', '--format', description]),
  ]).catch((cause: unknown) => {
    throw new Error(`No docker engine answers. ${noEngine}`, { cause });
  });
  const text = told.join('\n');
  await writeFile(`${shared}.${process.pid}`, text);
  await rename(`${shared}.${process.pid}`, shared);
  return text;
}
