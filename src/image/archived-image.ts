import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { isRefusal } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';
import { Failure } from '../platform/failure.ts';

/** An image in the archive of its repository, where it can be neither pulled nor scanned, or on its way back. */
export interface ArchivedImage {
  kind: 'archived' | 'being restored';
  digest: string;
}

/** Why ECR does not show an image: it is archived, there is none, or this role may not ask. */
export type HiddenImage = ArchivedImage | { kind: 'absent' | 'unknown' };

/**
 * Finds out why `BatchGetImage` did not answer an image. It leaves out archived ones, as if they were not there; DescribeImages
 * tells of them where it is asked to.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive_restore_image.html
 */
export async function findHidden(
  { ecr }: { ecr: Pick<Ecr, 'describeImages'> },
  where: { repositoryName: string; registryId?: string },
  imageId: ImageIdentifier,
): Promise<HiddenImage> {
  try {
    const { imageDetails = [] } = await ecr.describeImages({
      ...where,
      imageIds: [imageId],
      filter: { imageStatus: 'ANY' },
    });
    const { imageDigest: digest, imageStatus } = imageDetails[0] ?? {};
    if (digest === undefined || imageStatus === undefined || imageStatus === 'ACTIVE')
      return { kind: 'absent' };
    return { kind: imageStatus === 'ACTIVATING' ? 'being restored' : 'archived', digest };
  } catch (error) {
    if (isRefusal(error, 'ImageNotFoundException', 'RepositoryNotFoundException')) return { kind: 'absent' };
    // The permission is asked for only here, so an image that is simply not there does not need it.
    if (isRefusal(error, 'AccessDeniedException', 'InvalidParameterException')) return { kind: 'unknown' };
    throw error;
  }
}

/** Whether an image that ECR does not show is in the archive. */
export function isArchived(hidden: HiddenImage): hidden is ArchivedImage {
  return hidden.kind === 'archived' || hidden.kind === 'being restored';
}

/** What is to be done about an archived image, as a sentence. */
export function sayRestore(repositoryName: string, { kind, digest }: ArchivedImage): string {
  if (kind === 'being restored') return 'It is being restored, which takes up to 20 minutes.';
  return `Restore it, which takes up to 20 minutes: \`aws ecr update-image-storage-class --repository-name ${repositoryName} --image-id imageDigest=${digest} --target-storage-class STANDARD\`.`;
}

/** The failure of a run that needs an archived image. `name` is what the user calls it. */
export function archivedFailure(
  name: string,
  { repositoryName, image, cause }: { repositoryName: string; image: ArchivedImage; cause?: unknown },
): Failure {
  return new Failure(
    `${name} is archived (${image.digest}): ECR keeps it, but lets nobody pull, scan or tag it.`,
    { remedy: `${sayRestore(repositoryName, image)} Then run the job again.`, cause },
  );
}

/** Why a run cannot have an image that ECR does not show. `address` is its repository as the user is told it. */
export async function explainMissing(
  aws: { ecr: Pick<Ecr, 'describeImages'> },
  where: { repositoryName: string; registryId?: string },
  { name, address }: { name: { imageDigest: string } | { imageTag: string }; address: string },
): Promise<Failure> {
  const { repositoryName } = where;
  const hidden = await findHidden(aws, where, name);
  const shortName = 'imageDigest' in name ? name.imageDigest : name.imageTag;
  const named = `${address}${'imageDigest' in name ? '@' : ':'}${shortName}`;
  if (isArchived(hidden)) return archivedFailure(named, { repositoryName, image: hidden });
  return new Failure(`${address} has no image ${shortName}.`, {
    remedy: `Correct \`image\`, or push it first; a lifecycle policy may have deleted it.${orArchived(hidden)}`,
  });
}

/** The end of a remedy for an image that is not there, where it may also be archived. */
export function orArchived(hidden: HiddenImage): string {
  return hidden.kind === 'unknown'
    ? ' It may also be archived, which this role may not ask (ecr:DescribeImages).'
    : '';
}
