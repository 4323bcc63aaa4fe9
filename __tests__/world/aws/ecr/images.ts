import { Refusal } from '../refusal.ts';
import { failureOf } from './image-failure.ts';
import type { Image } from './image.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pushManifest } from './push.ts';
import { list, structure, text } from './shape.ts';
import { findActiveImage } from './storage-class.ts';

const { repositoryName, registry, imageIds } = members;
const largestManifestBytes = 4_194_304;

export const putImage = operation(
  structure(
    { repositoryName, imageManifest: text({ min: 1, max: largestManifestBytes }) },
    {
      ...registry,
      imageManifestMediaType: text(),
      imageTag: members.imageTag,
      imageDigest: members.imageDigest,
    },
  ),
  {
    async perform(request, call) {
      const {
        imageManifest: manifest,
        imageManifestMediaType: mediaType,
        imageTag: tag,
        imageDigest: digest,
      } = request;
      call.rates.check('PutImage');
      const pusher = { principal: call.principal, way: 'PutImage' as const };
      const push = { repositoryName: request.repositoryName, manifest, mediaType, tag, digest, pusher };
      const { image, existed } = await pushManifest(call, push);
      if (existed) {
        throw new Refusal(
          'ImageAlreadyExistsException',
          `Image with digest '${image.digest}' and tag '${tag ?? 'null'}' already exists in the repository ` +
            `with name '${request.repositoryName}' in registry with id '${call.registry.accountId}'`,
        );
      }
      const imageId = { imageDigest: image.digest, ...(tag === undefined ? {} : { imageTag: tag }) };
      return { image: { ...placeOf(request.repositoryName, call), imageId, ...bodyOf(image) } };
    },
  },
);

export const batchGetImage = operation(
  structure(
    { repositoryName, imageIds },
    { ...registry, acceptedMediaTypes: list(text(), { min: 1, max: 100 }) },
  ),
  {
    perform({ repositoryName: name, imageIds: ids, acceptedMediaTypes }, call) {
      const repository = call.registry.get(name);
      const found = ids.map(imageId => {
        const image = findActiveImage(repository, imageId, call.now());
        if (image && call.pushLag.hides(image.digest)) return { imageId, image: undefined };
        const accepted = image && (acceptedMediaTypes?.includes(image.mediaType) ?? true);
        return { imageId, image: accepted ? image : undefined };
      });
      return {
        images: found.flatMap(({ imageId, image }) =>
          image
            ? [
                {
                  ...placeOf(name, call),
                  imageId: { ...imageId, imageDigest: image.digest },
                  ...bodyOf(image),
                },
              ]
            : [],
        ),
        failures: found.flatMap(({ imageId, image }) => (image ? [] : [failureOf(repository, imageId)])),
      };
    },
  },
);

function placeOf(name: string, { registry: { accountId } }: Call): object {
  return { registryId: accountId, repositoryName: name };
}

function bodyOf({ manifest, mediaType }: Image): object {
  return { imageManifest: manifest, imageManifestMediaType: mediaType };
}
