import type { DescribeImageScanFindingsResponse, RegistryScanningConfiguration } from '@aws-sdk/client-ecr';
import { isRefusal } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';

/** The most findings that ECR answers on one page. */
const FINDINGS_PER_PAGE = 1000;

/** The image in the requests of ECR's scan operations. */
export interface ScannedImage {
  repositoryName: string;
  registryId: string;
  imageId: { imageDigest: string };
}

/** The first page of a scan; `undefined` if there is no scan, which is normal for up to a minute after a push. */
export async function readFirstPage(
  ecr: Ecr,
  image: ScannedImage,
): Promise<DescribeImageScanFindingsResponse | undefined> {
  try {
    return await ecr.describeImageScanFindings({ ...image, maxResults: FINDINGS_PER_PAGE });
  } catch (error) {
    if (isRefusal(error, 'ScanNotFoundException')) return undefined;
    throw error;
  }
}

/**
 * All pages, including the first; `undefined` if a page token repeats, as reading would never end and the pages read are not
 * all.
 */
export async function readPages(
  ecr: Ecr,
  image: ScannedImage,
  first: DescribeImageScanFindingsResponse,
): Promise<DescribeImageScanFindingsResponse[] | undefined> {
  const seen = new Set<string>();
  const pages = [first];
  for (let token = first.nextToken; token !== undefined;) {
    if (seen.has(token)) return undefined;
    seen.add(token);
    const page = await ecr.describeImageScanFindings({
      ...image,
      maxResults: FINDINGS_PER_PAGE,
      nextToken: token,
    });
    pages.push(page);
    token = page.nextToken;
  }
  return pages;
}

/** Errors that are about the image or its scans, and not about the call. */
const imageErrors = [
  'LimitExceededException',
  'ValidationException',
  'UnsupportedImageTypeException',
  'ImageArchivedException',
];

/**
 * Requests a scan. Answers the code of the error if it is about the image or its scans, and `undefined` if the scan was
 * started.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartImageScan.html
 */
export async function startScan(ecr: Ecr, image: ScannedImage): Promise<string | undefined> {
  try {
    await ecr.startImageScan(image);
    return undefined;
  } catch (error) {
    const refusal = imageErrors.find(code => isRefusal(error, code));
    if (refusal === undefined) throw error;
    return refusal;
  }
}

/**
 * Makes a function that reads the scanning configuration of the registry once, and again after an error. It answers `undefined`, after a call of
 * `onDenied`, if the role may not read it, or if the registry belongs to another account: ECR answers only for the registry of
 * the role's own account.
 */
export function openScanning(
  ecr: Ecr,
  { account, onDenied }: { account: string; onDenied: () => void },
): () => Promise<RegistryScanningConfiguration | undefined> {
  let held: Promise<RegistryScanningConfiguration | undefined> | undefined;
  const read = async (): Promise<RegistryScanningConfiguration | undefined> => {
    try {
      const { registryId, scanningConfiguration = {} } = await ecr.getRegistryScanningConfiguration({});
      if (registryId === account) return scanningConfiguration;
    } catch (error) {
      if (!isRefusal(error, 'AccessDeniedException')) throw error;
    }
    onDenied();
    return undefined;
  };
  return () =>
    (held ??= read().catch((error: unknown) => {
      held = undefined;
      throw error;
    }));
}
