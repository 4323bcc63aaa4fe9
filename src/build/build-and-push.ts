import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CacheArguments } from '../cache/backends.ts';
import { sayTimeSaved, timeSaved } from '../cache/cold-build-time.ts';
import type { TimeSaved } from '../cache/cold-build-time.ts';
import { describeBuildFailure } from '../diagnosis/describe-failure.ts';
import { findPushFault } from '../diagnosis/push-faults.ts';
import type { BuildFailure } from '../docker/build-failure.ts';
import type { CacheUse } from '../docker/cache-use.ts';
import type { StoredImage, Image } from '../image/image.ts';
import type { Registry } from '../image/log-docker-in.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { withTempDir } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/repository.ts';
import type { Release, Tags } from '../tags/plan.ts';
import type { Build } from './build.ts';
import { readMetadata, reportedMetadata } from './buildx-metadata.ts';
import type { Metadata, ReportedImage } from './buildx-metadata.ts';
import type { BuildOptions, Buildx } from './buildx.ts';
import { pushedAs } from './stalls.ts';

/** What is known of a build that pushed, besides the image. */
export interface BuildResult {
  cacheUse: CacheUse;
  /** Seconds that building and pushing took. */
  seconds: number;
  saved?: TimeSaved;
  metadata: Metadata;
}

/** The image, and the result of its build. `built` is absent where another job has pushed the image. */
export interface PushResult {
  image: Image;
  built?: BuildResult;
}

interface BuildAndPushParts {
  build: Build;
  tags: Pick<Tags, 'candidate' | 'releases'>;
  release: Release;
  reuse: 'commit' | 'content' | 'off';
}

interface BuildAndPushTools {
  /** Finds the image that another job has pushed for this commit meanwhile; `undefined` where its inputs differ from this build's. */
  findImageOfOtherJob: () => Promise<StoredImage | undefined>;
  buildx: Buildx;
  registry: Registry;
  cache: CacheArguments;
  /** Seconds that the last build without cached layers took, where the cache has them, and that restoring the cache took. */
  times: { cold?: number; restored: number };
}

/**
 * Builds and pushes the image by one `buildx build --push`. The digest is read from buildx's metadata file, never from a
 * log. Throws a `Failure` where the build or the push fails.
 */
export function buildAndPush(
  { job, plan }: RunOf<BuildAndPushParts>,
  repository: Repository,
  tools: BuildAndPushTools,
): Promise<PushResult> {
  const { candidate: tag, releases } = plan.tags;
  const reference = `${repository.uri}:${tag}`;
  const imageOf = (digest: string) => ({ ref: `${repository.uri}@${digest}`, digest, tag });
  return job.step('Build and push', log =>
    withTempDir(async scratch => {
      const metadataFile = join(scratch, 'metadata.json');
      const { annotates } = tools.buildx;
      const described = { reference, build: plan.build, push: true, hosts: tools.buildx.loginHosts() };
      const buildOptions = {
        reference,
        cache: tools.cache,
        releases: plan.release === 'with-push' ? releases.map(each => `${repository.uri}:${each}`) : [],
        metadataFile,
        push: true,
        annotate: annotates,
      };
      const push = (withoutAttestations: boolean) =>
        pushWithRetries(job, log, {
          build: plan.build,
          options: { ...buildOptions, withoutAttestations: withoutAttestations },
          ...tools,
        });
      if (!annotates && plan.reuse !== 'off') {
        log.warn(
          'A re-run of this commit will not recognise the image, as the builder cannot annotate it. Let docker/setup-buildx-action make a builder, set `driver: docker-container`, or turn on the containerd image store of this engine.',
        );
      }
      const startedAt = performance.now();
      let pushed = await push(false);
      if (pushed.kind === 'attestations refused') {
        refuseToDropAttestations(plan.build, reference);
        log.warn(
          'The registry does not take attestations (405 Method Not Allowed): the image is pushed without provenance and SBOM. `provenance: false` leaves them out from the start.',
        );
        pushed = await push(true);
        if (pushed.kind === 'attestations refused')
          throw new Failure(...(await describeBuildFailure(pushed.failure, described)));
      }
      if (pushed.kind === 'tag exists') {
        const otherImage = await tools.findImageOfOtherJob();
        if (otherImage === undefined)
          throw new Failure(...(await describeBuildFailure(pushed.failure, described)));
        log.result(`The registry has ${reference} by now, from the same inputs: ${otherImage.digest}`);
        return {
          image: {
            kind: 'reused',
            by: 'commit',
            isRecent: true,
            ...imageOf(otherImage.digest),
            manifest: otherImage,
          },
        };
      }
      const { reported } = pushed;
      const metadata = reported
        ? reportedMetadata(reference, reported)
        : await readMetadata(log, plan.build, metadataFile);
      // Buildx writes the file after the push, and the disk may be full.
      const digest = metadata.digest ?? (await tools.findImageOfOtherJob())?.digest;
      if (digest === undefined) throw lostDigest(reference);
      if (pushed.kind === 'failed after all steps')
        log.warn(`${reference} was pushed, and then buildx failed: ${pushed.failure.message}`);
      const seconds = (performance.now() - startedAt) / 1000;
      const { cacheUse } = pushed;
      const { cold, restored } = tools.times;
      const saved = timeSaved({ cacheUse, seconds: seconds + restored }, cold);
      log.result(`${reference} is ${digest}${saved ? `, ${sayTimeSaved(saved)}` : ''}`);
      const built = { cacheUse, seconds, ...(saved && { saved }), metadata };
      return { image: { kind: 'built', ...imageOf(digest) }, built };
    }),
  );
}

