import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import type { Ecr } from './ecr.ts';
import { isRefusal } from './aws.ts';

/** One image as ECR's scan calls want it. */
export interface ScannedImage {
  repositoryName: string;
  registryId: string;
  imageId: { imageDigest: string };
}

/** The first page of a scan, or `undefined` where there is none: normal for up to a minute after a push. */
export async function readScan(
  ecr: Ecr,
  image: ScannedImage,
): Promise<DescribeImageScanFindingsResponse | undefined> {
  try {
    return await ecr.describeImageScanFindings({ ...image, maxResults: 1000 });
  } catch (error) {
    if (isRefusal(error, 'ScanNotFoundException')) return undefined;
    throw error;
  }
}

/** All pages after the first; a token that repeats ends the reading, as it would go on for ever. */
export async function* readPages(
  ecr: Ecr,
  image: ScannedImage,
  first: DescribeImageScanFindingsResponse,
): AsyncGenerator<DescribeImageScanFindingsResponse> {
  const seen = new Set<string>();
  for (let token = first.nextToken; token !== undefined && !seen.has(token);) {
    seen.add(token);
    const page = await ecr.describeImageScanFindings({ ...image, maxResults: 1000, nextToken: token });
    yield page;
    token = page.nextToken;
  }
}

/** Refusals that say something of the image or of its scans, rather than of the call. */
const telling = [
  'LimitExceededException',
  'ValidationException',
  'UnsupportedImageTypeException',
  'ImageArchivedException',
];

/**
 * Asks for a scan, and answers with the code of a telling refusal.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartImageScan.html
 */
export async function startScan(ecr: Ecr, image: ScannedImage): Promise<string | undefined> {
  try {
    await ecr.startImageScan(image);
    return undefined;
  } catch (error) {
    const refusal = telling.find(code => isRefusal(error, code));
    if (refusal === undefined) throw error;
    return refusal;
  }
}

/** Whether the registry's scans are enhanced; `undefined` where the role may not know. */
export async function hasEnhancedScans(ecr: Ecr): Promise<boolean | undefined> {
  try {
    const { scanningConfiguration } = await ecr.getRegistryScanningConfiguration({});
    return scanningConfiguration?.scanType === 'ENHANCED';
  } catch (error) {
    if (isRefusal(error, 'AccessDeniedException')) return undefined;
    throw error;
  }
}
