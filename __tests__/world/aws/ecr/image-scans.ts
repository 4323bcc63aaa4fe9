import { Refusal } from '../refusal.ts';
import { getImage, imageIdText, tagsOf } from './image-lookup.ts';
import { isIndex, isRunnable } from './image.ts';
import * as members from './members.ts';
import type { ImageId } from './members.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from './page.ts';
import type { Repository } from './registry.ts';
import { countsOf } from './scans.ts';
import { structure } from './shape.ts';
import { statusOf } from './storage-class.ts';

const { repositoryName, registry, imageId } = members;

export const startImageScan = operation(structure({ repositoryName, imageId }, registry), {
  perform({ repositoryName: name, imageId: id }, call) {
    const repository = call.registry.get(name);
    const image = getImage(call.registry, repository, id);
    if (call.registry.scanning.scanType === 'ENHANCED') {
      throw new Refusal('ValidationException', 'This feature is disabled');
    }
    if (isIndex(image.mediaType) || !isRunnable(image)) {
      const type = isIndex(image.mediaType) ? image.mediaType : (image.artifactMediaType ?? image.mediaType);
      throw new Refusal(
        'UnsupportedImageTypeException',
        // https://github.com/alexjurkiewicz/ecr-scan-image/issues/43
        `An artifact with media type '${type}' cannot be scanned. For more information, see the Amazon ECR documentation.`,
      );
    }
    if (statusOf(image, call.now()) !== 'ACTIVE')
      throw new Refusal('ImageArchivedException', 'The specified image is archived and cannot be scanned.');
    if (!call.scans.start(name, image, call.now())) {
      throw new Refusal(
        'LimitExceededException',
        'The scan quota per image has been exceeded. Wait and try again.',
      );
    }
    return { ...heading(repository, image.digest, call), imageScanStatus: { status: 'IN_PROGRESS' } };
  },
});

export const describeImageScanFindings = operation(
  structure({ repositoryName, imageId }, { ...registry, ...members.page }),
  {
    perform({ repositoryName: name, imageId: id, ...page }, call) {
      const repository = call.registry.get(name);
      const image = getImage(call.registry, repository, id);
      if (statusOf(image, call.now()) !== 'ACTIVE')
        return { ...heading(repository, image.digest, call), imageScanStatus: { status: 'IMAGE_ARCHIVED' } };
      const report = call.scans.read(repository, image, { first: page.nextToken === undefined });
      if (!report) throw scanNotFound(idOf(repository, image.digest), repository, call);
      const { description, completedAt, uncounted, unlisted, repeatsPage } = report;
      const laterStatus = page.nextToken === undefined ? undefined : report.laterStatus;
      const status = laterStatus ?? report.status;
      const hasResult = laterStatus === undefined || laterStatus === 'ACTIVE' || laterStatus === 'COMPLETE';
      const findings = hasResult ? report.findings : undefined;
      const { items, nextToken: following } = pageOf(findings ?? [], page, { size: 100 });
      const nextToken = (repeatsPage && page.nextToken) ?? following;
      const enhanced = call.registry.scanning.scanType === 'ENHANCED';
      return {
        ...heading(repository, image.digest, call),
        imageScanStatus: { status, description },
        ...(findings
          ? {
              imageScanFindings: {
                imageScanCompletedAt: completedAt,
                vulnerabilitySourceUpdatedAt: completedAt,
                ...(!uncounted && { findingSeverityCounts: countsOf(findings) }),
                ...(!unlisted && { [enhanced ? 'enhancedFindings' : 'findings']: items }),
              },
            }
          : {}),
        nextToken,
      };
    },
  },
);

function heading(repository: Repository, imageDigest: string, { registry: { accountId } }: Call): object {
  return { registryId: accountId, repositoryName: repository.name, imageId: idOf(repository, imageDigest) };
}

function idOf(repository: Repository, imageDigest: string): ImageId {
  const [imageTag] = tagsOf(repository, imageDigest);
  return { imageDigest, ...(imageTag === undefined ? {} : { imageTag }) };
}

function scanNotFound(id: ImageId, { name }: Repository, { registry: { accountId } }: Call): Refusal {
  return new Refusal(
    'ScanNotFoundException',
    `Image scan does not exist for the image with '${imageIdText(id)}' ` +
      `in the repository with name '${name}' in the registry with id '${accountId}'`,
  );
}