/** Only the attestations that buildx adds by default may be left out: throws a `Failure` where the inputs ask for some. */
function refuseToDropAttestations({ attests }: Build, reference: string): void {
  if (attests.length === 0) return;
  if (attests.every(each => each.includes('disabled=true'))) {
    throw new Failure(`The registry does not take the manifest of ${reference} (405 Method Not Allowed).`, {
      remedy:
        'Nothing is attested, so it is the kind of image that it refuses: leave `outputs: type=image,…` and `annotations` of an index out, or push to another registry.',
    });
  }
  throw new Failure(
    `The registry does not take the attestations that were asked for with ${reference} (405 Method Not Allowed).`,
    {
      remedy:
        'Leave `provenance`, `sbom` and `attests` out, or attest the pushed image in a step of its own, such as actions/attest.',
    },
  );
}

interface BuildCall {
  build: Build;
  options: BuildOptions;
}

type PushEnd =
  | { kind: 'pushed'; cacheUse: CacheUse; reported?: ReportedImage }
  | { kind: 'failed after all steps'; cacheUse: CacheUse; failure: BuildFailure; reported: ReportedImage }
  | { kind: 'tag exists'; failure: BuildFailure }
  | { kind: 'attestations refused'; failure: BuildFailure };

/**
 * Repeats a push that failed for an expired login or a temporary fault, after a new login. After a push it returns the
 * cache use of the first try, which alone shows what came from the cache: later tries repeat only the push.
 * `failed after all steps`: BuildKit has reported each name as pushed, and then buildx failed. `tag exists`: another job has pushed an
 * image under the same immutable tag. `attestations refused`: the registry does not take attestations. Throws a `Failure` for any
 * other fault.
 */
async function pushWithRetries(
  job: Job,
  log: Log,
  { build, options, buildx, registry }: Pick<BuildAndPushTools, 'buildx' | 'registry'> & BuildCall,
): Promise<PushEnd> {
  let firstCacheUse: CacheUse | undefined;
  let nextOptions = options;
  for (let tries = 0; ; tries++) {
    const { failure, cacheUse, ran, pushed } = await buildx.build(log, build, nextOptions);
    nextOptions = ran;
    firstCacheUse ??= cacheUse;
    if (failure === undefined)
      return { kind: 'pushed', cacheUse: firstCacheUse, ...(pushed && { reported: pushed }) };
    const fault = findPushFault(failure);
    if (fault?.name === 'immutable tag') return { kind: 'tag exists', failure };
    if (fault?.name === 'attestations refused') return { kind: 'attestations refused', failure };
    const reported =
      fault === undefined && failure.step === undefined ? pushedAs(failure.pushed, nextOptions) : undefined;
    if (reported !== undefined)
      return { kind: 'failed after all steps', failure, cacheUse: firstCacheUse, reported };
    if (fault === undefined || tries >= fault.retries)
      throw new Failure(
        ...(await describeBuildFailure(failure, { ...options, build, hosts: buildx.loginHosts() })),
      );
    log.info(`The push failed (${fault.name}): logging in again and repeating it.`);
    await sleep(500 * 3 ** tries, undefined, { signal: job.signal });
    await registry.renew();
  }
}

function lostDigest(reference: string): Failure {
  return new Failure(`${reference} was pushed, but buildx did not tell its digest.`, {
    remedy:
      'Look for free space in RUNNER_TEMP, where buildx writes its metadata, and use buildx 0.12 or newer, for instance by docker/setup-buildx-action. A new run finds the image that was pushed.',
  });
}
