import type { RunOf } from '../platform/run.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CacheArguments } from '../cache/backends.ts';
import { sayTimeSaved, timeSaved } from '../cache/cold-build-time.ts';
import { cacheUseOf } from '../docker/buildkit-progress.ts';
import type { StoredImage, Image } from '../image/image.ts';
import type { Registry } from '../image/log-docker-in.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';
import type { TimeSaved } from '../cache/cold-build-time.ts';
import type { Release, Tags } from '../tags/plan.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { inScratch } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Build } from './build.ts';
import type { BuildOptions, Buildx } from './buildx.ts';
import { metadataOf } from './metadata.ts';
import type { Metadata } from './metadata.ts';
import { faultOfBuild, pushFaultOf } from './push-errors.ts';

/** What a build that pushed tells beside the image. */
export interface BuildResult {
  cacheUse: CacheUse;
  /** What building and pushing took. */
  seconds: number;
  saved?: TimeSaved;
  metadata: Metadata;
}

/** The image, and what its build told where it is this build's. */
export interface Pushed {
  image: Image;
  built?: BuildResult;
}

interface BuildParts {
  build: Build;
  tags: Pick<Tags, 'candidate' | 'releases'>;
  release: Release;
  reuse: 'commit' | 'content' | 'off';
}

interface PushTools {
  /** The image that another job has pushed for this commit meanwhile; `undefined` where it may not stand for this build. */
  other: () => Promise<StoredImage | undefined>;
  buildx: Buildx;
  registry: Registry;
  cache: CacheArguments;
  /** Seconds that the last cold build took, as far as the cache tells, and those that it took to restore this one. */
  times: { cold?: number; restored: number };
}

/** One `buildx build --push`; the digest is what buildx wrote to its metadata file, never read from a log. */
export function buildAndPush({ job, plan }: RunOf<BuildParts>, repository: Repository, tools: PushTools): Promise<Pushed> {
  const { candidate: tag, releases } = plan.tags;
  const reference = `${repository.uri}:${tag}`;
  const imageOf = (digest: string) => ({ ref: `${repository.uri}@${digest}`, digest, tag });
  return job.step('Build and push', log =>
    inScratch(async scratch => {
      const metadataFile = join(scratch, 'metadata.json');
      const { annotates } = tools.buildx;
      const what = {
        reference,
        cache: tools.cache,
        releases: plan.release === 'with-push' ? releases.map(each => `${repository.uri}:${each}`) : [],
        metadataFile,
        push: true,
        annotate: annotates,
      };
      const push = (unattested: boolean) =>
        pushWithPatience(job, log, { build: plan.build, options: { ...what, unattested }, ...tools });
      if (!annotates && plan.reuse !== 'off') {
        log.warn(
          'A re-run of this commit will not recognise the image, as the builder cannot annotate it. Let docker/setup-buildx-action make a builder, set `driver: docker-container`, or turn on the containerd image store of this engine.',
        );
      }
      const startedAt = performance.now();
      let pushed = await push(false);
      if (pushed.kind === 'unattestable') {
        refuseUnattested(plan.build, reference);
        log.warn(
          'The registry does not take attestations (405 Method Not Allowed): the image is pushed without provenance and SBOM. `provenance: false` leaves them out from the start.',
        );
        pushed = await push(true);
        if (pushed.kind === 'unattestable') throw new Failure(...faultOfBuild(pushed.output, reference));
      }
      if (pushed.kind === 'taken') {
        const found = await tools.other();
        if (found === undefined) throw new Failure(...faultOfBuild(pushed.output, reference));
        log.result(`Another job pushed ${reference} meanwhile, from the same inputs: ${found.digest}`);
        return { image: { kind: 'reused', by: 'commit', ...imageOf(found.digest), manifest: found } };
      }
      const metadata = metadataOf(await readFile(metadataFile, 'utf8'));
      const digest = digestIn(metadata);
      const seconds = (performance.now() - startedAt) / 1000;
      const cacheUse = cacheUseOf(pushed.output);
      const { cold, restored } = tools.times;
      const saved = timeSaved({ cacheUse, seconds: seconds + restored }, cold);
      log.result(`${reference} is ${digest}${saved ? `, ${sayTimeSaved(saved)}` : ''}`);
      const built = { cacheUse, seconds, ...(saved && { saved }), metadata };
      return { image: { kind: 'built', ...imageOf(digest) }, built };
    }),
  );
}

/** What was asked for is never left out; what buildx adds by itself may be. */
function refuseUnattested({ attests }: Build, reference: string): void {
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

interface PushOptions {
  build: Build;
  options: BuildOptions;
}

/**
 * Answers the output of the first try, which alone tells what came from the cache: the next repeats only the push.
 * `taken`: another job has put an image under the tag that this one was about to push. `unattestable`: the registry
 * takes no attestations.
 */
async function pushWithPatience(
  job: Job,
  log: Log,
  { build, options, buildx, registry }: Pick<PushTools, 'buildx' | 'registry'> & PushOptions,
): Promise<{ kind: 'pushed' | 'taken' | 'unattestable'; output: string }> {
  let first: string | undefined;
  let next = options;
  for (let tries = 0; ; tries++) {
    const { exitCode, output, ran } = await buildx.build(log, build, next);
    next = ran;
    first ??= output;
    if (exitCode === 0) return { kind: 'pushed', output: first };
    const fault = pushFaultOf(output);
    if (fault?.name === 'immutable tag') return { kind: 'taken', output };
    if (fault?.name === 'attestations refused') return { kind: 'unattestable', output };
    if (fault === undefined || tries >= fault.retries)
      throw new Failure(...faultOfBuild(output, options.reference));
    log.info(`The push failed (${fault.name}): logging in again and repeating it.`);
    await sleep(500 * 3 ** tries, undefined, { signal: job.signal });
    await registry.renew();
  }
}

function digestIn({ digest }: Metadata): string {
  if (digest === undefined) {
    throw new Failure('buildx did not tell the digest of what it pushed.', {
      remedy: 'Update buildx on this runner (0.12 or newer), for instance with docker/setup-buildx-action.',
    });
  }
  return digest;
}
