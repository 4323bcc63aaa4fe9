import { Refusal } from '../refusal.ts';
import type { Image } from './image.ts';
import type { ImageId } from './members.ts';
import type { Registry, Repository } from './registry.ts';

/** The image that an id names; an id with both a digest and a tag names one only if they agree. */
export function findImage(repository: Repository, { imageDigest, imageTag }: ImageId): Image | undefined {
  const tagged = imageTag === undefined ? undefined : repository.imageTags.get(imageTag);
  if (imageTag !== undefined && tagged === undefined) return undefined;
  if (tagged !== undefined && imageDigest !== undefined && tagged !== imageDigest) return undefined;
  return repository.images.get(imageDigest ?? tagged ?? '');
}

/** @throws {Refusal} InvalidParameterException, ImageNotFoundException */
export function getImage(registry: Registry, repository: Repository, id: ImageId): Image {
  if (id.imageDigest === undefined && id.imageTag === undefined) {
    throw new Refusal(
      'InvalidParameterException',
      "Invalid parameter at 'imageId' failed to satisfy constraint: 'both tag and digest cannot be null'",
    );
  }
  const image = findImage(repository, id);
  if (image) return image;
  throw imageNotFound(registry, repository, id);
}

export function imageNotFound(registry: Registry, repository: Repository, id: ImageId): Refusal {
  return new Refusal(
    'ImageNotFoundException',
    `The image with imageId ${imageIdText(id)} does not exist within the repository ` +
      `with name '${repository.name}' in the registry with id '${registry.accountId}'`,
  );
}

/** An image's tags, in order. */
export function tagsOf(repository: Repository, digest: string): string[] {
  return [...repository.imageTags]
    .filter(([, tagged]) => tagged === digest)
    .map(([tag]) => tag)
    .toSorted();
}

/** The indexes that name an image. */
export function parentsOf(repository: Repository, digest: string): Image[] {
  return [...repository.images.values()].filter(({ children }) => children.includes(digest));
}

/** An id as ECR's messages write it. */
export function imageIdText({ imageDigest, imageTag }: ImageId): string {
  return `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`;
}
