import type { Image, ImageIdentifier } from '@aws-sdk/client-ecr';
import type { Ecr } from '../aws/ecr.ts';
import { manifestTypes, mediaTypeIn } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';

/** An image of the repository, with the tag in the request. */
export interface NamedImage extends StoredManifest {
  /** The tag by which it was requested; absent if it was requested by its digest. */
  tag?: string;
  /** 12 digits: the account whose registry has it, which a request need not name. */
  registryId?: string;
}

/** The most images that one request may name. */
const IMAGES_PER_REQUEST = 100;

/**
 * Reads the images with these tags and digests, 100 in one call. Those that the repository does not have are left out. Whether a
 * manifest is what its digest names is checked where it is read, by `readContent`.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
 */
export async function readImages(
  ecr: Pick<Ecr, 'batchGetImage'>,
  where: { repositoryName: string; registryId?: string },
  imageIds: readonly ImageIdentifier[],
): Promise<NamedImage[]> {
  const requests = Array.from({ length: Math.ceil(imageIds.length / IMAGES_PER_REQUEST) }, (_, at) =>
    ecr.batchGetImage({
      ...where,
      imageIds: imageIds.slice(at * IMAGES_PER_REQUEST, (at + 1) * IMAGES_PER_REQUEST),
      acceptedMediaTypes: manifestTypes,
    }),
  );
  const answers = await Promise.all(requests);
  return answers.flatMap(({ images = [] }) => images.flatMap(each => namedImage(each, imageIds)));
}

function namedImage(
  { imageId, imageManifest: text, imageManifestMediaType, registryId }: Image,
  imageIds: readonly ImageIdentifier[],
): NamedImage[] {
  const { imageTag: tag, imageDigest: digest } = imageId ?? {};
  if (!digest || !text) return [];
  const isAsked = imageIds.some(each =>
    each.imageDigest === undefined ? each.imageTag === tag : each.imageDigest === digest,
  );
  if (!isAsked) return [];
  return [
    {
      ...(tag && { tag }),
      ...(registryId && { registryId }),
      digest,
      text,
      mediaType: imageManifestMediaType ?? mediaTypeIn(text),
    },
  ];
}

/** The identifiers of images by their tags. */
export function byTag(tags: readonly string[]): ImageIdentifier[] {
  return tags.map(imageTag => ({ imageTag }));
}
