import { hostname } from 'node:os';
import { annotate } from '../platform/actions.ts';
import { dockerEnvironment } from '../platform/environment.ts';
import type { Environment } from '../platform/environment.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import { runLimited, TimeLimitExceeded } from '../platform/limited-process.ts';
import type { LimitedResult } from '../platform/limited-process.ts';
import { startProcess } from '../platform/process.ts';
import type { ProcessResult, StartOptions } from '../platform/process.ts';
import { foreignEngineOf, podmanCommandFailure } from './foreign-engine.ts';
import type { EngineInfo, ForeignEngine, PodmanInfo } from './foreign-engine.ts';
import { openOwnConfig } from './own-config.ts';
import type { OwnConfig } from './own-config.ts';

/** The docker command with its buildx plugin, and the engine that it talks to. */
export interface Docker {
  /** Absent where no engine answers and none is needed, as BuildKit runs elsewhere. */
  engineVersion: string | undefined;
  buildxVersion: string;
  /** Set where the engine is not Docker's own for Linux. */
  foreignEngine?: ForeignEngine;
  /**
   * Whether the engine uses the containerd image store, with which the driver `docker` can export caches, attestations and
   * several platforms.
   */
  containerdStore: boolean;
  /** The configuration that each command here uses. */
  config: OwnConfig;
  /** Whether the engine names this machine as its own, so that both have one network. */
  isHere: boolean;
  /** Runs a buildx command that may take long or reads input. */
  buildx(args: readonly string[], options?: DockerOptions): Promise<ProcessResult>;
  /**
   * Runs a buildx command that ends soon.
   * @throws {Failure} when it has not ended within a minute.
   */
  askBuildx(args: readonly string[], signal: AbortSignal): Promise<LimitedResult>;
}

/** Options of a docker command, whose environment is {@link dockerEnvironment}. */
export interface DockerOptions extends Omit<StartOptions, 'env'> {
  /** Added to that environment. */
  env?: Environment;
}

/** The part of `docker info --format '{{json .}}'` that is read here. */
interface DockerInfo extends EngineInfo, PodmanInfo {
  /** The engine's host name. */
  Name?: string;
  ServerErrors?: string[];
  DriverStatus?: [string, string][] | null;
  ClientInfo?: { Plugins?: { Name: string; Path: string; Version?: string }[] | null };
}

/** The engine, a builder or a registry may never answer docker and buildx. */
const ANSWER_LIMIT_MS = 60_000;

const installRemedy =
  'Run the job on a runner with Docker (ubuntu-latest has it), or install it first: https://docs.docker.com/engine/install/';

interface FindDockerOptions {
  /** When an engine is needed. */
  engine: 'always' | 'for its own builder' | 'never';
  /** Milliseconds in which docker and buildx have to answer a question. */
  answerLimitMs?: number;
}

/**
 * Finds docker, buildx and the engine with a single `docker info`, and makes the configuration that the step uses them with.
 * @throws {Failure} when there is no docker, no buildx, or no engine behind it where one is needed.
 */
export async function findDocker(
  job: Job,
  { engine, answerLimitMs: limitMs = ANSWER_LIMIT_MS }: FindDockerOptions,
): Promise<Docker> {
  const { signal } = job;
  const config = await openOwnConfig();
  job.atEnd(config.remove);
  for (const fault of config.faults)
    job.logInOrder(() =>
      annotate.warning(`Of the configuration of docker on this runner not all is used: ${fault}`),
    );
  const asking = { config, limitMs, signal };
  const info = await readInfo(asking);
  const podman = podmanCommandFailure(info);
  if (podman !== undefined) throw podman;
  const plugin = info.ClientInfo?.Plugins?.find(({ Name }) => Name === 'buildx');
  if (plugin?.Version === undefined) {
    throw new Failure('Docker is here, but its buildx plugin is not, and images are built with it.', {
      remedy:
        'Install the package docker-buildx-plugin on this runner, or add a step `uses: docker/setup-buildx-action` before this one.',
    });
  }
  const foreignEngine = await foreignEngineOf(info, () => readComponents(asking));
  const docker: Docker = {
    ...(foreignEngine && { foreignEngine }),
    engineVersion: info.ServerVersion || undefined,
    buildxVersion: plugin.Version.replace(/^v/, ''),
    containerdStore: (info.DriverStatus ?? []).some(([, value]) =>
      value.startsWith('io.containerd.snapshotter'),
    ),
    config,
    isHere: info.Name === hostname(),
    // Run the binary of the plugin: `docker buildx` would first start every plugin to ask for its name.
    buildx: (args, options) =>
      startProcess(plugin.Path, args, { ...options, env: environmentOf(config, args, options?.env) }),
    askBuildx: (args, until) =>
      ask(plugin.Path, args, { config, limitMs, signal: until }).catch(error => {
        throw explainSilence(error, `docker buildx ${args.slice(0, 2).join(' ')}`);
      }),
  };
  if (docker.engineVersion !== undefined || engine === 'never') return docker;
  if (engine === 'for its own builder' && isRemoteDriver(await driverOf(docker, signal))) return docker;
  throw new Failure(
    `The Docker engine does not answer: ${(info.ServerErrors ?? ['no reason given']).join(' ')}`,
    {
      remedy: `Start it before this step, or point DOCKER_HOST at one that runs; a BuildKit elsewhere is named by \`builder\`. ${installRemedy}`,
    },
  );
}

