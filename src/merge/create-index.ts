import type { Aws } from '../aws/aws.ts';
import { indexAnnotations } from '../build/annotation-levels.ts';
import type { Build } from '../build/build.ts';
import type { Commit } from '../commit/commit.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import { archivedFailure, findHidden, isArchived, orArchived } from '../image/archived-image.ts';
import type { HiddenImage } from '../image/archived-image.ts';
import type { ExistingImages, Image } from '../image/image.ts';
import { askUntilKnown } from '../image/just-pushed.ts';
import type { JustPushed } from '../image/just-pushed.ts';
import { readImages } from '../image/read-images.ts';
import { findTagConflict, nameApart } from '../image/tag-conflict.ts';
import { openTagger } from '../image/tagger.ts';
import { Failure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Repository } from '../repository/repository.ts';
import type { Tags } from '../tags/plan.ts';
import { imageIndexOf, sayMovedTag } from './image-index.ts';
import { whyNotMergeable } from './platform-builds.ts';
import type { PlatformBuild, PlatformBuilds } from './platform-builds.ts';

interface MergeParts {
  platformBuilds: PlatformBuilds;
  commit: Pick<Commit, 'checkedOut'>;
  build: Build;
  tags: Pick<Tags, 'candidate' | 'commitTag' | 'releases'>;
}

/**
 * Joins the images that `mode: build` has pushed into one index, with two calls and without transferring layers.
 * @throws {Failure} where the images do not belong together, one is gone, or a tag cannot be put on the index.
 */
export function createIndex(
  { job, plan }: RunOf<MergeParts>,
  aws: Aws,
  { repository, existing }: { repository: Repository; existing: ExistingImages },
): Promise<Image> {
  const { platformBuilds, commit, build, tags } = plan;
  const { uri, mutability } = repository;
  return job.step('Join the platforms', async log => {
    const expected = {
      repository: uri,
      name: repository.name,
      commit: commit.checkedOut,
      tag: tags.commitTag,
      platforms: build.platforms,
    };
    const fault = whyNotMergeable(platformBuilds, expected);
    if (fault !== undefined) throw new Failure(fault.message, { remedy: fault.remedy });
    for (const { platforms, digest } of platformBuilds.builds) log.info(`${platforms.join(', ')}  ${digest}`);
    if (build.platforms.length === 0) log.info('Without `platforms` nobody knows whether these are all');
    const annotations = indexAnnotations(build.description?.annotations ?? []);
    // The other jobs may have pushed a moment ago.
    const pushed = { signal: job.signal };
    const builds = await readBuilds(aws, repository, { builds: platformBuilds.builds, ...pushed });
    const index = imageIndexOf(builds, annotations);
    const conflict = findTagConflict(tags.releases, { digest: index.digest, existing, mutability });
    if (conflict !== undefined) throw new Failure(conflict.message, { remedy: conflict.remedy });
    const tag = tags.candidate;
    const moves = isMutableTag(tag, mutability) ? sayMovedTag(tag, existing.candidate, index) : undefined;
    if (moves !== undefined) log.warn(moves);
    const tagged = await openTagger(aws, repository, pushed).put(tag, index);
    if (tagged.kind === 'full') {
      throw new Failure(
        `The image ${index.digest} has as many tags as ECR allows, so the commit's tag ${tag} can't be put on it.`,
        {
          remedy:
            'Delete some of its tags in ECR, or set `reuse: commit` in the jobs of `mode: build` so that each commit has an image of its own.',
        },
      );
    }
    if (tagged.kind === 'taken') {
      throw new Failure(
        `The tag ${tag} names another image of this commit already (${tagged.holder}), and it cannot move.`,
        {
          remedy: `If both images are wanted: ${nameApart} Else run the job again with what was built first, push another commit, or delete that tag in ECR.`,
          cause: tagged.cause,
        },
      );
    }
    const { digest, text, mediaType } = index;
    const isNew = tagged.kind === 'put';
    log.result(`${uri}:${tag} is ${digest}${isNew ? '' : ', as it was'}`);
    const manifest = { text, mediaType };
    return { kind: 'joined', isNew, ref: `${uri}@${digest}`, digest, tag, manifest };
  });
}

type Built = Pick<PlatformBuild, 'digest' | 'platforms'>;

async function readBuilds(
  { ecr }: Aws,
  { name, registryId, uri }: Repository,
  { builds, ...pushed }: JustPushed & { builds: readonly PlatformBuild[] },
): Promise<(StoredManifest & { platforms: string[] })[]> {
  const ids = builds.map(({ digest }) => ({ imageDigest: digest }));
  const where = { repositoryName: name, registryId };
  const findAll = async () => {
    const images = await readImages(ecr, where, ids);
    const missing = builds.find(({ digest }) => images.every(each => each.digest !== digest));
    if (missing === undefined) return images;
    await refuseArchived(missing);
    return undefined;
  };
  const refuseArchived = async ({ digest, platforms }: Built): Promise<HiddenImage> => {
    const hidden = await findHidden({ ecr }, where, { imageDigest: digest });
    if (!isArchived(hidden)) return hidden;
    const built = `${uri}@${digest}, which was built for ${platforms.join(', ')},`;
    throw archivedFailure(built, { repositoryName: name, image: hidden });
  };
  const images = (await askUntilKnown(findAll, pushed)) ?? (await readImages(ecr, where, ids));
  const read = builds.map(async ({ digest, platforms }) => {
    const found = images.find(each => each.digest === digest);
    if (found !== undefined) return { ...found, platforms };
    const hidden = await refuseArchived({ digest, platforms });
    const elsewhere = builds.some(each => each.digest === digest && each.repository === name)
      ? ' Or they push to another account or region: give them and this job the same role and `aws-region`.'
      : '';
    throw new Failure(`${uri} has no ${digest}, which was built for ${platforms.join(', ')}.`, {
      remedy: `Somebody or a lifecycle policy may have deleted it: run the jobs of \`mode: build\` again.${orArchived(hidden)}${elsewhere}`,
    });
  });
  return Promise.all(read);
}
