import type { DescribeImageScanFindingsResponse, ScanFrequency } from '@aws-sdk/client-ecr';

/** A scan that was judged although it is older than a day. */
export interface OldScan {
  platform: string;
  /** Milliseconds since it ended. */
  age: number;
  /** Why there is no newer scan, as the end of a sentence. */
  why: string;
}

/** ECR makes one basic scan of an image in this time. */
const DAY_MS = 86_400_000;

const HOUR_MS = 3_600_000;

/** Milliseconds since the end of a scan that is older than a day; `undefined` for any other. */
export function ageOf(
  { imageScanFindings }: DescribeImageScanFindingsResponse,
  now: Date,
): number | undefined {
  const { imageScanCompletedAt } = imageScanFindings ?? {};
  if (!imageScanCompletedAt) return undefined;
  const age = now.getTime() - imageScanCompletedAt.getTime();
  return age > DAY_MS ? age : undefined;
}

/**
 * Milliseconds since the end of a basic scan that is older than a day, so that ECR would repeat it; `undefined` for any other.
 */
export function repeatableScanAge(answer: DescribeImageScanFindingsResponse, now: Date): number | undefined {
  const { findings, enhancedFindings } = answer.imageScanFindings ?? {};
  return findings === undefined || enhancedFindings !== undefined ? undefined : ageOf(answer, now);
}

/**
 * Why there is no newer scan: ECR refused one, or the registry scans only on push. `undefined` if the scan is kept up to date
 * or this is unknown.
 */
export function whyNoNewerScan({
  refusal,
  frequency,
}: {
  refusal?: string | undefined;
  frequency?: ScanFrequency | undefined;
}): string | undefined {
  if (refusal !== undefined) return `ECR begins no newer one (${refusal})`;
  return frequency === 'SCAN_ON_PUSH' ? 'the registry scans this repository on push alone' : undefined;
}

/** Formats an age in milliseconds: "30 hours", "9 days". */
export function sayAge(age: number): string {
  const [hours, days] = [Math.floor(age / HOUR_MS), Math.floor(age / DAY_MS)];
  return days < 2 ? `${hours} hours` : `${days} days`;
}

/** The log line after a newer scan was requested. */
export function sayRenewal(
  name: string,
  { refusal, age }: { refusal: string | undefined; age: number },
): string {
  const old = `the last ended ${sayAge(age)} ago`;
  return refusal === undefined
    ? `Asked ECR for a newer scan of ${name}: ${old}`
    : `ECR begins no newer scan of ${name} (${refusal}): ${old}`;
}

/** The end of a verdict on scans of which some are old: ", by a scan of 9 days ago"; empty if none is. */
export function sayOldest(old: readonly OldScan[] = []): string {
  return old.length === 0 ? '' : `, by a scan of ${sayAge(Math.max(...old.map(({ age }) => age)))} ago`;
}

/** The note on an old scan beside the verdict. */
export function noteOnOldScan({ platform, age, why }: OldScan): string {
  return `The scan of ${platform} ended ${sayAge(age)} ago, and ${why}: what became known since is not judged.`;
}
