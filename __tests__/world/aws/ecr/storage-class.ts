import { Refusal } from '../refusal.ts';
import { findImage, getImage } from './image-lookup.ts';
import type { Image } from './image.ts';
import * as members from './members.ts';
import type { ImageId } from './members.ts';
import { operation } from './operation.ts';
import type { Repository } from './registry.ts';
import { oneOf, structure } from './shape.ts';

/** An archived image cannot be pulled, scanned or listed without a word; one that is being restored neither. */
export type ImageStatus = 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING';

/** The longest time for which ECR says that it restores an image. */
const restoreMs = 20 * 60_000;

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive_restore_image.html */
export function statusOf({ archivedAt, restoredAt }: Image, at: Date): ImageStatus {
  if (archivedAt === undefined) return 'ACTIVE';
  if (restoredAt === undefined) return 'ARCHIVED';
  return restoredAt > at ? 'ACTIVATING' : 'ACTIVE';
}

/** The image that a pull with this id gets; an archived one is not found. */
export function findActiveImage(repository: Repository, id: ImageId, at: Date): Image | undefined {
  const image = findImage(repository, id);
  return image && statusOf(image, at) === 'ACTIVE' ? image : undefined;
}

/** The same image in the standard class, as a push of it leaves it at once. */
export function restored(image: Image, at: Date): Image {
  return { ...image, restoredAt: at };
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UpdateImageStorageClass.html */
export const updateImageStorageClass = operation(
  structure(
    {
      repositoryName: members.repositoryName,
      imageId: members.imageId,
      targetStorageClass: oneOf('STANDARD', 'ARCHIVE'),
    },
    members.registry,
  ),
  {
    perform({ repositoryName, imageId, targetStorageClass }, { registry, scans, now }) {
      const image = getImage(registry, registry.get(repositoryName), imageId);
      const isActive = statusOf(image, now()) === 'ACTIVE';
      if (isActive !== (targetStorageClass === 'ARCHIVE')) {
        throw new Refusal(
          'ImageStorageClassUpdateNotSupportedException',
          'The requested image storage class update is not supported.',
        );
      }
      const { restoredAt: _, ...archivable } = image;
      const restoredAt = new Date(now().getTime() + restoreMs);
      const changed = isActive ? { ...archivable, archivedAt: now() } : { ...image, restoredAt };
      registry.update(repositoryName, ({ images }) => ({
        images: new Map([...images, [changed.digest, changed]]),
      }));
      // Nothing is left of what was found before, and a restored image is scanned as a new one.
      scans.forget(repositoryName, changed);
      if (!isActive) scans.pushed(repositoryName, changed, restoredAt);
      return {
        registryId: registry.accountId,
        repositoryName,
        imageId: { ...imageId, imageDigest: image.digest },
        imageStatus: statusOf(changed, now()),
      };
    },
  },
);
