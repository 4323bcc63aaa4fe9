import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import { growingPause } from '../platform/poll.ts';
import { countFindings, findingsOf } from './findings.ts';
import { countsOf } from './merge-platforms.ts';
import { noEnhancedScan, obstacleOf } from './obstacles.ts';
import type { Obstacle } from './obstacles.ts';
import { noCounts, sayCounts, severities } from './severity.ts';
import type { Counts } from './severity.ts';

/** The state of one platform's scan. `state` is text for the log: ECR's status, or our own words if there is none. */
export type ScanState =
  /** There is no result yet. */
  | { kind: 'pending'; state: string }
  /** Findings of an enhanced scan that may still grow. They count as complete when they have not changed for a while. */
  | { kind: 'unsettled'; state: string; seen: FirstPage }
  | { kind: 'complete'; state: string }
  | ({ kind: 'unscannable'; state: string } & Obstacle);

/** The findings according to the first page of an answer. */
export interface FirstPage {
  /** By severity: ECR's count, or the number of listed findings if that is greater. */
  counts: Counts;
  /** How many findings the page lists. */
  listed: number;
  hasMore: boolean;
}

const runningStatuses = new Set(['IN_PROGRESS', 'PENDING']);

/** Findings have not been observed to grow later than this after the end of a scan. */
const SETTLED_AGE_MS = 300_000;

/** While the findings must not change. */
const MAX_UNSTABLE_DELAY_MS = 5_000;

/**
 * The state of a scan according to the first page of an answer. `now` is the time by the clock of AWS. A scan is basic or
 * enhanced by the kind of its findings, never by its status. An answer without findings is enhanced if the registry is known to
 * use enhanced scanning.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html
 */
export function scanStateOf(
  answer: DescribeImageScanFindingsResponse,
  { name, now, isEnhanced = false }: { name: string; now: Date; isEnhanced?: boolean | undefined },
): ScanState {
  const { status, description } = answer.imageScanStatus ?? {};
  const { imageScanCompletedAt, findings, enhancedFindings } = answer.imageScanFindings ?? {};
  if (status === undefined) return { kind: 'pending', state: 'no status yet' };
  if (runningStatuses.has(status)) return { kind: 'pending', state: status };
  if (isResult(status) && !hasList(answer))
    return { kind: 'pending', state: `${status} without a list of findings` };
  const isBasic = findings !== undefined && enhancedFindings === undefined;
  if (status === 'COMPLETE' && isBasic && (findings.length > 0 || !isEnhanced))
    return { kind: 'complete', state: status };
  if (isResult(status)) {
    if (imageScanCompletedAt === undefined) return { kind: 'pending', state: status };
    const isOld = now.getTime() - imageScanCompletedAt.getTime() >= SETTLED_AGE_MS;
    return isOld
      ? { kind: 'complete', state: status }
      : { kind: 'unsettled', state: status, seen: firstPageOf(answer) };
  }
  return { kind: 'unscannable', state: status, ...obstacleOf(status, { name, description }) };
}

/**
 * The state of a scan according to the pages after the first, as it may have begun anew or failed since that was read;
 * `undefined` where each page is part of a result.
 */
export function laterPagesState(
  pages: readonly DescribeImageScanFindingsResponse[],
  { name }: { name: string },
): Extract<ScanState, { kind: 'pending' | 'unscannable' }> | undefined {
  const part = pages.find(page => !isResult(page.imageScanStatus?.status) || !hasList(page));
  if (part === undefined) return undefined;
  const { status = 'no status', description } = part.imageScanStatus ?? {};
  if (status === 'no status' || runningStatuses.has(status) || isResult(status))
    return { kind: 'pending', state: `${status} on a later page` };
  return { kind: 'unscannable', state: status, ...obstacleOf(status, { name, description }) };
}

function isResult(status: string | undefined): boolean {
  return status === 'COMPLETE' || status === 'ACTIVE';
}

/** Whether an answer lists findings. A scan that found nothing has an empty list; without any there is no result. */
function hasList({ imageScanFindings }: DescribeImageScanFindingsResponse): boolean {
  return (imageScanFindings?.findings ?? imageScanFindings?.enhancedFindings) !== undefined;
}

/** The findings according to the first page of an answer. */
function firstPageOf(answer: DescribeImageScanFindingsResponse): FirstPage {
  const { findings = [], enhancedFindings = [] } = answer.imageScanFindings ?? {};
  const [stated, listed, counts] = [countsOf(answer), countFindings(findingsOf(answer, '')), noCounts()];
  for (const each of severities) counts[each] = Math.max(stated[each], listed[each]);
  return {
    counts,
    listed: findings.length + enhancedFindings.length,
    hasMore: answer.nextToken !== undefined,
  };
}

/** The state while an old scan is being repeated. */
export const nothingNewerYet: ScanState = { kind: 'pending', state: 'no newer scan yet' };

/** The state when ECR repeats a page, so that the pages are incomplete. */
export const repeatingPages: ScanState = { kind: 'pending', state: 'ECR repeats a page of the findings' };

/** The state of an image of which ECR does not know yet, as it was pushed just before. */
export const unknownYet: ScanState = { kind: 'pending', state: 'ECR does not know the image yet' };

/** The state of an image that has no scan. */
export const nothingYet: ScanState = { kind: 'pending', state: 'no scan yet' };
/** The state while an enhanced scan has not begun. */
export const nothingEnhancedYet: ScanState = { kind: 'pending', state: noEnhancedScan };

/**
 * The state after a scan was requested, by the code with which ECR refused it. If the scan of the last 24 hours is the reason,
 * that scan is awaited.
 */
export function stateAfterRequest(refusal: string | undefined, name: string): ScanState {
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

/** Formats the state for the log. */
export function sayScanState(reading: ScanState): string {
  return reading.kind === 'unsettled'
    ? `${reading.state}, ${sayCounts(reading.seen.counts)} so far`
    : reading.state;
}

/**
 * How long the findings of an enhanced scan must not change to count as complete, even if there are none. They were observed to
 * grow every 15 s; this is twice as long.
 */
const STABLE_MS = 30_000;

/** The findings of an enhanced scan, and since when they have not changed. */
export interface StableFindings {
  /** Milliseconds, by the clock of the poll. */
  since: number;
  seen: FirstPage;
}

/** Updates the unchanged findings after another answer; `undefined` if the scan has no findings that may still grow. */
export function trackStability(
  stable: StableFindings | undefined,
  reading: ScanState,
  now: number,
): StableFindings | undefined {
  if (reading.kind !== 'unsettled') return undefined;
  const { seen } = reading;
  return stable !== undefined && isSame(stable.seen, seen) ? stable : { since: now, seen };
}

function isSame(one: FirstPage, other: FirstPage): boolean {
  return (
    one.listed === other.listed &&
    one.hasMore === other.hasMore &&
    severities.every(each => one.counts[each] === other.counts[each])
  );
}

/** Milliseconds for which the findings still must not change; 0 when they count as complete. */
export function msUntilStable(stable: StableFindings, now: number): number {
  return Math.max(0, stable.since + STABLE_MS - now);
}

/**
 * Milliseconds until the next call, after `spentMs` milliseconds of waiting, as {@link growingPause} has it. While findings must not
 * change (`untilStableMs`), the delay is shorter and ends when they count as complete. `script/bench --scan` shows the number of calls
 * that this takes.
 */
export function nextDelay(spentMs: number, untilStableMs?: number): number {
  return untilStableMs === undefined ? growingPause(spentMs) : Math.min(untilStableMs, MAX_UNSTABLE_DELAY_MS);
}
