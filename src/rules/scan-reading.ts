import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import { countsOf } from './scan.ts';
import { noEnhancedScan, obstacleOf } from './scan-status.ts';
import type { Obstacle } from './scan-status.ts';
import { sayCounts, severities } from './severity.ts';
import type { Counts } from './severity.ts';

/** What one platform's scan has come to; `state` is for people, and ECR's own status where it said one. */
export type Reading =
  /** Nothing to judge yet. */
  | { kind: 'pending'; state: string }
  /** Findings that may still grow: an enhanced scan is believed when readings agree for a while. */
  | { kind: 'unsettled'; state: string; counts: Counts }
  | { kind: 'complete'; state: string }
  | ({ kind: 'unscannable'; state: string } & Obstacle);

const waiting = new Set(['IN_PROGRESS', 'PENDING']);

/** Milliseconds after its end from which nobody has seen a scan's findings grow; more than two clocks may differ. */
const settledAge = 300_000;

/**
 * Judges the first page of an answer. Basic and enhanced scans are told apart by their findings, never by their status.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
export function read(
  answer: DescribeImageScanFindingsResponse,
  { name, now }: { name: string; now: Date },
): Reading {
  const { status, description } = answer.imageScanStatus ?? {};
  const { imageScanCompletedAt, findings, enhancedFindings } = answer.imageScanFindings ?? {};
  if (status === undefined) return { kind: 'pending', state: 'no status yet' };
  if (waiting.has(status)) return { kind: 'pending', state: status };
  if (status === 'COMPLETE' && findings !== undefined && enhancedFindings === undefined)
    return { kind: 'complete', state: status };
  if (status === 'COMPLETE' || status === 'ACTIVE') {
    if (imageScanCompletedAt === undefined) return { kind: 'pending', state: status };
    const isOld = now.getTime() - imageScanCompletedAt.getTime() >= settledAge;
    return isOld
      ? { kind: 'complete', state: status }
      : { kind: 'unsettled', state: status, counts: countsOf(answer) };
  }
  return { kind: 'unscannable', state: status, ...obstacleOf(status, { name, description }) };
}

/** Milliseconds after which ECR makes another basic scan of an image. */
const day = 86_400_000;

/** Milliseconds since a basic scan ended that is not today's, and that ECR would repeat; `undefined` for all others. */
export function staleness(
  { imageScanFindings }: DescribeImageScanFindingsResponse,
  now: Date,
): number | undefined {
  const { imageScanCompletedAt, findings, enhancedFindings } = imageScanFindings ?? {};
  if (!imageScanCompletedAt || findings === undefined || enhancedFindings !== undefined) return undefined;
  const age = now.getTime() - imageScanCompletedAt.getTime();
  return age > day ? age : undefined;
}

/** "30 hours", "9 days" */
export function sayAge(age: number): string {
  const [hours, days] = [Math.floor(age / 3_600_000), Math.floor(age / day)];
  return days < 2 ? `${hours} hours` : `${days} days`;
}

/** What is waited for where an old scan is to be repeated. */
export const nothingNewerYet: Reading = { kind: 'pending', state: 'no newer scan yet' };

/** Where there is no scan, just after a push or for good. */
export const nothingYet: Reading = { kind: 'pending', state: 'no scan yet' };
export const nothingEnhancedYet: Reading = { kind: 'pending', state: noEnhancedScan };

/** What came of asking for a scan, by the code with which ECR refused it; an image's one scan of 24 hours is awaited. */
export function readStart(refusal: string | undefined, name: string): Reading {
  switch (refusal) {
    case undefined:
      return { kind: 'pending', state: 'asked for' };
    case 'UnsupportedImageTypeException':
      return unscannable('UNSUPPORTED_IMAGE', name);
    case 'ImageArchivedException':
      return unscannable('IMAGE_ARCHIVED', name);
    case 'LimitExceededException':
      return { kind: 'pending', state: 'scanned within 24 hours, no result yet' };
    default:
      return nothingEnhancedYet;
  }
}

function unscannable(state: string, name: string): Reading {
  return { kind: 'unscannable', state, ...obstacleOf(state, { name }) };
}

/** What is waited for, in words. */
export function sayReading(reading: Reading): string {
  return reading.kind === 'unsettled'
    ? `${reading.state}, ${sayCounts(reading.counts)} so far`
    : reading.state;
}

/**
 * Milliseconds for which the counts of an enhanced scan have to stay the same, from the first look that saw them to the
 * last. They were seen to grow every 15 s, so that they are believed after two such spaces, none as well as many.
 */
const calm = 30_000;

/** Since when the counts of an enhanced scan have been what they are. */
export interface Steady {
  /** Milliseconds on any clock that only goes forward. */
  since: number;
  counts: Counts;
}

/** Follows the counts from reading to reading; `undefined` while there are none. */
export function follow(steady: Steady | undefined, reading: Reading, now: number): Steady | undefined {
  if (reading.kind !== 'unsettled') return undefined;
  const isSame =
    steady !== undefined && severities.every(each => steady.counts[each] === reading.counts[each]);
  return isSame ? steady : { since: now, counts: reading.counts };
}

/** Milliseconds that the counts still have to stay the same; 0 when they have settled. */
export function unrestOf(steady: Steady, now: number): number {
  return Math.max(0, steady.since + calm - now);
}

/**
 * Milliseconds until the next look, when so many have been spent: a fifth of the time so far, so that a scan is noticed
 * late by a tenth of its length. While counts have to stay the same it is short, so that growth is seen soon, and ends
 * when they have. `script/bench --scan` shows what that costs.
 */
export function paceOf(spent: number, unrest?: number): number {
  return unrest === undefined ? Math.min(Math.max(spent / 5, 1_000), 8_000) : Math.min(unrest, 5_000);
}
