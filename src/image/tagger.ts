import { attemptsOf, isRefusal } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { Failure } from '../platform/failure.ts';
import { ownValue } from '../platform/own-value.ts';
import type { Repository } from '../repository/repository.ts';
import { findHidden, isArchived } from './archived-image.ts';
import { askUntilKnown } from './just-pushed.ts';
import type { JustPushed } from './just-pushed.ts';
import { byTag, readImages } from './read-images.ts';
import { tagConflict } from './tag-conflict.ts';

/**
 * The result of putting a tag. `there`: the image already had it. `full`: the image has the 1,000 tags that ECR allows.
 * `taken`: the tag belongs to another image and cannot be moved.
 */
export type PutTagResult =
  { kind: 'put' } | { kind: 'there' } | { kind: 'full' } | { kind: 'taken'; holder: string; cause: unknown };

/** Puts tags on images in the repository by their manifests, without a build or a pull. */
export interface Tagger {
  /** Puts a tag on an image. */
  put(tag: string, image: StoredManifest): Promise<PutTagResult>;
  /**
   * Puts a release tag on an image.
   * @throws {Failure} when the tag belongs to another image and cannot be moved, or the image has too many tags.
   */
  release(tag: string, image: StoredManifest): Promise<void>;
  /** The current digests by tag; a tag that does not exist is left out. */
  holders(tags: string[]): Promise<Record<string, string>>;
  /** All tags of the repository, those of archived images too, read with 1,000 images per call. */
  names(): Promise<string[]>;
}

/** The calls that tagging takes. */
type TaggingEcr = Pick<Ecr, 'batchGetImage' | 'describeImagePages' | 'describeImages' | 'putImage'>;

/**
 * Makes the tagger of a repository. `pushed` is given where the images that it tags were pushed just before, so that ECR may not know
 * them yet.
 */
export function openTagger(
  { ecr }: { ecr: TaggingEcr },
  { name: repositoryName, registryId }: Pick<Repository, 'name' | 'registryId'>,
  pushed?: JustPushed,
): Tagger {
  const sayHiddenHolder = async (imageTag: string): Promise<string> => {
    const hidden = await findHidden({ ecr }, { repositoryName, registryId }, { imageTag });
    return isArchived(hidden) ? `${hidden.digest}, which is archived` : 'unknown';
  };
  const tagger: Tagger = {
    async put(imageTag, { digest: imageDigest, text: imageManifest, mediaType: imageManifestMediaType }) {
      const image = { imageTag, imageDigest, imageManifest, imageManifestMediaType };
      const putImage = () => ecr.putImage({ repositoryName, registryId, ...image });
      try {
        await (pushed === undefined ? putImage() : askUntilKnown(putImage, pushed));
        return { kind: 'put' };
      } catch (error) {
        // The answer to an earlier try may have been lost, although the tag was put then.
        const kind = attemptsOf(error) > 1 ? 'put' : 'there';
        if (isRefusal(error, 'ImageAlreadyExistsException')) return { kind };
        // https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
        if (isRefusal(error, 'LimitExceededException')) return { kind: 'full' };
        if (!isRefusal(error, 'ImageTagAlreadyExistsException')) throw error;
        // Another job put the tag after this job had read the existing ones.
        const holder = ownValue(await tagger.holders([imageTag]), imageTag);
        if (holder === imageDigest) return { kind };
        return { kind: 'taken', holder: holder ?? (await sayHiddenHolder(imageTag)), cause: error };
      }
    },
    async release(tag, image) {
      const tagged = await tagger.put(tag, image);
      if (tagged.kind === 'full') {
        throw new Failure(
          `The image ${image.digest} has as many tags as ECR allows, so '${tag}' can't be put on it.`,
          {
            remedy:
              'Delete some of its tags in ECR, or set `reuse: commit` so that each commit has an image of its own.',
          },
        );
      }
      if (tagged.kind !== 'taken') return;
      const { message, remedy } = tagConflict(tag, tagged.holder);
      throw new Failure(message, { remedy, cause: tagged.cause });
    },
    async holders(tags) {
      const images = await readImages(ecr, { repositoryName, registryId }, byTag(tags));
      return Object.fromEntries(images.map(({ tag = '', digest }) => [tag, digest]));
    },
    async names() {
      const tags: string[] = [];
      // A higher release that is archived is a higher release all the same.
      const request = { repositoryName, registryId, filter: { imageStatus: 'ANY' as const } };
      for await (const { imageDetails = [] } of ecr.describeImagePages(request)) {
        tags.push(...imageDetails.flatMap(({ imageTags = [] }) => imageTags));
      }
      return tags;
    },
  };
  return tagger;
}
