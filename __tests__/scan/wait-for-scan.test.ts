import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnhancedImageScanFinding, ImageScanFinding } from '@aws-sdk/client-ecr';
import { noteOnOldScan } from '../../src/scan/stale-scan.ts';
import type { Aws } from '../world/aws/aws.ts';
import { simulate } from './scan-simulation.ts';

const finding = (vulnerabilityId: string, severity: string): EnhancedImageScanFinding => ({
  findingArn: `arn:aws:inspector2:eu-central-1:123456789012:finding/${vulnerabilityId}`,
  severity,
  packageVulnerabilityDetails: { vulnerabilityId, vulnerablePackages: [{ name: 'zlib', version: '1' }] },
});

const enhance = (aws: Aws, filter = '*'): void =>
  aws.ecr.scanWith({
    scanType: 'ENHANCED',
    rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter, filterType: 'WILDCARD' }] }],
  });

const timesOf = (calls: string[], operation: string): number =>
  calls.filter(each => each === operation).length;

test('a basic scan is noticed a tenth of its length late, by few looks', async () => {
  const durationMs = 100_000;
  const { report, took, calls, log } = await simulate({ tell: aws => aws.ecr.scans.tell({ durationMs }) });
  assert.equal(report.kind, 'scanned');
  // Said again at the first look that is 10 s later than the last time; looks are 8.8 s apart at most.
  const told = log.flatMap(line => /IN_PROGRESS \((\d+\.\d) s\)$/.exec(line)?.[1] ?? []).map(Number);
  const pauses = told.slice(1).map((at, index) => at - (told[index] ?? 0));
  assert.ok(pauses.length >= 5 && pauses.every(pause => pause >= 9.9 && pause < 19), `${told.join(', ')} s`);
  assert.ok(took < durationMs + 10_000, `${took} ms`);
  assert.deepEqual(new Set(calls), new Set(['DescribeImageScanFindings']));
  assert.ok(calls.length < 28, `${calls.length} looks`);
});

