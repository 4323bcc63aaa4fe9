import type { ImageId } from './members.ts';
import type { Repository } from './registry.ts';

/** Why an image of a batch is not in the answer; the rest of the batch is. */
export interface ImageFailure {
  imageId: ImageId;
  failureCode: string;
  failureReason: string;
}

/** What is wrong with an id that names no image. */
export function failureOf({ imageTags }: Repository, imageId: ImageId): ImageFailure {
  const { imageDigest, imageTag } = imageId;
  if (imageDigest === undefined && imageTag === undefined) {
    const failureReason = 'Invalid request parameters: both tag and digest cannot be null';
    return { imageId, failureCode: 'MissingDigestAndTag', failureReason };
  }
  if (imageDigest !== undefined && !/^[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+$/.test(imageDigest)) {
    const failureReason =
      "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'";
    return { imageId, failureCode: 'InvalidImageDigest', failureReason };
  }
  if (imageDigest !== undefined && imageTag !== undefined && imageTags.has(imageTag)) {
    return {
      imageId,
      failureCode: 'ImageTagDoesNotMatchDigest',
      failureReason: 'Image tag does not match digest',
    };
  }
  return { imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' };
}
