import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import { isRefusal } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { clock, poll } from '../platform/poll.ts';
import { seconds } from '../platform/runner.ts';
import type { Job, Log } from '../platform/runner.ts';
import { worst } from '../rules/gate.ts';
import type { ScanReport } from '../rules/gate.ts';
import type { PlatformImage } from '../rules/manifest.ts';
import type { Inputs } from '../rules/plan.ts';
import { countsOf, findingsOf, follow, hasSettled, merge, read } from '../rules/scan.ts';
import type { PlatformFindings, Reading, Steady } from '../rules/scan.ts';
import { sayCounts } from '../rules/severity.ts';
import type { Manifest } from './manifest.ts';
import type { Repository } from './repository.ts';

/** Milliseconds after which a scan that nobody seems to have started is asked for. */
const grace = 60_000;

type PlatformReport =
  | ({ kind: 'scanned'; state: string; platform: string } & PlatformFindings)
  | { kind: 'unscannable'; state: string; reason: string; remedy?: string };

const nothingYet: Reading = { kind: 'pending', state: 'no scan yet' };

/** One platform's image under way. */
interface Subject {
  aws: Aws;
  image: { repositoryName: string; registryId: string; imageId: { imageDigest: string } };
  platform: string;
}

/** Waits until every platform has been scanned; an index itself is never scanned by ECR. */
export function waitForScan(
  job: Job,
  aws: Aws,
  {
    repository,
    manifest,
    gate,
  }: { repository: Repository; manifest: () => Promise<Manifest>; gate: Inputs['gate'] },
): Promise<ScanReport> {
  return job.step('Wait for the scan', async log => {
    if (!gate.wait) {
      log.result('Not awaited (`wait-for-scan: false`)');
      return { kind: 'unawaited' };
    }
    const group = new AbortController();
    const signal = AbortSignal.any([job.signal, group.signal]);
    const subjects = (await manifest()).platforms.map(image => subjectOf(aws, repository, image));
    // What stops one platform's scan makes waiting for the others pointless.
    const reports = await Promise.all(
      subjects.map(subject => scan(log, { subject, repository, timeout: gate.timeout, signal })),
    ).finally(() => group.abort());
    const report = joined(reports);
    if (report.kind === 'scanned') for (const line of worst(report.findings)) log.info(line);
    log.result(
      report.kind === 'scanned'
        ? `${capital(sayCounts(report.counts))} in ${report.platforms.join(', ')}`
        : `Not scanned: ${report.reason}`,
    );
    return report;
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function subjectOf(aws: Aws, { name, registryId }: Repository, { platform, digest }: PlatformImage): Subject {
  return { aws, platform, image: { repositoryName: name, registryId, imageId: { imageDigest: digest } } };
}

function joined(reports: PlatformReport[]): Exclude<ScanReport, { kind: 'unawaited' }> {
  if (reports.length === 0) {
    return { kind: 'unscannable', status: '', reason: 'Its index names no image that could be scanned.' };
  }
  const missing = reports.find(report => report.kind === 'unscannable');
  if (missing) {
    const { state: status, reason, remedy } = missing;
    return { kind: 'unscannable', status, reason, ...(remedy !== undefined && { remedy }) };
  }
  const scanned = reports.filter(report => report.kind === 'scanned');
  const platforms = scanned.map(({ platform }) => platform);
  return { kind: 'scanned', status: scanned[0]?.state ?? '', platforms, ...merge(scanned) };
}

interface ScanOptions {
  subject: Subject;
  repository: Repository;
  /** Milliseconds. */
  timeout: number;
  signal: AbortSignal;
}

async function scan(
  log: Log,
  { subject, repository, timeout, signal }: ScanOptions,
): Promise<PlatformReport> {
  const name = subject.platform || 'the image';
  const began = performance.now();
  let last = nothingYet;
  let steady: Steady | undefined;
  let asked = false;
  const look = async (): Promise<{ reading: Reading; answer?: DescribeImageScanFindingsResponse }> => {
    const answer = await describe(subject);
    if (answer !== undefined) return { reading: read(answer), answer };
    // Just after a push this is normal where the registry scans by itself.
    if (asked || (repository.scanOnPush && performance.now() - began < grace)) return { reading: nothingYet };
    asked = true;
    return { reading: await startScan(subject, log) };
  };

  const final = await poll(
    async () => {
      const { reading, answer } = await look();
      const now = performance.now();
      last = reading;
      steady = follow(steady, reading, now);
      if (reading.kind === 'unscannable') return reading;
      const done = reading.kind === 'complete' || hasSettled(steady, now);
      return answer && done ? { ...reading, answer } : undefined;
    },
    {
      signal,
      budget: timeout,
      clock,
      // About one more for every two so far, so that a short scan is seen soon and a long one is not asked after too often.
      pause: spent => Math.min(Math.max(1_000, spent / 2), 5_000),
      onWait: spent => log.info(`Waiting for the scan of ${name}: ${last.state} (${seconds(spent)})`),
    },
  );
  if (final === undefined) {
    return {
      kind: 'unscannable',
      // Only what ECR said is a status of the scan.
      state: /^[A-Z_]+$/.test(last.state) ? last.state : '',
      reason: `The scan of ${name} was not done within ${seconds(timeout)} (last seen: ${last.state}).`,
      remedy: 'Raise `scan-timeout`, or run the job again: the image is there and will not be built again.',
    };
  }
  if ('answer' in final)
    return { kind: 'scanned', state: final.state, platform: name, ...(await readAll(subject, final.answer)) };
  return final;
}

/** The first page, or `undefined` where there is no scan yet: normal for up to a minute after a push. */
async function describe({ aws, image }: Subject): Promise<DescribeImageScanFindingsResponse | undefined> {
  try {
    return await aws.ecr.describeImageScanFindings({ ...image, maxResults: 1000 });
  } catch (error) {
    if (isRefusal(error, 'ScanNotFoundException')) return undefined;
    throw error;
  }
}

/** Basic scanning alone can be started; enhanced scanning starts by itself, and once a day is enough for both. */
async function startScan({ aws, image }: Subject, log: Log): Promise<Reading> {
  try {
    await aws.ecr.startImageScan(image);
    log.info('Asked ECR for a scan: none had begun by itself');
    return { kind: 'pending', state: 'asked for' };
  } catch (error) {
    if (isRefusal(error, 'UnsupportedImageTypeException')) {
      return {
        kind: 'unscannable',
        state: 'UNSUPPORTED_IMAGE',
        reason: 'ECR does not scan images of this type.',
      };
    }
    if (isRefusal(error, 'ValidationException', 'LimitExceededException')) return nothingYet;
    throw error;
  }
}

/** All pages; a token that repeats ends the reading, as it would go on for ever. */
async function readAll(
  subject: Subject,
  first: DescribeImageScanFindingsResponse,
): Promise<PlatformFindings> {
  const findings = findingsOf(first, subject.platform);
  const seen = new Set<string>();
  for (let token = first.nextToken; token !== undefined && !seen.has(token);) {
    seen.add(token);
    const page = await subject.aws.ecr.describeImageScanFindings({
      ...subject.image,
      maxResults: 1000,
      nextToken: token,
    });
    findings.push(...findingsOf(page, subject.platform));
    token = page.nextToken;
  }
  return { findings, counts: countsOf(first) };
}
