import { Failure } from '../platform/failure.ts';
import { runProcess, startProcess } from '../platform/process.ts';
import type { Ended, StartOptions } from '../platform/process.ts';

/** A docker command line with its buildx, and the engine behind it. */
export interface Docker {
  /** Absent where BuildKit works elsewhere and no engine was asked for. */
  engineVersion: string | undefined;
  buildxVersion: string;
  /** The containerd image store: with it the plain docker driver exports caches, attestations and many platforms. */
  containerdStore: boolean;
  /** What may take long, or is given something. */
  run(args: readonly string[], options?: StartOptions): Promise<Ended>;
  buildx(args: readonly string[], options?: StartOptions): Promise<Ended>;
  /** What buildx answers soon. */
  askBuildx(args: readonly string[], signal: AbortSignal): Promise<Ended>;
}

/** The part of `docker info --format '{{json .}}'` that is read here. */
interface Info {
  ServerVersion?: string;
  ServerErrors?: string[];
  DriverStatus?: [string, string][] | null;
  ClientInfo?: { Plugins?: { Name: string; Path: string; Version?: string }[] | null };
}

const installRemedy =
  'Run the job on a runner with Docker (ubuntu-latest has it), or install it first: https://docs.docker.com/engine/install/';

interface Needs {
  engine: 'always' | 'for its own builder' | 'never';
}

/**
 * Asks the engine and the command line for everything at once: one process instead of a probe for each question.
 * @throws {Failure} when there is no docker, no buildx, or no engine behind it where one is needed.
 */
export async function findDocker(signal: AbortSignal, { engine }: Needs): Promise<Docker> {
  const info = await askInfo(signal);
  const plugin = info.ClientInfo?.Plugins?.find(({ Name }) => Name === 'buildx');
  if (plugin?.Version === undefined) {
    throw new Failure('Docker is here, but its buildx plugin is not, and images are built with it.', {
      remedy:
        'Install the package docker-buildx-plugin on this runner, or add a step `uses: docker/setup-buildx-action` before this one.',
    });
  }
  const docker: Docker = {
    engineVersion: info.ServerVersion || undefined,
    buildxVersion: plugin.Version.replace(/^v/, ''),
    containerdStore: (info.DriverStatus ?? []).some(([, value]) =>
      value.startsWith('io.containerd.snapshotter'),
    ),
    run: (args, options) => startProcess('docker', args, options),
    // The plugin's own binary: `docker buildx` starts every plugin first to ask it for its name.
    buildx: (args, options) => startProcess(plugin.Path, args, options),
    askBuildx: (args, until) => runProcess(plugin.Path, args, { signal: until }),
  };
  if (docker.engineVersion !== undefined || engine === 'never') return docker;
  if (engine === 'for its own builder' && isElsewhere(await driverOf(docker, signal))) return docker;
  throw new Failure(
    `The Docker engine does not answer: ${(info.ServerErrors ?? ['no reason given']).join(' ')}`,
    {
      remedy: `Start it before this step, or point DOCKER_HOST at one that runs; a BuildKit elsewhere is named by \`builder\`. ${installRemedy}`,
    },
  );
}

/** Whether a builder of this driver works without the engine of this machine. */
function isElsewhere(driver: string | undefined): boolean {
  return driver === 'remote' || driver === 'kubernetes' || driver === 'cloud';
}

/** The driver of a builder, or of the current one; `undefined` where there is none of the name. */
export async function driverOf(
  docker: Docker,
  signal: AbortSignal,
  name?: string,
): Promise<string | undefined> {
  const argv = ['inspect', ...(name === undefined ? [] : [name])];
  const { output } = await docker.askBuildx(argv, signal);
  return /^Driver:\s+(\S+)$/m.exec(output)?.[1];
}

async function askInfo(signal: AbortSignal): Promise<Info> {
  try {
    const { output } = await runProcess('docker', ['info', '--format', '{{json .}}'], {
      signal,
      stdoutOnly: true,
    });
    const info: Info = JSON.parse(output);
    return info;
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure('There is no working docker command on this runner.', {
      remedy: installRemedy,
      cause: error,
    });
  }
}
