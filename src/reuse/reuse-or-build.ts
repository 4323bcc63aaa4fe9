import type { Aws } from '../aws/aws.ts';
import type { BuildResult } from '../build/build-and-push.ts';
import type { Build } from '../build/build.ts';
import { unpinnedContexts } from '../build/contexts.ts';
import type { RestoredMounts } from '../cache-mounts/restore-mounts.ts';
import type { Layers } from '../cache/restore-layers.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { archivedFailure, findHidden, isArchived } from '../image/archived-image.ts';
import type { ExistingImages, StoredImage, Image } from '../image/image.ts';
import { openTagger } from '../image/tagger.ts';
import type { Tagger } from '../image/tagger.ts';
import { Failure } from '../platform/failure.ts';
import { together } from '../platform/job.ts';
import type { Job, Log } from '../platform/job.ts';
import { ownValue } from '../platform/own-value.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Release, Tags } from '../tags/plan.ts';
import { splitFixedAndMoving } from '../tags/select-releases.ts';
import { decideReuse, sayUnpinned } from './decide.ts';
import type { Reuse } from './decide.ts';

interface ReuseParts {
  build: Build;
  tags: Tags;
  reuse: Reuse;
  release: Release;
}

/** The repository, its existing images, and the functions that build. */
export interface ReuseOrBuildOptions {
  repository: Repository;
  existing: ExistingImages;
  tagger: Tagger;
  /** Reads the images of this commit's tags again, after another job was faster. */
  findAgain: () => Promise<ExistingImages>;
  /** Builds and pushes. `other` finds the image of a faster job of this commit, if it can be reused. */
  build: (other: () => Promise<StoredImage | undefined>) => Promise<ReusedOrBuilt>;
  /** Builds only the outputs that the user asked for besides the pushed image. */
  buildOtherOutputs: () => Promise<void>;
}

/** The image; if this run built it, also the result of the build and what was cached for it. */
export interface ReusedOrBuilt {
  image: Image;
  built?: BuildResult;
  layers?: Layers;
  mounts?: RestoredMounts | undefined;
}

/**
 * Reuses an image that is in the repository, or builds it.
 * @throws {Failure} where a tag names another image and cannot move.
 */
export async function reuseOrBuild(
  { job, plan }: RunOf<ReuseParts>,
  aws: Aws,
  options: Omit<ReuseOrBuildOptions, 'tagger'>,
): Promise<ReusedOrBuilt> {
  const fullOptions = { ...options, tagger: openTagger(aws, options.repository) };
  const reused = await reuseExisting(job, plan, fullOptions);
  if (reused !== undefined) {
    if (plan.build.load || plan.build.outputs.length > 0) await fullOptions.buildOtherOutputs();
    return reused;
  }
  const made = await fullOptions.build(async () => {
    const other = chooseReusable(plan, fullOptions.repository, {
      existing: await fullOptions.findAgain(),
    })?.found;
    if (other === undefined) await refuseArchived(plan, aws, fullOptions.repository);
    return other;
  });
  const { image } = made;
  // A push that ended at the commit's tag has not come to the others.
  if (image.kind === 'reused')
    await pushMissingTags(plan, { ...image.manifest, digest: image.digest }, fullOptions);
  return made;
}

/** Throws a `Failure` where the commit's tag cannot move because it names an archived image, which nobody is shown. */
async function refuseArchived(
  { tags }: ReuseParts,
  aws: Aws,
  { name: repositoryName, registryId, uri }: Repository,
): Promise<void> {
  const hidden = await findHidden(aws, { repositoryName, registryId }, { imageTag: tags.candidate });
  if (!isArchived(hidden)) return;
  throw archivedFailure(`${uri}:${tags.candidate}, which this commit was built as before,`, {
    repositoryName,
    image: hidden,
  });
}

function reuseExisting(
  job: Job,
  plan: ReuseParts,
  options: ReuseOrBuildOptions,
): Promise<ReusedOrBuilt | undefined> {
  const { repository } = options;
  const tag = plan.tags.candidate;
  const reference = `${repository.uri}:${tag}`;
  return job.step('Look for the image', async log => {
    const unpinned = plan.reuse === 'off' ? [] : unpinnedContexts(plan.build);
    if (unpinned.length > 0) log.info(sayUnpinned(unpinned));
    const reusable = chooseReusable(plan, repository, { existing: options.existing, log });
    if (reusable === undefined) {
      log.result(`${reference} is to be built`);
      return undefined;
    }
    const { found, by } = await tagWithCommit(plan, options, reusable);
    if (found === undefined) {
      log.result(`${reference} is to be built: the image of its content has as many tags as ECR allows`);
      return undefined;
    }
    await pushMissingTags(plan, found, options);
    const asksForNew = [
      ...(plan.build.noCache ? ['no-cache'] : []),
      ...(plan.build.noCacheFilters.length > 0 ? ['no-cache-filters'] : []),
      ...(plan.build.pull ? ['pull'] : []),
    ];
    if (asksForNew.length > 0) log.info(sayNotBuilt(asksForNew));
    const why =
      by === 'commit' ? 'is there already, from the same inputs' : 'now names the image of its content';
    log.result(`${reference} ${why}: ${found.digest}`);
    const ref = `${repository.uri}@${found.digest}`;
    return { image: { kind: 'reused', by, ref, digest: found.digest, tag, manifest: found } };
  });
}

/** The log line on inputs that have no effect on an image that is there. */
function sayNotBuilt(names: readonly string[]): string {
  const inputs = names.map(name => `\`${name}\``).join(', ');
  return `${inputs} ${names.length > 1 ? 'say' : 'says'} how an image is built, and this one is there: with \`reuse: off\` each run builds, where the commit's tag can move.`;
}

interface ReusableImage {
  by: 'commit' | 'content';
  found: StoredImage;
}

function chooseReusable(
  plan: ReuseParts,
  { mutability }: Repository,
  { existing, log }: { existing: ExistingImages; log?: Log },
): ReusableImage | undefined {
  const decision = decideReuse(plan, { existing, mutability });
  if (decision.kind === 'conflict') throw new Failure(decision.message, { remedy: decision.remedy });
  if (decision.warning !== undefined) log?.warn(decision.warning);
  return decision.kind === 'reuse' ? decision : undefined;
}

/** Puts the commit's tag on an image of the same content. If another job was faster, that job's image is reused. */
async function tagWithCommit(
  plan: ReuseParts,
  { repository, tagger, findAgain }: ReuseOrBuildOptions,
  { by, found }: ReusableImage,
): Promise<{ by: ReusableImage['by']; found: StoredImage | undefined }> {
  if (by === 'commit') return { by, found };
  const tagged = await tagger.put(plan.tags.candidate, found);
  switch (tagged.kind) {
    case 'put':
    case 'there':
      return { by, found };
    case 'full':
      return { by, found: undefined };
    case 'taken':
      return {
        by: 'commit',
        found: chooseReusable(plan, repository, { existing: await findAgain() })?.found,
      };
  }
}

/** With `release: with-push`, puts the missing release tags on the reused image, as a build would have pushed them. */
async function pushMissingTags(
  { release, tags }: ReuseParts,
  found: StoredManifest,
  { existing, tagger }: ReuseOrBuildOptions,
): Promise<void> {
  if (release !== 'with-push') return;
  for (const group of Object.values(splitFixedAndMoving(tags))) {
    const missing = group.filter(tag => ownValue(existing.releases, tag) !== found.digest);
    await together(...missing.map(tag => tagger.release(tag, found)));
  }
}
