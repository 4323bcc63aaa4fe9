import type { DescribeImageScanFindingsResponse, RegistryScanningConfiguration } from '@aws-sdk/client-ecr';
import type { Aws } from '../aws/aws.ts';
import { isTransient } from '../aws/client.ts';
import type { PlatformImage } from '../ecr/platforms.ts';
import { isUnknownImage, UNKNOWN_AFTER_PUSH_MS } from '../image/just-pushed.ts';
import { seconds } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import { heartbeat, HEARTBEAT_MS, poll } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';
import type { Repository } from '../repository/repository.ts';
import { hasFindings, seenIn } from './merge-platforms.ts';
import type { PlatformScan } from './merge-platforms.ts';
import { timeoutOf } from './obstacles.ts';
import { awaitedState, frequencyOf } from './registry-scanning.ts';
import { unnamedPlatform } from './report.ts';
import { readFirstPage, readPages, startScan } from './scan-api.ts';
import * as scanStates from './scan-state.ts';
import type { ScanState, StableFindings } from './scan-state.ts';
import { ageOf, repeatableScanAge, sayRenewal, whyNoNewerScan } from './stale-scan.ts';
import type { OldScan } from './stale-scan.ts';

/** A scan that begins by itself may not be visible for this long after a push. */
const SCAN_START_GRACE_MS = 60_000;

/** What waiting for the scan of one platform needs; all platforms of an image share it. */
interface Wait {
  aws: Aws;
  log: Log;
  repository: Repository;
  /** Whether this run pushed the image, so that a scan may be about to begin. */
  isFresh: boolean;
  /** Whether the image was pushed during this run or just before, by any job, so that ECR may not know it yet. */
  isPushed: boolean;
  /** Reads the scanning configuration of the registry, once for all platforms and only when it is needed. */
  scanning: () => Promise<RegistryScanningConfiguration | undefined>;
  /** Whether Inspector says that its scan of this digest has succeeded. */
  isCovered: (digest: string) => Promise<boolean>;
  /** Milliseconds. */
  timeout: number;
  signal: AbortSignal;
  clock: Clock;
}

