import { findPullFault, pauseBeforeTry } from '../diagnosis/pull-faults.ts';
import type { CacheTrouble } from '../docker/cache-use.ts';
import { sayCommand } from '../docker/command-line.ts';
import type { Docker } from '../docker/docker.ts';
import { runBuild } from '../docker/run-build.ts';
import type { BuildEnd } from '../docker/run-build.ts';
import { readSentBytes } from '../docker/sent-bytes.ts';
import type { Log } from '../platform/job.ts';
import { clock as realClock } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Build } from './build.ts';
import { buildxArguments } from './buildx-arguments.ts';
import type { BuildxOptions } from './buildx-arguments.ts';
import type { ReportedImage } from './buildx-metadata.ts';
import { nameOfEmptySecret, secretEnvironment, nonEmptySecrets } from './secrets.ts';
import { isImageStall, leaveCacheOut, pushedWithoutCache, readsGitHub } from './stalls.ts';

/** The options of one build; the builder is the same for all. */
export type BuildOptions = Omit<BuildxOptions, 'builder'>;

/** How a build ended. */
export interface BuildResult extends BuildEnd {
  ran: BuildOptions;
  /** Set where the image was pushed and the export of the cache was then interrupted. Buildx has written no metadata file. */
  pushed?: ReportedImage;
}

/** Runs builds with one builder. */
export interface Buildx {
  /** Whether the builder can annotate images. */
  annotates: boolean;
  /** The hosts that the step is logged in to. */
  loginHosts(): string[];
  /**
   * Runs a build. One that failed because an image could not be pulled is tried again, three times in all, and one that failed
   * because a cache could not be read is run again without reading caches. `ran` has the options of the last run, so that it can
   * be repeated.
   */
  build(log: Log, build: Build, options: BuildOptions): Promise<BuildResult>;
}

/** Milliseconds without progress after which reading GitHub's cache is given up: BuildKit would retry forever. */
const WAIT_TIMEOUT_MS = 180_000;

/** BuildKit 0.32 and newer would push attestations as artifacts that ECR has refused. https://github.com/moby/buildkit/issues/6171 */
const buildEnvironment = {
  BUILDX_NO_DEFAULT_OCI_ARTIFACT: '1',
  // The metadata file has what build checks found.
  BUILDX_METADATA_WARNINGS: 'true',
};

/** The metadata file has the provenance for this step's own use, even where the job wants none in the output `metadata`. */
function metadataEnvironment({ metadataProvenance }: Build): Record<string, string> {
  return { BUILDX_METADATA_PROVENANCE: metadataProvenance === 'max' ? 'max' : 'min' };
}

/** Prepares the builds of this job, which share one builder and report each kind of cache trouble only once. */
export function openBuildx(
  { job, plan }: RunOf<{ stallTimeoutMs: number }>,
  { docker, builder, clock = realClock }: { docker: Docker; builder: Builder; clock?: Clock },
): Buildx {
  const reported = new Set<string>();
  const warnOfCacheTrouble = (log: Log, trouble: CacheTrouble[]): void => {
    for (const { way, reason } of trouble.filter(each => !reported.has(each.way))) {
      reported.add(way);
      log.warn(`A cache of layers could not be ${way}, and the build went on without that: ${reason}`);
    }
  };
  const run = async (log: Log, build: Build, options: BuildOptions): Promise<BuildResult> => {
    const argv = buildxArguments(build, { ...options, builder: builder.name });
    log.info(`docker buildx ${sayCommand(argv)}`);
    const ended = await runBuild(docker, argv, {
      log,
      env: { ...buildEnvironment, ...metadataEnvironment(build), ...secretEnvironment(build) },
      signal: job.signal,
      ...(readsGitHub(options) && { waitTimeoutMs: WAIT_TIMEOUT_MS }),
      transfers: {
        stallTimeoutMs: plan.stallTimeoutMs,
        sentBytes: builder.isHere ? readSentBytes : () => undefined,
        say: log.info,
      },
    });
    const { cacheUse, failure } = ended;
    if (failure === undefined) {
      warnOfCacheTrouble(log, cacheUse.trouble);
      return { ...ended, ran: options };
    }
    const pushed = pushedWithoutCache(failure, options);
    if (pushed !== undefined) {
      const trouble = [{ way: 'written' as const, reason: failure.message }];
      warnOfCacheTrouble(log, trouble);
      return { cacheUse: { ...cacheUse, trouble }, pushed, ran: options };
    }
    const withoutCache = leaveCacheOut(failure, options);
    if (withoutCache === undefined) return { ...ended, ran: options };
    log.warn(withoutCache.warning);
    const nextOptions = { ...options, ...withoutCache.options };
    // A transfer of an image that stalled is one of the three tries, whatever else is left out of the next.
    return isImageStall(failure) ? { ...ended, ran: nextOptions } : run(log, build, nextOptions);
  };
  const runWithRetries = async (log: Log, build: Build, options: BuildOptions) => {
    let nextOptions = options;
    for (let tries = 1; ; tries++) {
      const ended = await run(log, build, nextOptions);
      const fault = ended.failure && findPullFault(ended.failure);
      if (fault === undefined || tries > fault.retries) return ended;
      nextOptions = ended.ran;
      const pauseMs = pauseBeforeTry(tries, fault, Math.random());
      log.info(
        `The pull of an image failed (${fault.name}): trying again in ${Math.ceil(pauseMs / 1000)} seconds.`,
      );
      await clock.sleep(pauseMs, job.signal);
    }
  };
  let hasReportedEmptySecrets = false;
  return {
    annotates: builder.annotates,
    loginHosts: docker.config.loginHosts,
    build(log, build, options) {
      if (!hasReportedEmptySecrets) reportEmptySecrets(log, build);
      hasReportedEmptySecrets = true;
      return runWithRetries(
        log,
        build,
        builder.caches ? options : { ...options, cache: { from: [], to: [] } },
      );
    },
  };
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
  /** Whether its BuildKit works on this machine, as far as that is known: what it sends is then seen here. */
  isHere: boolean;
}
