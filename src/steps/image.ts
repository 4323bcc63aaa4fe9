import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/runner.ts';
import { inScratch } from '../platform/scratch.ts';
import type { Build } from '../rules/build.ts';
import { faultOfBuild } from '../rules/build-fault.ts';
import type { CacheArguments } from '../rules/cache.ts';
import { metadataOf } from '../rules/metadata.ts';
import type { Metadata } from '../rules/metadata.ts';
import type { Plan } from '../rules/plan.ts';
import { cacheUseOf } from '../rules/progress.ts';
import type { CacheUse } from '../rules/progress.ts';
import { sayTimeSaved, timeSaved } from '../rules/cold-time.ts';
import type { TimeSaved } from '../rules/cold-time.ts';
import { pushFaultOf } from '../rules/push-fault.ts';
import { decide } from '../rules/reuse.ts';
import type { Earlier, Found } from '../rules/reuse.ts';
import type { BuildOptions, Buildx } from './buildx.ts';
import type { Registry } from './registry.ts';
import type { Repository } from './repository.ts';

/** An image in the registry: of this run, of an earlier one of the same commit and inputs, or one that was named. */
export type Image = {
  /** `uri@sha256:…`: what a deploy step wants. */
  ref: string;
  digest: string;
  /** The commit's tag, under which it was pushed; of one that was named, the tag that named it. */
  tag?: string;
} & (
  | {
      kind: 'built';
      cacheUse: CacheUse;
      /** What building and pushing took. */
      seconds: number;
      saved?: TimeSaved;
      metadata: Metadata;
    }
  | { kind: 'reused'; by: 'commit' | 'content'; manifest: Pick<Found, 'text' | 'mediaType'> }
  | { kind: 'joined'; isNew: boolean; manifest: Pick<Found, 'text' | 'mediaType'> }
  | { kind: 'found'; manifest: Pick<Found, 'text' | 'mediaType'> }
);

interface Tools {
  buildx: Buildx;
  registry: Registry;
  cache: CacheArguments;
  /** Seconds that the last cold build took, as far as the cache tells, and those that it took to restore this one. */
  times: { cold?: number; restored: number };
  /** Looks again for the tags of this commit, when another job was faster. */
  look: () => Promise<Earlier>;
}

/** One `buildx build --push`; the digest is what buildx wrote to its metadata file, never read from a log. */
export function buildAndPush(job: Job, repository: Repository, plan: Plan, tools: Tools): Promise<Image> {
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
        const found = yieldTo(await tools.look(), plan, repository);
        if (found === undefined) throw new Failure(...faultOfBuild(pushed.output, reference));
        log.result(`Another job pushed ${reference} meanwhile, from the same inputs: ${found.digest}`);
        return { kind: 'reused', by: 'commit', ...imageOf(found.digest), manifest: found };
      }
      const metadata = metadataOf(await readFile(metadataFile, 'utf8'));
      const digest = digestIn(metadata);
      const seconds = (performance.now() - startedAt) / 1000;
      const cacheUse = cacheUseOf(pushed.output);
      const { cold, restored } = tools.times;
      const saved = timeSaved({ cacheUse, seconds: seconds + restored }, cold);
      log.result(`${reference} is ${digest}${saved ? `, ${sayTimeSaved(saved)}` : ''}`);
      return { kind: 'built', ...imageOf(digest), cacheUse, seconds, ...(saved && { saved }), metadata };
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

/** Takes the image of another job of this commit, where it was made from the same inputs. */
function yieldTo(earlier: Earlier, plan: Plan, repository: Repository): Found | undefined {
  const decision = decide(plan, { earlier, mutability: repository.mutability });
  if (decision.kind === 'conflict') throw new Failure(decision.message, { remedy: decision.remedy });
  return decision.kind === 'reuse' ? decision.found : undefined;
}

interface Order {
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
  { build, options, buildx, registry }: Pick<Tools, 'buildx' | 'registry'> & Order,
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
