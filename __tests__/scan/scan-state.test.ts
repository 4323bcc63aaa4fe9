import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScanStatus } from '@aws-sdk/client-ecr';
import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import {
  trackStability,
  nextDelay,
  laterPagesState,
  scanStateOf,
  stateAfterRequest,
  sayScanState,
  msUntilStable,
} from '../../src/scan/scan-state.ts';
import type { StableFindings } from '../../src/scan/scan-state.ts';
import { noCounts } from '../../src/scan/severity.ts';
import { ageOf, sayAge, repeatableScanAge, whyNoNewerScan } from '../../src/scan/stale-scan.ts';

type Status = NonNullable<NonNullable<DescribeImageScanFindingsResponse['imageScanStatus']>['status']>;
type Findings = NonNullable<DescribeImageScanFindingsResponse['imageScanFindings']>;

const now = new Date('2026-01-02T03:04:05Z');
const ended = (secondsAgo: number) => ({
  imageScanCompletedAt: new Date(now.getTime() - secondsAgo * 1_000),
});
const readAs = (status: Status, imageScanFindings?: Findings, description?: string) =>
  scanStateOf(
    {
      imageScanStatus: { status, ...(description && { description }) },
      ...(imageScanFindings && { imageScanFindings }),
    },
    { name: 'linux/amd64', now },
  );

const unsupported = 'UnsupportedImageError: The operating system and/or package manager are not supported.';

const table: [
  status: Status,
  findings: Findings | undefined,
  kind: string,
  reason?: RegExp,
  said?: string,
][] = [
  ['IN_PROGRESS', undefined, 'pending'],
  ['PENDING', undefined, 'pending'],
  ['PENDING', { enhancedFindings: [] }, 'pending'],
  ['COMPLETE', undefined, 'pending'],
  ['COMPLETE', {}, 'pending'],
  ['COMPLETE', { findings: [] }, 'complete'],
  ['COMPLETE', { ...ended(0), findings: [] }, 'complete'],
  ['COMPLETE', { ...ended(0), findings: [], findingSeverityCounts: { CRITICAL: 1 } }, 'complete'],
  ['COMPLETE', ended(0), 'pending'],
  ['COMPLETE', { ...ended(400), findingSeverityCounts: { LOW: 1 } }, 'pending'],
  ['COMPLETE', { ...ended(0), enhancedFindings: [] }, 'unsettled'],
  ['COMPLETE', { ...ended(400), enhancedFindings: [] }, 'complete'],
  ['COMPLETE', { enhancedFindings: [] }, 'pending'],
  ['COMPLETE', { ...ended(0), findings: [], enhancedFindings: [] }, 'unsettled'],
  ['COMPLETE', { findings: [], enhancedFindings: [] }, 'pending'],
  ['ACTIVE', undefined, 'pending'],
  ['ACTIVE', { enhancedFindings: [] }, 'pending'],
  ['ACTIVE', { ...ended(0), enhancedFindings: [] }, 'unsettled'],
  ['ACTIVE', { ...ended(299), enhancedFindings: [] }, 'unsettled'],
  ['ACTIVE', { ...ended(300), enhancedFindings: [] }, 'complete'],
  ['ACTIVE', { ...ended(86_400) }, 'pending'],
  ['ACTIVE', { ...ended(86_400), findings: [] }, 'complete'],
  [
    'FAILED',
    undefined,
    'unscannable',
    /^ECR cannot scan linux\/amd64: .*FROM scratch.*distroless/,
    unsupported,
  ],
  ['FAILED', undefined, 'unscannable', /^The scan of linux\/amd64 failed \(FAILED\)\.$/],
  ['FAILED', undefined, 'unscannable', /failed \(FAILED: as told\)\.$/, 'as told'],
  [
    'UNSUPPORTED_IMAGE',
    undefined,
    'unscannable',
    /^ECR cannot scan linux\/amd64: .*\(UNSUPPORTED_IMAGE\)\.$/,
  ],
  ['SCAN_ELIGIBILITY_EXPIRED', undefined, 'unscannable', /Inspector no longer scans linux\/amd64/],
  ['FINDINGS_UNAVAILABLE', undefined, 'unscannable', /no findings of linux\/amd64 to show/],
  ['LIMIT_EXCEEDED', undefined, 'unscannable', /basic scans of today are used up/],
  ['IMAGE_ARCHIVED', undefined, 'unscannable', /because it is archived/],
];