test('late findings that grow are waited for, until nothing has changed for 30 s', async () => {
  const { report, took, log } = await simulate({
    tell(aws) {
      enhance(aws);
      const findings = ['1', '2', '3'].map(each => finding(`CVE-${each}`, each === '3' ? 'CRITICAL' : 'LOW'));
      aws.ecr.scans.tell({
        findings,
        scanNotFoundForMs: 20_000,
        durationMs: 30_000,
        // Looks are 5 s apart: one finding alone is seen for 20 s.
        settles: [0, 1, 1, 1, 1, 1, 2, 2],
      });
    },
  });
  assert.ok(report.kind === 'scanned');
  assert.equal(report.counts.critical, 1);
  assert.ok(took >= 80_000 && took < 120_000, `${took} ms`);
  assert.match(log.join('\n'), /no scan yet (.|\n)*PENDING (.|\n)*ACTIVE \((.|\n)*ACTIVE, 1 low so far/);
});

test('where Inspector tells that its scan has succeeded, its findings are believed at once, and all of them', async () => {
  const setting = {
    tell(aws: Aws) {
      enhance(aws);
      const findings = ['1', '2'].map(each => finding(`CVE-${each}`, each === '2' ? 'CRITICAL' : 'LOW'));
      aws.ecr.scans.tell({ findings, durationMs: 30_000, settles: [1] });
    },
  };
  const told = await simulate({ ...setting, actions: ['ecr:*', 'inspector2:ListCoverage'] });
  assert.ok(told.report.kind === 'scanned');
  assert.deepEqual([told.report.counts.critical, told.report.counts.low], [1, 1]);
  assert.ok(told.took < 38_000, `${told.took} ms`);
  assert.equal(timesOf(told.calls, 'ListCoverage'), 1);

  const untold = await simulate(setting);
  assert.ok(untold.report.kind === 'scanned');
  assert.equal(untold.report.counts.critical, 1);
  assert.ok(untold.took >= 60_000, `${untold.took} ms`);
  assert.equal(timesOf(untold.calls, 'ListCoverage'), 1, 'a denied call is not made again');
  assert.equal(untold.log.filter(line => line.includes('inspector2:ListCoverage')).length, 1);
});

test('a repository that does not scan by itself is asked for a scan once, where scanning is basic', async () => {
  const tell = (aws: Aws): void => aws.ecr.scans.tell({ durationMs: 10_000 });
  const { report, calls } = await simulate({
    tell,
    scanOnPush: false,
    platforms: ['linux/amd64', 'linux/arm64'],
  });
  assert.ok(report.kind === 'scanned');
  assert.deepEqual(report.platforms, ['linux/amd64', 'linux/arm64']);
  assert.equal(timesOf(calls, 'GetRegistryScanningConfiguration'), 1);
  assert.equal(timesOf(calls, 'StartImageScan'), 2);
});

const basic = (severity: ImageScanFinding['severity']): ImageScanFinding => ({ name: 'CVE-1', severity });
const minute = 60_000;
const day = 86_400_000;

test('a basic scan of last week is repeated, once, and what the newer one finds is judged', async () => {
  const { report, took, calls, log } = await simulate({
    age: 7 * day + minute,
    tell(aws) {
      const isRepeated = () => aws.requests.some(({ operation }) => operation === 'StartImageScan');
      aws.ecr.scans.tell({ findings: [basic('LOW')] });
      const newer = { findings: [basic('CRITICAL')], durationMs: 30_000 };
      aws.ecr.scans.tell({ ...newer, match: isRepeated });
    },
  });
  assert.ok(report.kind === 'scanned');
  assert.equal(report.counts.critical, 1);
  assert.ok(took >= 30_000, `${took} ms`);
  assert.equal(timesOf(calls, 'StartImageScan'), 1);
  assert.match(log[0] ?? '', /^Asked ECR for a newer scan of linux\/amd64: the last ended 7 days ago$/);
});

test('a basic scan of the last 24 hours is judged without a question', async () => {
  const { report, calls } = await simulate({ age: day - 3_600_000, tell: () => {} });
  assert.equal(report.kind, 'scanned');
  assert.deepEqual(calls, ['DescribeImageScanFindings']);
});

for (const code of ['LimitExceededException', 'ValidationException', 'UnsupportedImageTypeException']) {
  test(`where ECR refuses a newer scan with ${code}, the old one is judged and its age is told`, async () => {
    const { report, log } = await simulate({
      age: 30 * 3_600_000 + minute,
      tell(aws) {
        aws.ecr.scans.tell({ findings: [basic('CRITICAL')] });
        const error = { code, message: 'No.', status: 400 };
        aws.faults.add({ match: 'ecr:StartImageScan', kind: 'refuse', error });
      },
    });
    assert.ok(report.kind === 'scanned');
    assert.equal(report.counts.critical, 1);
    const [old] = report.old ?? [];
    assert.ok(old && old.age > 29 * 3_600_000);
    assert.match(noteOnOldScan(old), /ended 30 hours ago, and ECR begins no newer one/);
    assert.deepEqual(
      log.filter(line => line.startsWith('ECR')),
      [`ECR begins no newer scan of linux/amd64 (${code}): the last ended 30 hours ago`],
    );
  });
}

const lowAndCritical = ['1', '2'].map(each => finding(`CVE-${each}`, each === '2' ? 'CRITICAL' : 'LOW'));
const inspected = ['ecr:*', 'inspector2:ListCoverage'];

test('what the answer says that is read after Inspector has succeeded counts: a scan that begins anew is waited for', async () => {
  const { report } = await simulate({
    actions: inspected,
    tell(aws) {
      enhance(aws);
      aws.ecr.scans.tell({
        findings: lowAndCritical,
        settles: [1],
        statuses: ['ACTIVE', 'PENDING', 'PENDING'],
      });
    },
  });
  assert.ok(report.kind === 'scanned');
  assert.equal(report.counts.critical, 1);
});

test('… and one that Inspector has given up is no scan', async () => {
  const { report } = await simulate({
    actions: inspected,
    tell(aws) {
      enhance(aws);
      const statuses = ['ACTIVE', 'SCAN_ELIGIBILITY_EXPIRED'] as const;
      aws.ecr.scans.tell({ settles: [0], statuses: [...statuses], status: 'SCAN_ELIGIBILITY_EXPIRED' });
    },
  });
  assert.ok(report.kind === 'unscannable');
  assert.equal(report.status, 'SCAN_ELIGIBILITY_EXPIRED');
});

test('pages that repeat are not all of them: looked for again, and no scan when the time is up', async () => {
  const many = Array.from({ length: 2_100 }, (_, index) => ({ ...basic('LOW'), name: `CVE-${index}` }));
  const tell = (aws: Aws): void => aws.ecr.scans.tell({ findings: many, uncounted: true, repeatsPage: true });
  const { report, log } = await simulate({ tell, timeout: 25_000 });
  assert.ok(report.kind === 'unscannable');
  assert.match(report.reason, /last seen: ECR repeats a page of the findings/);
  const said = log.filter(line => line.includes('repeats a page'));
  assert.ok(said.length >= 2 && said.length <= 4, `said at once and every 10 s: ${said.join()}`);
});

test('what is known of a scan that does not end in time counts, though such a scan may pass', async () => {
  const { report } = await simulate({
    timeout: 20_000,
    onTimeout: 'warn',
    tell(aws) {
      enhance(aws);
      aws.ecr.scans.tell({ findings: lowAndCritical });
    },
  });
  assert.ok(report.kind === 'scanned');
  assert.equal(report.counts.critical, 1);
  assert.match(report.gaps?.[0]?.reason ?? '', /not done within 20\.0 s \(last seen: ACTIVE\)/);
});

test('the scan that the registry begins on push is waited for, though the repository itself begins none', async () => {
  const { report, calls } = await simulate({
    scanOnPush: false,
    tell(aws) {
      const repositoryFilters = [{ filter: 'team/*', filterType: 'WILDCARD' as const }];
      aws.ecr.scanWith({ scanType: 'BASIC', rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters }] });
      aws.ecr.scans.tell({ scanNotFoundForMs: 20_000 });
    },
  });
  assert.equal(report.kind, 'scanned');
  assert.equal(timesOf(calls, 'StartImageScan'), 0);
});

