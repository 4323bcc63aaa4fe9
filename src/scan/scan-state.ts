import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import { countFindings, findingsOf } from './findings.ts';
import { countsOf } from './merge-platforms.ts';
import { noEnhancedScan, obstacleOf } from './obstacles.ts';
import type { Obstacle } from './obstacles.ts';
import { noCounts, sayCounts, severities } from './severity.ts';
import type { Counts } from './severity.ts';

/** What one platform's scan has come to; `state` is for people, and ECR's own status where it said one. */
export type ScanState =
  /** Nothing to judge yet. */
  | { kind: 'pending'; state: string }
  /** Findings that may still grow: an enhanced scan is believed when readings agree for a while. */
  | { kind: 'unsettled'; state: string; seen: Seen }
  | { kind: 'complete'; state: string }
  | ({ kind: 'unscannable'; state: string } & Obstacle);

/** What the first page of an answer shows of its findings; ECR's counts may be absent, and say nothing then. */
export interface Seen {
  counts: Counts;
  /** How many it lists. */
  listed: number;
  hasMore: boolean;
}

const waiting = new Set(['IN_PROGRESS', 'PENDING']);

/** Milliseconds after its end from which nobody has seen a scan's findings grow. */
const SETTLED_AGE_MS = 300_000;

/**
 * Judges the first page of an answer, at a time by the clock of AWS. Basic and enhanced scans are told apart by their findings,
 * never by their status; an answer without any is an enhanced one where the registry is known to make those.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
export function scanStateOf(
  answer: DescribeImageScanFindingsResponse,
  { name, now, isEnhanced = false }: { name: string; now: Date; isEnhanced?: boolean | undefined },
): ScanState {
  const { status, description } = answer.imageScanStatus ?? {};
  const { imageScanCompletedAt, findings, enhancedFindings } = answer.imageScanFindings ?? {};
  if (status === undefined) return { kind: 'pending', state: 'no status yet' };
  if (waiting.has(status)) return { kind: 'pending', state: status };
  const isBasic = findings !== undefined && enhancedFindings === undefined;
  if (status === 'COMPLETE' && isBasic && (findings.length > 0 || !isEnhanced))
    return { kind: 'complete', state: status };
  if (status === 'COMPLETE' || status === 'ACTIVE') {
    if (imageScanCompletedAt === undefined) return { kind: 'pending', state: status };
    const isOld = now.getTime() - imageScanCompletedAt.getTime() >= SETTLED_AGE_MS;
    return isOld
      ? { kind: 'complete', state: status }
      : { kind: 'unsettled', state: status, seen: seenIn(answer) };
  }
  return { kind: 'unscannable', state: status, ...obstacleOf(status, { name, description }) };
}

/** Of each severity what ECR says, or what it lists where that is more. */
function seenIn(answer: DescribeImageScanFindingsResponse): Seen {
  const { findings = [], enhancedFindings = [] } = answer.imageScanFindings ?? {};
  const [stated, listed, counts] = [countsOf(answer), countFindings(findingsOf(answer, '')), noCounts()];
  for (const each of severities) counts[each] = Math.max(stated[each], listed[each]);
  return {
    counts,
    listed: findings.length + enhancedFindings.length,
    hasMore: answer.nextToken !== undefined,
  };
}

/** What is waited for where an old scan is to be repeated. */
export const nothingNewerYet: ScanState = { kind: 'pending', state: 'no newer scan yet' };

/** Pages that repeat are not all of them. */
export const repeatingPages: ScanState = { kind: 'pending', state: 'ECR repeats a page of the findings' };

/** Where there is no scan, just after a push or for good. */
export const nothingYet: ScanState = { kind: 'pending', state: 'no scan yet' };
export const nothingEnhancedYet: ScanState = { kind: 'pending', state: noEnhancedScan };

/** What came of asking for a scan, by the code with which ECR refused it; an image's one scan of 24 hours is awaited. */
export function readStart(refusal: string | undefined, name: string): ScanState {
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

function unscannable(state: string, name: string): ScanState {
  return { kind: 'unscannable', state, ...obstacleOf(state, { name }) };
}

/** What is waited for, in words. */
export function sayReading(reading: ScanState): string {
  return reading.kind === 'unsettled'
    ? `${reading.state}, ${sayCounts(reading.seen.counts)} so far`
    : reading.state;
}

/**
 * Milliseconds for which an enhanced scan has to show the same, from the first look that saw it to the last. Findings were
 * seen to grow every 15 s, so that they are believed after two such spaces, none as well as many.
 */
const STABLE_MS = 30_000;

/** Since when an enhanced scan shows what it shows. */
export interface Steady {
  /** Milliseconds on any clock that only goes forward. */
  since: number;
  seen: Seen;
}

/** Follows what is seen from reading to reading; `undefined` while there is nothing. */
export function trackStability(
  steady: Steady | undefined,
  reading: ScanState,
  now: number,
): Steady | undefined {
  if (reading.kind !== 'unsettled') return undefined;
  const { seen } = reading;
  return steady !== undefined && isSame(steady.seen, seen) ? steady : { since: now, seen };
}

function isSame(one: Seen, other: Seen): boolean {
  return (
    one.listed === other.listed &&
    one.hasMore === other.hasMore &&
    severities.every(each => one.counts[each] === other.counts[each])
  );
}

/** Milliseconds for which it still has to stay the same; 0 when it has settled. */
export function msUntilStable(steady: Steady, now: number): number {
  return Math.max(0, steady.since + STABLE_MS - now);
}

/**
 * Milliseconds until the next look, when so many have been spent: a fifth of the time so far, so that a scan is noticed
 * late by a tenth of its length. While counts have to stay the same it is short, so that growth is seen soon, and ends
 * when they have. `script/bench --scan` shows what that costs.
 */
export function nextDelay(spent: number, unrest?: number): number {
  return unrest === undefined ? Math.min(Math.max(spent / 5, 1_000), 8_000) : Math.min(unrest, 5_000);
}
