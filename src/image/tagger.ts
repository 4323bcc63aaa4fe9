import { byTag, readImages } from './read-images.ts';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { Failure } from '../platform/failure.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import type { Bytes } from './image.ts';
import { conflictOver } from './tag-conflict.ts';

/** What became of a tag: `taken` is another image's, and cannot be taken from it; `full` an image with 1,000 tags. */
export type Tagged =
  { kind: 'put' } | { kind: 'there' } | { kind: 'full' } | { kind: 'taken'; holder: string; cause: unknown };

/** Puts tags on images that are in the repository: the same bytes, without a rebuild or a pull. */
export interface Tagger {
  put(tag: string, image: Bytes): Promise<Tagged>;
  /** @throws {Failure} where the tag names another image and cannot be taken from it. */
  release(tag: string, image: Bytes): Promise<void>;
  /** The digests that these tags name now; a tag that names none is left out. */
  holders(tags: string[]): Promise<Record<string, string>>;
  /** Every tag of the repository, a thousand images a call. */
  names(): Promise<string[]>;
}

export function openTagger({ ecr }: Aws, { name: repositoryName, registryId }: Repository): Tagger {
  const tagger: Tagger = {
    async put(imageTag, { digest: imageDigest, text: imageManifest, mediaType: imageManifestMediaType }) {
      const image = { imageTag, imageDigest, imageManifest, imageManifestMediaType };
      try {
        await ecr.putImage({ repositoryName, registryId, ...image });
        return { kind: 'put' };
      } catch (error) {
        if (isRefusal(error, 'ImageAlreadyExistsException')) return { kind: 'there' };
        // https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
        if (isRefusal(error, 'LimitExceededException')) return { kind: 'full' };
        if (!isRefusal(error, 'ImageTagAlreadyExistsException')) throw error;
        // Another job put it there since this one looked.
        const holder = (await tagger.holders([imageTag]))[imageTag] ?? 'unknown';
        return holder === imageDigest ? { kind: 'there' } : { kind: 'taken', holder, cause: error };
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
      const { message, remedy } = conflictOver(tag, tagged.holder);
      throw new Failure(message, { remedy, cause: tagged.cause });
    },
    async holders(tags) {
      const images = await readImages(ecr, { repositoryName, registryId }, byTag(tags));
      return Object.fromEntries(images.map(({ tag = '', digest }) => [tag, digest]));
    },
    async names() {
      const tags: string[] = [];
      for await (const { imageDetails = [] } of ecr.describeImagePages({ repositoryName, registryId })) {
        tags.push(...imageDetails.flatMap(({ imageTags = [] }) => imageTags));
      }
      return tags;
    },
  };
  return tagger;
}