for (const [status, findings, kind, reason, said] of table) {
  test(`a scan that says ${status} with ${JSON.stringify(findings)} is ${kind}`, () => {
    const reading = readAs(status, findings, said);
    assert.equal(reading.kind, kind);
    assert.equal(reading.state.replace(' without a list of findings', ''), status);
    if (reading.kind === 'unscannable') {
      assert.match(reading.reason, reason ?? /never/);
      assert.match(reading.remedy, /\.$/);
    }
  });
}

const laterPages: [status: Status | undefined, findings: Findings | undefined, state: string | undefined][] =
  [
    ['COMPLETE', { findings: [] }, undefined],
    ['ACTIVE', { enhancedFindings: [] }, undefined],
    ['COMPLETE', {}, 'pending: COMPLETE on a later page'],
    ['ACTIVE', undefined, 'pending: ACTIVE on a later page'],
    ['IN_PROGRESS', { findings: [] }, 'pending: IN_PROGRESS on a later page'],
    ['PENDING', undefined, 'pending: PENDING on a later page'],
    [undefined, { findings: [] }, 'pending: no status on a later page'],
    ['FAILED', undefined, 'unscannable: FAILED'],
    ['FAILED', { findings: [] }, 'unscannable: FAILED'],
    ['IMAGE_ARCHIVED', undefined, 'unscannable: IMAGE_ARCHIVED'],
  ];

test('a later page counts as the first does', () => {
  const sound = { imageScanStatus: { status: 'COMPLETE' as const }, imageScanFindings: { findings: [] } };
  for (const [status, imageScanFindings, expected] of laterPages) {
    const page = {
      ...(status && { imageScanStatus: { status } }),
      ...(imageScanFindings && { imageScanFindings }),
    };
    const state = laterPagesState([sound, page, sound], { name: 'the image' });
    assert.equal(state && `${state.kind}: ${state.state}`, expected, status);
  }
  assert.equal(laterPagesState([], { name: 'the image' }), undefined);
});

test("each of ECR's ten statuses stands in the table, and what ECR may say one day is no result", () => {
  const statuses = Object.values(ScanStatus);
  assert.equal(statuses.length, 10);
  assert.deepEqual(new Set(table.map(([status]) => status)), new Set(statuses));
  const unheard = JSON.parse('{ "imageScanStatus": { "status": "REVIEWED" } }');
  assert.equal(scanStateOf(unheard, { name: 'the image', now }).kind, 'unscannable');
  assert.deepEqual(scanStateOf({}, { name: 'the image', now }), { kind: 'pending', state: 'no status yet' });
});

const starts: [refusal: string | undefined, kind: string, state: string][] = [
  [undefined, 'pending', 'asked for'],
  ['LimitExceededException', 'pending', 'scanned within 24 hours, no result yet'],
  ['ValidationException', 'pending', 'no enhanced scan yet'],
  ['UnsupportedImageTypeException', 'unscannable', 'UNSUPPORTED_IMAGE'],
  ['ImageArchivedException', 'unscannable', 'IMAGE_ARCHIVED'],
];

for (const [refusal, kind, state] of starts) {
  test(`asking for a scan that ECR ${refusal === undefined ? 'begins' : `refuses with ${refusal}`} is ${kind}`, () => {
    const reading = stateAfterRequest(refusal, 'the image');
    assert.deepEqual([reading.kind, reading.state], [kind, state]);
  });
}

test('an enhanced scan has settled when its counts have stayed the same for 30 s, twice what was seen between growths', () => {
  const reading = (low: number) =>
    ({
      kind: 'unsettled',
      state: 'ACTIVE',
      seen: { counts: { ...noCounts(), low }, listed: low, hasMore: false },
    }) as const;
  const first = trackStability(undefined, reading(2), 1_000);
  assert.ok(first);
  assert.equal(msUntilStable(first, 1_000), 30_000);
  const same = trackStability(first, reading(2), 9_000);
  assert.equal(same, first);
  assert.equal(msUntilStable(first, 30_999), 1);
  assert.equal(msUntilStable(first, 31_000), 0);
  assert.equal(msUntilStable(first, 41_000), 0);
  const grown = trackStability(first, reading(3), 31_000);
  assert.ok(grown);
  assert.equal(msUntilStable(grown, 31_000), 30_000);
  assert.equal(msUntilStable(grown, 31_001), 29_999);
  const none = trackStability(undefined, reading(0), 0);
  assert.ok(none && msUntilStable(none, 15_000) > 0, 'no findings are believed no sooner than many');
  assert.equal(trackStability(grown, { kind: 'pending', state: 'PENDING' }, 40_000), undefined);
  assert.equal(sayScanState(reading(2)), 'ACTIVE, 2 low so far');
});

