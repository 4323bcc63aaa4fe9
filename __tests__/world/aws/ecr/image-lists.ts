import { getImage, imageNotFound, tagsOf } from './image-lookup.ts';
import type { Image } from './image.ts';
import * as members from './members.ts';
import type { ImageId } from './members.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from './page.ts';
import type { Repository } from './registry.ts';
import { structure } from './shape.ts';
import { statusOf } from './storage-class.ts';
import type { ImageStatus } from './storage-class.ts';

const { repositoryName, registry, imageIds } = members;

export const listImages = operation(
  structure({ repositoryName }, { ...registry, ...members.page, filter: members.imageFilter }),
  {
    perform({ repositoryName: name, filter, ...page }, call) {
      const repository = call.registry.get(name);
      const images = [...repository.images.values()].filter(each => isOfStatus(each, filter, call));
      const ids = images.flatMap<ImageId>(({ digest: imageDigest }) => {
        const tags = tagsOf(repository, imageDigest);
        return tags.length > 0 ? tags.map(imageTag => ({ imageDigest, imageTag })) : [{ imageDigest }];
      });
      const wanted = ids.filter(({ imageTag }) => isWanted(imageTag !== undefined, filter?.tagStatus));
      const { items, nextToken } = pageOf(wanted, page, { size: 100 });
      return { imageIds: items, nextToken };
    },
  },
);

export const describeImages = operation(
  structure({ repositoryName }, { ...registry, imageIds, ...members.page, filter: members.imageFilter }),
  {
    perform({ repositoryName: name, imageIds: ids, filter, ...page }, call) {
      const repository = call.registry.get(name);
      const named = ids?.map(id => {
        const image = getImage(call.registry, repository, id);
        // That an image of another status counts as not found, where it is named, is in no source.
        if (!isOfStatus(image, filter, call)) throw imageNotFound(call.registry, repository, id);
        return image;
      }) ?? [...repository.images.values()];
      const images = new Set(named)
        .values()
        .filter(each => isOfStatus(each, filter, call))
        .filter(({ digest }) => isWanted(tagsOf(repository, digest).length > 0, filter?.tagStatus));
      const { items, nextToken } = pageOf([...images], page, { size: 100 });
      return { imageDetails: items.map(image => describe(image, repository, call)), nextToken };
    },
  },
);

/** The details that a repository's own description has of an image; native basic scanning adds nothing to them. */
function describe(image: Image, repository: Repository, call: Call): object {
  const tags = tagsOf(repository, image.digest);
  return {
    registryId: call.registry.accountId,
    repositoryName: repository.name,
    imageDigest: image.digest,
    ...(tags.length > 0 ? { imageTags: tags } : {}),
    imageSizeInBytes: image.sizeInBytes,
    imagePushedAt: image.pushedAt,
    imageManifestMediaType: image.mediaType,
    imageStatus: statusOf(image, call.now()),
    ...(image.archivedAt === undefined ? {} : { lastArchivedAt: image.archivedAt }),
    ...(image.restoredAt === undefined ? {} : { lastActivatedAt: image.restoredAt }),
    ...(image.artifactMediaType === undefined ? {} : { artifactMediaType: image.artifactMediaType }),
    ...call.scans.summaryOf(repository, image),
  };
}

/** Without a filter ECR tells only of active images. */
function isOfStatus(
  image: Image,
  { imageStatus = 'ACTIVE' }: { imageStatus?: ImageStatus | 'ANY' } = {},
  { now }: Call,
): boolean {
  return imageStatus === 'ANY' || statusOf(image, now()) === imageStatus;
}

function isWanted(tagged: boolean, status: 'TAGGED' | 'UNTAGGED' | 'ANY' = 'ANY'): boolean {
  return status === 'ANY' || (status === 'TAGGED') === tagged;
}
