import type { RunOf } from '../platform/run.ts';
import type { DescribeImageScanFindingsResponse, RegistryScanningConfiguration } from '@aws-sdk/client-ecr';
import type { Aws } from '../aws/aws.ts';
import { isTransient } from '../aws/client.ts';
import { openCoverage } from '../aws/inspector.ts';
import type { PlatformImage } from '../ecr/manifest.ts';
import type { Image, Manifest } from '../image/image.ts';
import { seconds } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import { clock as realClock, heartbeat, poll } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import { formatTopFindings } from './findings.ts';
import type { Lenience, ScanInputs } from './inputs.ts';
import { hasFindings, reportOf, seenIn } from './merge-platforms.ts';
import type { PlatformScan } from './merge-platforms.ts';
import { timeoutOf } from './obstacles.ts';
import { awaitedOf, frequencyOf } from './registry-scanning.ts';
import { unsaid } from './report.ts';
import type { ScanReport } from './report.ts';
import { openScanning, readPages, readScan, startScan } from './scan-api.ts';
import * as readings from './scan-state.ts';
import type { ScanState, Steady } from './scan-state.ts';
import { sayCounts } from './severity.ts';
import { ageOf, sayRenewal, staleness, whyOld } from './stale-scan.ts';
import type { OldScan } from './stale-scan.ts';

/** Milliseconds after a push for which a scan that begins by itself may be nowhere to be seen. */
const SCAN_START_GRACE_MS = 60_000;

/** Milliseconds after which it is said again what is waited for. */
const HEARTBEAT_MS = 10_000;

const mayNotAsk =
  'The role may not ask which scanning the registry has (ecr:GetRegistryScanningConfiguration, in its own account alone).';

const mayNotAskInspector =
  'Inspector does not tell this role when its scan is over (inspector2:ListCoverage): its findings are believed when they stay the same.';

interface Wait {
  aws: Aws;
  log: Log;
  repository: Repository;
  /** Whether the scan that a push begins may still be on its way. */
  isFresh: boolean;
  /** Which scanning the registry has, asked once for all platforms, and only when it is needed. */
  scanning: () => Promise<RegistryScanningConfiguration | undefined>;
  /** Whether Inspector says that its scan of this digest has succeeded. */
  isCovered: (digest: string) => Promise<boolean>;
  /** Milliseconds. */
  timeout: number;
  signal: AbortSignal;
  clock: Clock;
}

interface ScanParts {
  gate: Pick<ScanInputs, 'wait' | 'timeout'> & { lenience: Lenience };
}

interface WaitForScanOptions {
  title?: string;
  repository: Repository;
  image: Pick<Image, 'kind'>;
  manifest: () => Promise<Manifest>;
  clock?: Clock;
}

/** Waits until every platform has been scanned; an index itself is never scanned by ECR. */
export function waitForScan(
  { job, plan: { gate } }: RunOf<ScanParts>,
  aws: Aws,
  { title = 'Wait for the scan', repository, image, manifest, clock = realClock }: WaitForScanOptions,
): Promise<ScanReport> {
  return job.step(title, async log => {
    if (!gate.wait) {
      log.result('Not awaited (`wait-for-scan: false`)');
      return { kind: 'unawaited' };
    }
    const group = new AbortController();
    const wait = {
      aws,
      log,
      repository,
      clock,
      isFresh: image.kind === 'built',
      scanning: openScanning(aws.ecr, {
        account: repository.registryId,
        onDenied: () => log.info(mayNotAsk),
      }),
      isCovered: openCoverage(aws.inspector, {
        repositoryArn: repository.arn,
        onDenied: () => log.info(mayNotAskInspector),
      }),
      timeout: gate.timeout,
      signal: AbortSignal.any([job.signal, group.signal]),
    };
    const { platforms } = await manifest();
    // What stops one platform's scan makes waiting for the others pointless.
    const scans = await Promise.all(platforms.map(platform => scan(wait, platform))).finally(() =>
      group.abort(),
    );
    const report = reportOf(scans, gate.lenience);
    if (report.kind === 'scanned') for (const line of formatTopFindings(report.findings)) log.info(line);
    log.result(
      report.kind === 'scanned'
        ? `${capital(sayCounts(report.counts))} in ${report.platforms.join(', ')}`
        : `Not scanned: ${report.reason}`,
    );
    return report;
  });
}