test('an enhanced scan that nobody keeps up to date is judged with its age', async () => {
  const { report } = await simulate({ age: 9 * day + minute, tell: aws => enhance(aws) });
  assert.ok(report.kind === 'scanned');
  assert.match(report.old?.map(noteOnOldScan).join('') ?? '', /ended 9 days ago, .*on push alone/);
});

test('enhanced scanning is never asked for a scan, and a filter that leaves the image out is told', async () => {
  const { report, calls } = await simulate({ tell: aws => enhance(aws, 'other'), timeout: 90_000 });
  assert.ok(report.kind === 'unscannable');
  assert.equal(report.timedOut, true);
  assert.match(report.reason, /not done within 90\.0 s \(last seen: no enhanced scan yet\)/);
  assert.match(report.remedy, /check that a scan filter of the registry matches/);
  assert.equal(timesOf(calls, 'StartImageScan'), 0);
  assert.equal(timesOf(calls, 'GetRegistryScanningConfiguration'), 1);
});

test('where the role may not ask which scanning it is, asking for a scan tells', async () => {
  const { report, calls, log } = await simulate({
    tell: aws => enhance(aws, 'other'),
    actions: ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan'],
    scanOnPush: false,
    timeout: 20_000,
  });
  assert.equal(report.kind, 'unscannable');
  assert.equal(timesOf(calls, 'StartImageScan'), 1);
  assert.match(log[0] ?? '', /may not ask which scanning/);
});

test('an ended scan without a list of findings is not a clean one, whichever scanning it is', async () => {
  for (const isEnhanced of [false, true]) {
    const { report } = await simulate({
      tell(aws) {
        if (isEnhanced) enhance(aws);
        aws.ecr.scans.tell({ unlisted: true });
      },
    });
    assert.ok(report.kind === 'unscannable' && report.timedOut);
    assert.match(report.reason, /last seen: (ACTIVE|COMPLETE) without a list of findings/);
  }
});

const manyFindings = Array.from({ length: 1_001 }, (_, at) => ({ ...basic('LOW'), name: `CVE-${at}` }));

