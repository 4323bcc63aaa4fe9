import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import type { Ecr } from '../aws/ecr.ts';
import { manifestTypes } from '../ecr/manifest.ts';
import type { StoredManifest } from './image.ts';

/** An image of the repository, with the tag in the request. */
export interface NamedImage extends StoredManifest {
  /** The tag by which it was requested; absent if it was requested by its digest. */
  tag?: string;
}

/**
 * Reads the images with these tags and digests in one call. Those that the repository does not have are left out.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
 */
export async function readImages(
  ecr: Pick<Ecr, 'batchGetImage'>,
  where: { repositoryName: string; registryId?: string },
  imageIds: readonly ImageIdentifier[],
): Promise<NamedImage[]> {
  const { images = [] } = await ecr.batchGetImage({
    ...where,
    imageIds: [...imageIds],
    acceptedMediaTypes: manifestTypes,
  });
  return images.flatMap(({ imageId, imageManifest: text, imageManifestMediaType: mediaType }) => {
    const { imageTag: tag, imageDigest: digest } = imageId ?? {};
    return digest && text && mediaType ? [{ ...(tag && { tag }), digest, text, mediaType }] : [];
  });
}

/** The identifiers of images by their tags. */
export function byTag(tags: readonly string[]): ImageIdentifier[] {
  return tags.map(imageTag => ({ imageTag }));
}