/** One platform's scan, from the first look to its last page. */
async function scan(wait: Wait, { platform, digest }: PlatformImage): Promise<PlatformScan> {
  const { aws, log, repository, clock, timeout, signal } = wait;
  const name = platform || unsaid;
  const { name: repositoryName, registryId } = repository;
  const image = { repositoryName, registryId, imageId: { imageDigest: digest } };
  const began = clock.now();
  /** When it is by AWS, which says when a scan ended. */
  const now = (): Date => new Date(clock.now() + aws.ecr.clockOffset());
  let last: ScanState = readings.nothingYet;
  /** The last answer that listed or counted anything: what is known if no more comes in time. */
  let known: DescribeImageScanFindingsResponse | undefined;
  let isEnhanced: boolean | undefined;
  let steady: Steady | undefined;
  let asked: ScanState | undefined;
  let renewal: 'asked' | { refusal: string } | undefined;

  /** Basic scanning alone can be asked for a scan; enhanced scanning begins by itself. */
  const start = async (): Promise<ScanState> => {
    const isYoung = wait.isFresh && clock.now() - began < SCAN_START_GRACE_MS;
    if (isYoung && repository.scanOnPush) return readings.nothingYet;
    const scanning = await wait.scanning();
    isEnhanced = scanning?.scanType === 'ENHANCED';
    const awaited = awaitedOf(scanning, { repositoryName, isYoung });
    if (awaited) return awaited;
    const refusal = await startScan(aws.ecr, image);
    if (refusal === undefined) log.info(`Asked ECR for a scan of ${name}: none had begun by itself`);
    asked = readings.readStart(refusal, name);
    return asked;
  };
  /** A basic scan is what was known on its day: an old one is repeated, and judged where ECR makes none that is newer. */
  const renew = async (age: number): Promise<ScanState> => {
    if (typeof renewal === 'object') return last;
    if (renewal === undefined) {
      const refusal = await startScan(aws.ecr, image);
      renewal = refusal === undefined ? 'asked' : { refusal };
      log.info(sayRenewal(name, { refusal, age }));
    }
    // After a refusal too: another job may just have asked, and its scan shows at the next look.
    return readings.nothingNewerYet;
  };
  const take = async (): Promise<DescribeImageScanFindingsResponse | undefined> => {
    const answer = await readScan(aws.ecr, image);
    last = answer
      ? readings.scanStateOf(answer, { name, now: now(), isEnhanced })
      : (asked ?? (await start()));
    if (answer && hasFindings(answer)) known = answer;
    return answer;
  };
  const oldIn = async (answer: DescribeImageScanFindingsResponse): Promise<{ old?: OldScan }> => {
    const age = ageOf(answer, now());
    if (age === undefined) return {};
    const refused = typeof renewal === 'object' ? renewal : undefined;
    const scanning = refused ? undefined : await wait.scanning();
    const why = whyOld(refused ?? { frequency: scanning && frequencyOf(scanning, repositoryName) });
    return why === undefined ? {} : { old: { platform: name, age, why } };
  };
  const look = async (): Promise<PlatformScan | undefined> => {
    let answer = await take();
    const age = answer && staleness(answer, now());
    if (last.kind === 'complete' && age !== undefined) last = await renew(age);
    steady = readings.trackStability(steady, last, clock.now());
    if (steady && readings.msUntilStable(steady, clock.now()) > 0) {
      if (!(await wait.isCovered(digest))) return undefined;
      // What Inspector says later than the answer is true of a later answer, and that one is judged.
      answer = await take();
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
      last = readings.repeatingPages;
      return undefined;
    }
    return { kind: 'scanned', state, platform: name, ...seenIn(pages, platform), ...(await oldIn(answer)) };
  };
  const done = await poll(
    () =>
      look().catch(error => {
        if (!isTransient(error)) throw error;
        last = { kind: 'pending', state: 'ECR did not answer' };
        return undefined;
      }),
    {
      clock,
      signal,
      timeoutMs: timeout,
      pause: spent => readings.nextDelay(spent, steady && readings.msUntilStable(steady, clock.now())),
      onWait: heartbeat(HEARTBEAT_MS, {
        say: () => readings.sayReading(last),
        tell: (state, spent) => log.info(`Waiting for the scan of ${name}: ${state} (${seconds(spent)})`),
      }),
    },
  );
  if (done !== undefined) return done;
  const seen = known ? { seen: seenIn([known], platform) } : {};
  const obstacle = timeoutOf(name, { state: last.state, time: seconds(timeout) });
  return { kind: 'unscanned', timedOut: true, state: last.state, ...obstacle, platform: name, ...seen };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
