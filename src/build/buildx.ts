import type { RunOf } from '../platform/run.ts';
import { cacheUseOf, waitingOf } from '../docker/buildkit-progress.ts';
import { sayCommand } from '../docker/command-line.ts';
import type { Docker } from '../docker/docker.ts';
import { runWatched } from '../docker/watchdog.ts';
import type { Log } from '../platform/job.ts';
import type { Ended } from '../platform/process.ts';
import type { Build } from './build.ts';
import { buildxArguments } from './buildx-arguments.ts';
import type { BuildxOptions } from './buildx-arguments.ts';
import { isCacheFault, lastErrorOf } from './push-errors.ts';
import { sayEmpty, secretEnvironment, toldSecrets } from './secrets.ts';

/** What is told to each build; the builder is known. */
export type BuildOptions = Omit<BuildxOptions, 'builder'>;

/** Builds with one builder, for whoever says what. */
export interface Buildx {
  /** Whether it can annotate what it builds. */
  annotates: boolean;
  /** A build that a cache has failed is made without it; `ran` is what ran in the end, to be repeated if need be. */
  build(log: Log, build: Build, options: BuildOptions): Promise<Ended & { ran: BuildOptions }>;
}

/** Milliseconds in which nothing comes of GitHub's cache: BuildKit would ask for it without an end. */
const STALL_TIMEOUT_MS = 180_000;

/** BuildKit 0.32 and newer would push attestations as artifacts that ECR has refused. https://github.com/moby/buildkit/issues/6171 */
const buildEnvironment = {
  BUILDX_NO_DEFAULT_OCI_ARTIFACT: '1',
  // What the build was made of goes to the metadata file, though the job may have turned that off.
  BUILDX_METADATA_PROVENANCE: 'min',
};

/** What every build of this job has in common. */
export function openBuildx({ job }: RunOf<object>, { docker, builder }: { docker: Docker; builder: Builder }): Buildx {
  const told = new Set<string>();
  const tellOfTrouble = (log: Log, output: string): void => {
    for (const { way, reason } of cacheUseOf(output).trouble.filter(each => !told.has(each.way))) {
      told.add(way);
      log.warn(`A cache of layers could not be ${way}, and the build went on without that: ${reason}`);
    }
  };
  const run = async (
    log: Log,
    build: Build,
    options: BuildOptions,
  ): Promise<Ended & { ran: BuildOptions }> => {
    const argv = buildxArguments(build, { ...options, builder: builder.name });
    log.info(`docker buildx ${sayCommand(argv)}`);
    const env = { ...buildEnvironment, ...secretEnvironment(build) };
    const { stuck, ...ended } = await runWatched(
      given => docker.buildx(argv, given),
      { env, onOutput: log.raw, signal: job.signal },
      { stallTimeoutMs: STALL_TIMEOUT_MS, stateOf: output => (readsGitHub(options) ? waitingOf(output) : undefined) },
    );
    const { cache } = options;
    const failed = ended.exitCode !== 0 && cache.from.length > 0 && isCacheFault(ended.output);
    if (!stuck && !failed) {
      if (ended.exitCode === 0) tellOfTrouble(log, ended.output);
      return { ...ended, ran: options };
    }
    log.warn(
      stuck
        ? `Nothing could be fetched for ${STALL_TIMEOUT_MS / 60_000} minutes, so the image is built without reading GitHub's cache.`
        : `A layer could not be fetched, so the image is built without reading caches: ${lastErrorOf(ended.output)}`,
    );
    // A builder that has begun to wait for a layer has every later build wait for it too, unless that takes nothing from it.
    return run(log, build, { ...options, cache: { from: [], to: cache.to }, ...(stuck && { anew: true }) });
  };
  let isTold = false;
  return {
    annotates: builder.annotates,
    build(log, build, options) {
      if (!isTold) tellOfEmptySecrets(log, build);
      isTold = true;
      return run(log, build, builder.caches ? options : { ...options, cache: { from: [], to: [] } });
    },
  };
}

function readsGitHub({ cache }: BuildOptions): boolean {
  return cache.from.some(each => /(^|,)type=gha(,|$)/.test(each));
}

function tellOfEmptySecrets(log: Log, { secrets }: Build): void {
  const told = toldSecrets({ secrets });
  for (const secret of secrets.filter(each => !told.includes(each))) {
    log.info(`${sayEmpty(secret)} is empty, and the build goes without it.`);
  }
}

/** Who builds. */
export interface Builder {
  /** Where it is not the current one. */
  name: string | undefined;
  /** The engine's own builder can't annotate without the containerd image store. */
  annotates: boolean;
  /** Whether it keeps layers as was planned. */
  caches: boolean;
}