test('without counts an enhanced scan has settled when it lists the same, not before', () => {
  const looks: [seconds: number, listed: number, more: boolean][] = [
    [0, 2, false],
    [15, 250, false],
    [30, 340, false],
    [60, 340, true],
  ];
  let steady: StableFindings | undefined;
  for (const [seconds, listed, more] of looks) {
    const enhancedFindings = Array.from({ length: listed }, (_, index) => ({
      severity: 'LOW',
      findingArn: `arn:${index}`,
    }));
    const answer: DescribeImageScanFindingsResponse = {
      imageScanStatus: { status: 'ACTIVE' },
      imageScanFindings: { ...ended(0), enhancedFindings },
      ...(more && { nextToken: 'more' }),
    };
    const reading = scanStateOf(answer, { name: 'the image', now });
    assert.equal(sayScanState(reading), `ACTIVE, ${listed} low so far`);
    steady = trackStability(steady, reading, seconds * 1_000);
    assert.equal(steady?.since, seconds * 1_000, `${listed} at ${seconds} s`);
  }
});

test('an answer without findings is an enhanced one where the registry is known to make those', () => {
  const answer: DescribeImageScanFindingsResponse = {
    imageScanStatus: { status: 'COMPLETE' },
    imageScanFindings: { ...ended(0), findings: [] },
  };
  const kindOf = (isEnhanced?: boolean) => scanStateOf(answer, { name: 'the image', now, isEnhanced }).kind;
  assert.deepEqual([kindOf(), kindOf(false), kindOf(true)], ['complete', 'complete', 'unsettled']);
});

const ages: [secondsAgo: number | undefined, findings: Findings, said: string | undefined][] = [
  [undefined, { findings: [] }, undefined],
  [0, { findings: [] }, undefined],
  [86_400, { findings: [] }, undefined],
  [86_401, { findings: [] }, '24 hours'],
  [30 * 3_600, { findings: [] }, '30 hours'],
  [9 * 86_400, { findings: [] }, '9 days'],
  [9 * 86_400, { enhancedFindings: [] }, undefined],
  [9 * 86_400, { findings: [], enhancedFindings: [] }, undefined],
];

test("a basic scan that ended more than 24 h ago is not today's; enhanced ones are kept up to date", () => {
  for (const [secondsAgo, findings, said] of ages) {
    const end = secondsAgo === undefined ? {} : ended(secondsAgo);
    const age = repeatableScanAge({ imageScanFindings: { ...findings, ...end } }, now);
    assert.equal(age === undefined ? undefined : sayAge(age), said, `${secondsAgo} s`);
  }
});

test('an enhanced scan is old where the registry scans on push alone, a basic one where ECR makes no newer', () => {
  const enhanced = { imageScanFindings: { enhancedFindings: [], ...ended(9 * 86_400) } };
  assert.equal(ageOf(enhanced, now), 9 * 86_400_000);
  assert.match(whyNoNewerScan({ frequency: 'SCAN_ON_PUSH' }) ?? '', /on push alone/);
  assert.match(
    whyNoNewerScan({ refusal: 'ValidationException' }) ?? '',
    /no newer one \(ValidationException\)/,
  );
  assert.equal(whyNoNewerScan({ frequency: 'CONTINUOUS_SCAN' }), undefined);
  assert.equal(whyNoNewerScan({}), undefined);
});

test('looks are quick at first, slow down, and never miss the moment when the counts have settled', () => {
  const paces = [0, 1_000, 10_000, 100_000, 600_000].map(spent => nextDelay(spent));
  assert.deepEqual(
    paces,
    paces.toSorted((a, b) => a - b),
  );
  assert.ok((paces[0] ?? 0) <= 1_000);
  assert.equal(nextDelay(600_000, 1_234), 1_234);
});
