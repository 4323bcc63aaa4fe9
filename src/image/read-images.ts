import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import type { Ecr } from '../aws/ecr.ts';
import { manifestTypes } from '../ecr/manifest.ts';
import type { Bytes } from './image.ts';

/** An image of a repository, as it was asked for. */
export interface NamedImage extends Bytes {
  /** The tag by which it was asked for; absent where that was its digest. */
  tag?: string;
}

/**
 * The images that a repository has under these tags and digests, in one call; those that it does not have are left out.
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

/** Identifiers of tags. */
export function byTag(tags: readonly string[]): ImageIdentifier[] {
  return tags.map(imageTag => ({ imageTag }));
}
