import type { DescribeImageScanFindingsResponse, RegistryScanningConfiguration } from '@aws-sdk/client-ecr';
import type { Ecr } from '../aws/ecr.ts';
import { isRefusal } from '../aws/client.ts';

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

/**
 * All pages, the first among them; `undefined` where a token repeats: reading on would go on for ever, and what was read is
 * not all.
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
    const page = await ecr.describeImageScanFindings({ ...image, maxResults: 1000, nextToken: token });
    pages.push(page);
    token = page.nextToken;
  }
  return pages;
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

/**
 * Asks which scans the registry makes of which repositories, once; `undefined`, which is told, where the role may not know.
 * ECR answers for the role's own registry, which says nothing of that of another account.
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
  return () => (held ??= read());
}
