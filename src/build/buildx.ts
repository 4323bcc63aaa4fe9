import { isCacheFault } from '../diagnosis/cache-faults.ts';
import type { CacheTrouble } from '../docker/cache-use.ts';
import { sayCommand } from '../docker/command-line.ts';
import type { Docker } from '../docker/docker.ts';
import { runBuild } from '../docker/run-build.ts';
import type { BuildEnd } from '../docker/run-build.ts';
import type { Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Build } from './build.ts';
import { buildxArguments } from './buildx-arguments.ts';
import type { BuildxOptions } from './buildx-arguments.ts';
import { nameOfEmptySecret, secretEnvironment, nonEmptySecrets } from './secrets.ts';

/** The options of one build; the builder is the same for all. */
export type BuildOptions = Omit<BuildxOptions, 'builder'>;

/** Runs builds with one builder. */
export interface Buildx {
  /** Whether the builder can annotate images. */
  annotates: boolean;
  /**
   * Runs a build. One that failed because a cache could not be read is run again without reading caches. `ran` has the
   * options of the last run, so that it can be repeated.
   */
  build(log: Log, build: Build, options: BuildOptions): Promise<BuildEnd & { ran: BuildOptions }>;
}

/** Milliseconds without progress after which reading GitHub's cache is given up: BuildKit would retry forever. */
const STALL_TIMEOUT_MS = 180_000;

/** BuildKit 0.32 and newer would push attestations as artifacts that ECR has refused. https://github.com/moby/buildkit/issues/6171 */
const buildEnvironment = {
  BUILDX_NO_DEFAULT_OCI_ARTIFACT: '1',
  // The metadata file gets the provenance even where the job's environment turns that off.
  BUILDX_METADATA_PROVENANCE: 'min',
  // And what build checks found.
  BUILDX_METADATA_WARNINGS: 'true',
};

/** Prepares the builds of this job, which share one builder and report each kind of cache trouble only once. */
export function openBuildx(
  { job }: RunOf<object>,
  { docker, builder }: { docker: Docker; builder: Builder },
): Buildx {
  const reported = new Set<string>();
  const warnOfCacheTrouble = (log: Log, trouble: CacheTrouble[]): void => {
    for (const { way, reason } of trouble.filter(each => !reported.has(each.way))) {
      reported.add(way);
      log.warn(`A cache of layers could not be ${way}, and the build went on without that: ${reason}`);
    }
  };
  const run = async (
    log: Log,
    build: Build,
    options: BuildOptions,
  ): Promise<BuildEnd & { ran: BuildOptions }> => {
    const argv = buildxArguments(build, { ...options, builder: builder.name });
    log.info(`docker buildx ${sayCommand(argv)}`);
    const ended = await runBuild(docker, argv, {
      log,
      env: { ...buildEnvironment, ...secretEnvironment(build) },
      signal: job.signal,
      ...(readsGitHub(options) && { stallTimeoutMs: STALL_TIMEOUT_MS }),
    });
    const { cacheUse, failure, isStalled } = ended;
    const { cache } = options;
    const hasCacheFailed = failure !== undefined && cache.from.length > 0 && isCacheFault(failure);
    if (!isStalled && !hasCacheFailed) {
      if (failure === undefined) warnOfCacheTrouble(log, cacheUse.trouble);
      return { ...ended, ran: options };
    }
    log.warn(
      isStalled
        ? `Nothing could be fetched for ${STALL_TIMEOUT_MS / 60_000} minutes, so the image is built without reading GitHub's cache.`
        : `A layer could not be fetched, so the image is built without reading caches: ${failure?.message}`,
    );
    // Where a builder already waits for a layer, every later build that uses the builder's cache waits for it too.
    return run(log, build, {
      ...options,
      cache: { from: [], to: cache.to },
      ...(isStalled && { ignoreBuilderCache: true }),
    });
  };
  let hasReportedEmptySecrets = false;
  return {
    annotates: builder.annotates,
    build(log, build, options) {
      if (!hasReportedEmptySecrets) reportEmptySecrets(log, build);
      hasReportedEmptySecrets = true;
      return run(log, build, builder.caches ? options : { ...options, cache: { from: [], to: [] } });
    },
  };
}

function readsGitHub({ cache }: BuildOptions): boolean {
  return cache.from.some(each => /(^|,)type=gha(,|$)/.test(each));
}

function reportEmptySecrets(log: Log, { secrets }: Build): void {
  const nonEmpty = nonEmptySecrets({ secrets });
  for (const secret of secrets.filter(each => !nonEmpty.includes(each))) {
    log.info(`${nameOfEmptySecret(secret)} is empty, and the build goes without it.`);
  }
}

/** The builder that builds the image. */
export interface Builder {
  /** Its name; `undefined` for the current one. */
  name: string | undefined;
  /** Whether it can annotate images; the engine's own builder can't without the containerd image store. */
  annotates: boolean;
  /** Whether it can read and write the cache that was chosen. */
  caches: boolean;
}