test('a scan that begins anew between two pages is read again from its first page', async () => {
  const { report, calls } = await simulate({
    tell: aws =>
      aws.ecr.scans.tell({ findings: manyFindings, laterStatuses: ['IN_PROGRESS', 'FAILED', 'IN_PROGRESS'] }),
  });
  assert.ok(report.kind === 'scanned');
  assert.equal(report.counts.low, manyFindings.length);
  assert.equal(timesOf(calls, 'DescribeImageScanFindings'), 8);
});

test('a scan of which a later page says twice that it failed has no result', async () => {
  const { report } = await simulate({
    tell: aws => aws.ecr.scans.tell({ findings: manyFindings, laterStatuses: ['FAILED', 'FAILED'] }),
  });
  assert.ok(report.kind === 'unscannable' && !report.timedOut);
  assert.equal(report.status, 'FAILED');
});

test('a passing fault of the question which scanning there is does not stay', async () => {
  const { report, log } = await simulate({
    scanOnPush: false,
    // The SDK makes each call three times.
    tell: aws =>
      aws.faults.add({ match: 'ecr:GetRegistryScanningConfiguration', kind: 'server-error', times: 3 }),
  });
  assert.equal(report.kind, 'scanned');
  assert.match(log.join('\n'), /Asked ECR for a scan/);
});

test('an image that was just pushed is looked for again while ECR does not know it, for half a minute', async () => {
  const error = { code: 'ImageNotFoundException', message: 'The image does not exist', status: 400 };
  const hide = (aws: Aws, times?: number): void => {
    for (const match of ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan'])
      aws.faults.add({ match, kind: 'refuse', error, ...(times !== undefined && { times }) });
  };
  const { report, log } = await simulate({ scanOnPush: false, tell: aws => hide(aws, 4) });
  assert.equal(report.kind, 'scanned');
  assert.match(log.join('\n'), /Waiting for the scan of linux\/amd64: ECR does not know the image yet/);
  await assert.rejects(simulate({ tell: aws => hide(aws) }), { message: /does not exist$/ });
  // An image that was found has been there before: if it is gone, it stays gone.
  const found = simulate({ age: minute, tell: aws => hide(aws, 1) });
  await assert.rejects(found, {
    message: /^ecr:DescribeImageScanFindings failed: The image does not exist$/,
  });
});

test('a scan that was asked for and whose answer was lost is waited for', async () => {
  const { report, calls } = await simulate({
    scanOnPush: false,
    tell: aws => aws.faults.add({ match: 'ecr:StartImageScan', kind: 'lose', times: 1 }),
  });
  assert.equal(report.kind, 'scanned');
  assert.equal(timesOf(calls, 'StartImageScan'), 3);
});

test('pages of a proxy in place of answers do not end the wait', async () => {
  const { report, log } = await simulate({
    tell(aws) {
      aws.ecr.scans.tell({ findings: [basic('HIGH')] });
      aws.faults.add({ match: 'ecr:DescribeImageScanFindings', kind: 'page', times: 6 });
      aws.faults.add({ match: 'ecr:DescribeImageScanFindings', kind: 'halve', times: 3 });
    },
  });
  assert.ok(report.kind === 'scanned');
  assert.equal(report.counts.high, 1);
  assert.match(log.join('\n'), /Waiting for the scan of linux\/amd64: ECR did not answer/);
});

test('an image that this push has restored is scanned anew, even if its scans still call it archived', async () => {
  for (const scanOnPush of [true, false]) {
    const { report } = await simulate({
      scanOnPush,
      tell: aws => aws.ecr.scans.tell({ statuses: ['IMAGE_ARCHIVED', 'IMAGE_ARCHIVED'] }),
    });
    assert.equal(report.kind, 'scanned');
  }
  const { report } = await simulate({ tell: aws => aws.ecr.scans.tell({ status: 'IMAGE_ARCHIVED' }) });
  assert.ok(
    report.kind === 'unscannable' && report.status === 'IMAGE_ARCHIVED',
    'after a minute it is believed',
  );
});

test('an old scan does not count once the image is archived', async () => {
  const { report } = await simulate({
    age: 7 * day + minute,
    tell(aws) {
      const error = { code: 'ImageArchivedException', message: 'archived', status: 400 };
      aws.faults.add({ match: 'ecr:StartImageScan', kind: 'refuse', error });
    },
  });
  assert.ok(report.kind === 'unscannable' && report.status === 'IMAGE_ARCHIVED');
});