/** Waits for the scan of one platform and reads all of its pages. */
export async function awaitPlatformScan(
  wait: Wait,
  { platform, digest }: PlatformImage,
): Promise<PlatformScan> {
  const { aws, log, repository, clock, timeout, signal } = wait;
  const name = platform || unnamedPlatform;
  const { name: repositoryName, registryId } = repository;
  const image = { repositoryName, registryId, imageId: { imageDigest: digest } };
  const began = clock.now();
  /** The time by the clock of AWS, as the end of a scan is given by that clock. */
  const now = (): Date => new Date(clock.now() + aws.ecr.clockOffset());
  let last: ScanState = scanStates.nothingYet;
  /** The last answer that listed or counted any finding, which is reported if the scan does not end in time. */
  let lastFindings: DescribeImageScanFindingsResponse | undefined;
  let isEnhanced: boolean | undefined;
  let stable: StableFindings | undefined;
  let asked: ScanState | undefined;
  let renewed: 'asked' | { refusal: string } | undefined;
  /** Whether a later page said that there is no result. All pages are then read once more. */
  let hasFailedLater = false;

  /** Whether the push of this run is so recent that scans may not know of it. */
  const isYoung = (): boolean => wait.isFresh && clock.now() - began < SCAN_START_GRACE_MS;
  /** Requests a scan if the registry uses basic scanning; an enhanced scan begins by itself. */
  const start = async (): Promise<ScanState> => {
    if (isYoung() && repository.scanOnPush) return scanStates.nothingYet;
    const scanning = await wait.scanning();
    isEnhanced = scanning?.scanType === 'ENHANCED';
    const awaited = awaitedState(scanning, { repositoryName, isYoung: isYoung() });
    if (awaited) return awaited;
    const refusal = await startScan(aws.ecr, image);
    if (refusal === 'ImageArchivedException' && isYoung()) return scanStates.nothingYet;
    if (refusal === undefined) log.info(`Asked ECR for a scan of ${name}: none had begun by itself`);
    asked = scanStates.stateAfterRequest(refusal, name);
    return asked;
  };
  /**
   * Requests a newer basic scan, because an old one does not have the vulnerabilities that became known since. If ECR refuses,
   * the old one is judged.
   */
  const renewScan = async (age: number): Promise<ScanState> => {
    if (typeof renewed === 'object') return last;
    if (renewed === undefined) {
      const refusal = await startScan(aws.ecr, image);
      // What was found before it was archived says nothing of an image that nobody can pull.
      if (refusal === 'ImageArchivedException') return scanStates.stateAfterRequest(refusal, name);
      renewed = refusal === undefined ? 'asked' : { refusal };
      log.info(sayRenewal(name, { refusal, age }));
    }
    // Wait once even after a refusal: another job may have requested a scan that is visible at the next call.
    return scanStates.nothingNewerYet;
  };
  const readState = async (): Promise<DescribeImageScanFindingsResponse | undefined> => {
    const read = await readFirstPage(aws.ecr, image);
    // A push restores an archived image, and its scans may know of that later.
    const isRestored = isYoung() && read?.imageScanStatus?.status === 'IMAGE_ARCHIVED';
    const answer = isRestored ? undefined : read;
    last = answer
      ? scanStates.scanStateOf(answer, { name, now: now(), isEnhanced })
      : (asked ?? (await start()));
    if (answer && hasFindings(answer)) lastFindings = answer;
    return answer;
  };
  const oldScanIn = async (answer: DescribeImageScanFindingsResponse): Promise<{ old?: OldScan }> => {
    const age = ageOf(answer, now());
    if (age === undefined) return {};
    const refused = typeof renewed === 'object' ? renewed : undefined;
    const scanning = refused ? undefined : await wait.scanning();
    const why = whyNoNewerScan(refused ?? { frequency: scanning && frequencyOf(scanning, repositoryName) });
    return why === undefined ? {} : { old: { platform: name, age, why } };
  };
  const look = async (): Promise<PlatformScan | undefined> => {
    let answer = await readState();
    const age = answer && repeatableScanAge(answer, now());
    if (last.kind === 'complete' && age !== undefined) last = await renewScan(age);
    stable = scanStates.trackStability(stable, last, clock.now());
    if (stable && scanStates.msUntilStable(stable, clock.now()) > 0) {
      if (!(await wait.isCovered(digest))) return undefined;
      // Inspector was asked after the answer was read, so its success holds only for a later answer, which is read here.
      answer = await readState();
    }
    const { kind, state } = last;
    if (last.kind === 'unscannable') {
      const { reason, remedy } = last;
      const seen = answer && hasFindings(answer) ? { seen: seenIn([answer], platform) } : {};
      return { kind: 'unscanned', state, reason, remedy, platform: name, ...seen };
    }
    if (!answer || kind === 'pending') return undefined;
    const pages = await readPages(aws.ecr, image, answer);
    if (pages === undefined) {
      last = scanStates.repeatingPages;
      return undefined;
    }
    const later = scanStates.laterPagesState(pages.slice(1), { name });
    if (later?.kind === 'unscannable' && hasFailedLater) {
      const { reason, remedy } = later;
      const seen = { seen: seenIn(pages, platform) };
      return { kind: 'unscanned', state: later.state, reason, remedy, platform: name, ...seen };
    }
    if (later !== undefined) {
      hasFailedLater ||= later.kind === 'unscannable';
      last = { kind: 'pending', state: later.state };
      return undefined;
    }
    return {
      kind: 'scanned',
      state,
      platform: name,
      ...seenIn(pages, platform),
      ...(await oldScanIn(answer)),
    };
  };
  const done = await poll(
    () =>
      look().catch(error => {
        const isUnknownYet =
          wait.isPushed && isUnknownImage(error) && clock.now() - began < UNKNOWN_AFTER_PUSH_MS;
        if (!isUnknownYet && !isTransient(error)) throw error;
        last = isUnknownYet ? scanStates.unknownYet : { kind: 'pending', state: 'ECR did not answer' };
        return undefined;
      }),
    {
      clock,
      signal,
      timeoutMs: timeout,
      pause: spent => scanStates.nextDelay(spent, stable && scanStates.msUntilStable(stable, clock.now())),
      onWait: heartbeat(HEARTBEAT_MS, {
        say: () => scanStates.sayScanState(last),
        tell: (state, spent) => log.info(`Waiting for the scan of ${name}: ${state} (${seconds(spent)})`),
      }),
    },
  );
  if (done !== undefined) return done;
  const seen = lastFindings ? { seen: seenIn([lastFindings], platform) } : {};
  const obstacle = timeoutOf(name, { state: last.state, time: seconds(timeout) });
  return { kind: 'unscanned', timedOut: true, state: last.state, ...obstacle, platform: name, ...seen };
}
