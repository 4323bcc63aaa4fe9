import { isPassing } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { hasEnhancedScans, readPages, readScan, startScan } from '../platform/image-scan.ts';
import { hasSucceeded } from '../platform/inspector.ts';
import { clock as realClock, poll } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';
import { seconds } from '../platform/runner.ts';
import type { Job, Log } from '../platform/runner.ts';
import { unsaid } from '../rules/comparison.ts';
import { worst } from '../rules/gate.ts';
import type { ScanReport } from '../rules/gate.ts';
import type { PlatformImage } from '../rules/manifest.ts';
import { findingsOf } from '../rules/findings.ts';
import * as readings from '../rules/scan-reading.ts';
import type { Reading, Steady } from '../rules/scan-reading.ts';
import { timeoutOf } from '../rules/scan-status.ts';
import { countsOf, reportOf } from '../rules/scan.ts';
import type { ScanInputs } from '../rules/scan-inputs.ts';
import type { PlatformScan } from '../rules/scan.ts';
import { sayCounts } from '../rules/severity.ts';
import type { Lenience } from '../rules/unscanned.ts';
import type { Image } from './image.ts';
import type { Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';

/** Milliseconds after a push for which a scan that the repository starts by itself may be nowhere to be seen. */
const grace = 60_000;

/** Milliseconds after which it is said again what is waited for. */
const heartbeat = 10_000;

const mayNotAsk =
  'The role may not ask which scanning the registry has (ecr:GetRegistryScanningConfiguration): asking for a scan tells.';

const mayNotAskInspector =
  'Inspector does not tell this role when its scan is over (inspector2:ListCoverage): its findings are believed when they stay the same.';

interface Wait {
  aws: Aws;
  log: Log;
  repository: Repository;
  /** Whether the scan that a push begins may still be on its way. */
  isFresh: boolean;
  /** Asked once for all platforms, and only when it is needed. */
  isEnhanced: () => Promise<boolean | undefined>;
  /** Whether Inspector says that its scan of this digest has succeeded. */
  isCovered: (digest: string) => Promise<boolean>;
  /** Milliseconds. */
  timeout: number;
  signal: AbortSignal;
  clock: Clock;
}

interface Subject {
  title?: string;
  repository: Repository;
  image: Pick<Image, 'kind'>;
  manifest: () => Promise<Manifest>;
  gate: ScanInputs & Lenience;
  clock?: Clock;
}

/** Waits until every platform has been scanned; an index itself is never scanned by ECR. */
export function waitForScan(
  job: Job,
  aws: Aws,
  { title = 'Wait for the scan', repository, image, manifest, gate, clock = realClock }: Subject,
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
      isFresh: image.kind === 'built' && repository.scanOnPush,
      isEnhanced: once(async () => {
        const isEnhanced = await hasEnhancedScans(aws.ecr);
        if (isEnhanced === undefined) log.info(mayNotAsk);
        return isEnhanced;
      }),
      isCovered: openCoverage(aws, log, repository),
      timeout: gate.timeout,
      signal: AbortSignal.any([job.signal, group.signal]),
    };
    const { platforms } = await manifest();
    // What stops one platform's scan makes waiting for the others pointless.
    const scans = await Promise.all(platforms.map(platform => scan(wait, platform))).finally(() =>
      group.abort(),
    );
    const report = reportOf(scans, gate);
    if (report.kind === 'scanned') for (const line of worst(report.findings)) log.info(line);
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
  let last: Reading = readings.nothingYet;
  let steady: Steady | undefined;
  let asked: Reading | undefined;
  let renewal: 'asked' | 'refused' | undefined;

  /** Basic scanning alone can be asked for a scan; enhanced scanning begins by itself. */
  const start = async (): Promise<Reading> => {
    if (wait.isFresh && clock.now() - began < grace) return readings.nothingYet;
    if (await wait.isEnhanced()) return readings.nothingEnhancedYet;
    const refusal = await startScan(aws.ecr, image);
    if (refusal === undefined) log.info(`Asked ECR for a scan of ${name}: none had begun by itself`);
    asked = readings.readStart(refusal, name);
    return asked;
  };
  /** A basic scan is what was known on its day: an old one is repeated, and judged where ECR makes none that is newer. */
  const renew = async (age: number): Promise<Reading> => {
    if (renewal === 'refused') return last;
    if (renewal === undefined) {
      const refusal = await startScan(aws.ecr, image);
      renewal = refusal === undefined ? 'asked' : 'refused';
      const old = `the last ended ${readings.sayAge(age)} ago`;
      log.info(
        refusal === undefined
          ? `Asked ECR for a newer scan of ${name}: ${old}`
          : `ECR begins no newer scan of ${name} (${refusal}): ${old}`,
      );
    }
    // After a refusal too: another job may just have asked, and its scan shows at the next look.
    return readings.nothingNewerYet;
  };
  const look = async (): Promise<PlatformScan | undefined> => {
    const answer = await readScan(aws.ecr, image);
    const now = clock.now();
    last = answer ? readings.read(answer, { name, now: new Date(now) }) : (asked ?? (await start()));
    const age = answer && readings.staleness(answer, new Date(now));
    if (last.kind === 'complete' && age !== undefined) last = await renew(age);
    steady = readings.follow(steady, last, now);
    if (last.kind === 'unscannable') {
      const { state, reason, remedy } = last;
      return { kind: 'unscanned', state, reason, remedy };
    }
    if (!answer || last.kind === 'pending') return undefined;
    const isDone = last.kind === 'complete' || (steady && readings.unrestOf(steady, now) === 0);
    // What Inspector says later than the answer is true of a later answer.
    const final = isDone
      ? answer
      : (await wait.isCovered(digest))
        ? await readScan(aws.ecr, image)
        : undefined;
    if (!final) return undefined;
    const findings = findingsOf(final, platform);
    for await (const page of readPages(aws.ecr, image, final)) findings.push(...findingsOf(page, platform));
    return { kind: 'scanned', state: last.state, platform: name, findings, counts: countsOf(final) };
  };
  const told = { state: '', at: 0 };
  const done = await poll(
    () =>
      look().catch(error => {
        if (!isPassing(error)) throw error;
        last = { kind: 'pending', state: 'ECR did not answer' };
        return undefined;
      }),
    {
      clock,
      signal,
      budget: timeout,
      pause: spent => readings.paceOf(spent, steady && readings.unrestOf(steady, clock.now())),
      onWait: spent => {
        const state = readings.sayReading(last);
        if (state === told.state && spent - told.at < heartbeat) return;
        Object.assign(told, { state, at: spent });
        log.info(`Waiting for the scan of ${name}: ${state} (${seconds(spent)})`);
      },
    },
  );
  if (done !== undefined) return done;
  const { state } = last;
  return { kind: 'unscanned', timedOut: true, state, ...timeoutOf(name, { state, time: seconds(timeout) }) };
}

/** Asks Inspector for as long as it tells, and says so once where it does not. */
function openCoverage(aws: Aws, log: Log, { arn }: Repository): Wait['isCovered'] {
  const open = once(aws.inspector);
  let tells = true;
  return async digest => {
    const succeeded = tells ? await hasSucceeded(await open(), `${arn}/${digest}`) : false;
    if (succeeded === undefined && tells) {
      tells = false;
      log.info(mayNotAskInspector);
    }
    return succeeded ?? false;
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let held: Promise<T> | undefined;
  return () => (held ??= ask());
}
