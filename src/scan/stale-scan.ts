import type { DescribeImageScanFindingsResponse, ScanFrequency } from '@aws-sdk/client-ecr';

/** A scan that was judged though it is of another day. */
export interface OldScan {
  platform: string;
  /** Milliseconds since it ended. */
  age: number;
  /** Why there is none that is newer, as a sentence's end. */
  why: string;
}

/** Milliseconds after which ECR makes another basic scan of an image. */
const DAY_MS = 86_400_000;

/** Milliseconds since a scan ended that is not today's; `undefined` for all others. */
export function ageOf(
  { imageScanFindings }: DescribeImageScanFindingsResponse,
  now: Date,
): number | undefined {
  const { imageScanCompletedAt } = imageScanFindings ?? {};
  if (!imageScanCompletedAt) return undefined;
  const age = now.getTime() - imageScanCompletedAt.getTime();
  return age > DAY_MS ? age : undefined;
}

/** The age of a basic scan that is not today's, and that ECR would repeat. */
export function staleness(answer: DescribeImageScanFindingsResponse, now: Date): number | undefined {
  const { findings, enhancedFindings } = answer.imageScanFindings ?? {};
  return findings === undefined || enhancedFindings !== undefined ? undefined : ageOf(answer, now);
}

/** Why there is no newer scan: ECR refused one, or nobody scans the image again; `undefined` where it is kept up to date or nobody knows. */
export function whyOld({
  refusal,
  frequency,
}: {
  refusal?: string | undefined;
  frequency?: ScanFrequency | undefined;
}): string | undefined {
  if (refusal !== undefined) return `ECR begins no newer one (${refusal})`;
  return frequency === 'SCAN_ON_PUSH' ? 'the registry scans this repository on push alone' : undefined;
}

/** "30 hours", "9 days" */
export function sayAge(age: number): string {
  const [hours, days] = [Math.floor(age / 3_600_000), Math.floor(age / DAY_MS)];
  return days < 2 ? `${hours} hours` : `${days} days`;
}

/** What came of asking for a scan that is newer. */
export function sayRenewal(
  name: string,
  { refusal, age }: { refusal: string | undefined; age: number },
): string {
  const old = `the last ended ${sayAge(age)} ago`;
  return refusal === undefined
    ? `Asked ECR for a newer scan of ${name}: ${old}`
    : `ECR begins no newer scan of ${name} (${refusal}): ${old}`;
}

/** How a verdict on scans of which some are old ends: ", by a scan of 9 days ago". */
export function sayOldest(old: readonly OldScan[] = []): string {
  return old.length === 0 ? '' : `, by a scan of ${sayAge(Math.max(...old.map(({ age }) => age)))} ago`;
}

/** What somebody should know who reads the verdict. */
export function noteOnOld({ platform, age, why }: OldScan): string {
  return `The scan of ${platform} ended ${sayAge(age)} ago, and ${why}: what became known since is not judged.`;
}
