import type { RunOf } from '../platform/run.ts';
import { unpinnedOf } from '../build/contexts.ts';
import type { Mounts } from '../cache-mounts/restore-mounts.ts';
import type { Layers } from '../cache/restore-layers.ts';
import type { ExistingImages, StoredImage, Image } from '../image/image.ts';
import type { Aws } from '../aws/aws.ts';
import { openTagger } from '../image/tagger.ts';
import type { Tagger } from '../image/tagger.ts';
import { Failure } from '../platform/failure.ts';
import { together } from '../platform/job.ts';
import type { Job } from '../platform/job.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import { splitFixedAndMoving } from '../tags/select-releases.ts';
import type { BuildResult } from '../build/build-and-push.ts';
import type { Build } from '../build/build.ts';
import type { Release, Tags } from '../tags/plan.ts';
import type { Reuse } from './decide.ts';
import { decide, sayUnpinned } from './decide.ts';

interface ReuseParts {
  build: Build;
  tags: Tags;
  reuse: Reuse;
  release: Release;
}

export interface ReuseOrBuildOptions {
  repository: Repository;
  existing: ExistingImages;
  tagger: Tagger;
  /** Looks again for the tags of this commit, when another job was faster. */
  look: () => Promise<ExistingImages>;
  /** Builds and pushes; `other` answers the image of another job of this commit that was faster, where it can be taken. */
  make: (other: () => Promise<StoredImage | undefined>) => Promise<ReusedOrBuilt>;
  /** Builds what was asked for beside the image. */
  beside: () => Promise<void>;
}

/** The image, and where its layers are kept where it was built now. */
export interface ReusedOrBuilt {
  image: Image;
  built?: BuildResult;
  layers?: Layers;
  mounts?: Mounts | undefined;
}

/** Takes the image that is in the repository already, or makes it. */
export async function reuseOrBuild(
  { job, plan }: RunOf<ReuseParts>,
  aws: Aws,
  options: Omit<ReuseOrBuildOptions, 'tagger'>,
): Promise<ReusedOrBuilt> {
  const known = { ...options, tagger: openTagger(aws, options.repository) };
  const taken = await take(job, plan, known);
  if (taken === undefined) {
    return known.make(async () => choose(plan, known.repository, await known.look())?.found);
  }
  if (plan.build.load || plan.build.outputs.length > 0) await known.beside();
  return taken;
}

function take(job: Job, plan: ReuseParts, known: ReuseOrBuildOptions): Promise<ReusedOrBuilt | undefined> {
  const { repository } = known;
  const tag = plan.tags.candidate;
  const reference = `${repository.uri}:${tag}`;
  return job.step('Look for the image', async log => {
    const unpinned = plan.reuse === 'off' ? [] : unpinnedOf(plan.build);
    if (unpinned.length > 0) log.info(sayUnpinned(unpinned));
    const choice = choose(plan, repository, known.existing);
    if (choice === undefined) {
      log.result(`${reference} is to be built`);
      return undefined;
    }
    const { found, by } = await settle(plan, known, choice);
    if (found === undefined) {
      log.result(`${reference} is to be built: the image of its content has as many tags as ECR allows`);
      return undefined;
    }
    await complete(plan, found, known);
    const why =
      by === 'commit' ? 'is there already, from the same inputs' : 'now names the image of its content';
    log.result(`${reference} ${why}: ${found.digest}`);
    const ref = `${repository.uri}@${found.digest}`;
    return { image: { kind: 'reused', by, ref, digest: found.digest, tag, manifest: found } };
  });
}

interface Choice {
  by: 'commit' | 'content';
  found: StoredImage;
}

function choose(plan: ReuseParts, { mutability }: Repository, earlier: ExistingImages): Choice | undefined {
  const decision = decide(plan, { earlier, mutability });
  if (decision.kind === 'conflict') throw new Failure(decision.message, { remedy: decision.remedy });
  return decision.kind === 'reuse' ? decision : undefined;
}

/** Puts the commit's tag on an image of its content; where another job was faster, that job's image is the commit's. */
async function settle(
  plan: ReuseParts,
  { repository, tagger, look }: ReuseOrBuildOptions,
  { by, found }: Choice,
): Promise<{ by: Choice['by']; found: StoredImage | undefined }> {
  if (by === 'commit') return { by, found };
  const tagged = await tagger.put(plan.tags.candidate, found);
  switch (tagged.kind) {
    case 'put':
    case 'there':
      return { by, found };
    case 'full':
      return { by, found: undefined };
    case 'taken':
      return { by: 'commit', found: choose(plan, repository, await look())?.found };
  }
}

/** Where a build would have pushed every tag, the missing ones go on now. */
async function complete(
  { release, tags }: ReuseParts,
  found: StoredImage,
  { existing, tagger }: ReuseOrBuildOptions,
): Promise<void> {
  if (release !== 'with-push') return;
  for (const turn of Object.values(splitFixedAndMoving(tags))) {
    const missing = turn.filter(tag => existing.releases[tag] !== found.digest);
    await together(...missing.map(tag => tagger.release(tag, found)));
  }
}