function environmentOf(config: OwnConfig, args: readonly string[], added: Environment = {}): Environment {
  return { ...dockerEnvironment(config.environment(), args), ...added };
}

/** Whether builders of this driver work without the engine of this machine. */
function isRemoteDriver(driver: string | undefined): boolean {
  return driver === 'remote' || driver === 'kubernetes' || driver === 'cloud';
}

/** The driver of the named builder, by default of the current one; `undefined` if there is no such builder. */
export async function driverOf(
  docker: Docker,
  signal: AbortSignal,
  name?: string,
): Promise<string | undefined> {
  return (await findBuilder(docker, signal, name))?.driver;
}

/** A builder as buildx knows it. */
export interface FoundBuilder {
  driver: string;
  /** Whether its BuildKit works on the machine of the engine and, as far as that is known, on this one. */
  isHere: boolean;
}

/** The named builder, by default the current one; `undefined` if there is no such builder. */
export async function findBuilder(
  docker: Docker,
  signal: AbortSignal,
  name?: string,
): Promise<FoundBuilder | undefined> {
  const argv = ['inspect', ...(name === undefined ? [] : [name])];
  const { stdout: output } = await docker.askBuildx(argv, signal);
  const driver = /^Driver:\s+(\S+)$/m.exec(output)?.[1];
  if (driver === undefined) return undefined;
  const endpoints = [...output.matchAll(/^Endpoint:\s+(\S+)$/gm)].map(([, endpoint = '']) => endpoint);
  const isOfEngine =
    driver === 'docker' ||
    (driver === 'docker-container' && endpoints.every(each => each.startsWith('unix://')));
  return { driver, isHere: docker.isHere && isOfEngine };
}

interface AskOptions {
  config: OwnConfig;
  limitMs: number;
  signal: AbortSignal;
}

function ask(
  command: string,
  args: readonly string[],
  { config, ...options }: AskOptions,
): Promise<LimitedResult> {
  return runLimited(command, args, { env: environmentOf(config, args), ...options });
}

/** The failure of a command that had not ended within its limit; any other error as it is. */
function explainSilence(error: unknown, command: string): unknown {
  if (!(error instanceof TimeLimitExceeded)) return error;
  return new Failure(`\`${command}\` does not answer: ${error.message}`, {
    remedy:
      'Check that the docker engine, the builder or the registry that it asks is running, and that this runner reaches it.',
    cause: error,
  });
}

async function readComponents(options: AskOptions): Promise<string> {
  const format = '{{json .Server.Components}}';
  const answer = await ask('docker', ['version', '--format', format], options).catch(error => {
    throw explainSilence(error, 'docker version');
  });
  return answer.stdout;
}

async function readInfo(options: AskOptions): Promise<DockerInfo> {
  try {
    const { stdout } = await ask('docker', ['info', '--format', '{{json .}}'], options);
    const info: DockerInfo = JSON.parse(stdout);
    return info;
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof TimeLimitExceeded) throw explainSilence(error, 'docker info');
    throw new Failure('There is no working docker command on this runner.', {
      remedy: installRemedy,
      cause: error,
    });
  }
}
