import { failureOf } from './image-failure.ts';
import type { ImageFailure } from './image-failure.ts';
import { findImage, parentsOf, tagsOf } from './image-lookup.ts';
import * as members from './members.ts';
import type { ImageId } from './members.ts';
import { operation } from './operation.ts';
import type { Registry } from './registry.ts';
import { structure } from './shape.ts';

const { repositoryName, registry, imageIds } = members;

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html */
export const batchDeleteImage = operation(structure({ repositoryName, imageIds }, registry), {
  perform({ repositoryName: name, imageIds: ids }, call) {
    call.registry.get(name);
    const results = ids.map(imageId => remove(call.registry, name, { imageId }));
    return {
      imageIds: results.flatMap(({ deleted = [] }) => deleted),
      failures: results.flatMap(({ failure }) => failure ?? []),
    };
  },
});

/** Takes off the tag that the id names or, where it is the last one or there is a digest, the image and all its tags. */
function remove(
  { get, update }: Registry,
  name: string,
  { imageId }: { imageId: ImageId },
): { deleted?: ImageId[]; failure?: ImageFailure } {
  const repository = get(name);
  const image = findImage(repository, imageId);
  if (!image) return { failure: failureOf(repository, imageId) };
  const { digest: imageDigest } = image;
  const tags = tagsOf(repository, imageDigest);
  const { imageTag } = imageId;
  if (imageId.imageDigest === undefined && imageTag !== undefined && tags.length > 1) {
    update(name, ({ imageTags }) => ({ imageTags: without(imageTags, [imageTag]) }));
    return { deleted: [{ imageDigest, imageTag }] };
  }
  const parents = parentsOf(repository, imageDigest).map(({ digest }) => digest);
  if (parents.length > 0) {
    const failureReason = `Requested image referenced by manifest list: [${parents.join(', ')}]`;
    return { failure: { imageId, failureCode: 'ImageReferencedByManifestList', failureReason } };
  }
  update(name, ({ images, imageTags }) => ({
    images: without(images, [imageDigest]),
    imageTags: without(imageTags, tags),
  }));
  return { deleted: tags.length > 0 ? tags.map(tag => ({ imageDigest, imageTag: tag })) : [{ imageDigest }] };
}

function without<V>(map: ReadonlyMap<string, V>, keys: readonly string[]): ReadonlyMap<string, V> {
  return new Map([...map].filter(([key]) => !keys.includes(key)));
}
