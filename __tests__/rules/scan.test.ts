import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DescribeImageScanFindingsResponse, ImageScanStatus } from '@aws-sdk/client-ecr';
import { findingsOf, follow, hasSettled, merge, read } from '../../src/rules/scan.ts';
import { noCounts } from '../../src/rules/severity.ts';

type Status = NonNullable<ImageScanStatus['status']>;
type Findings = NonNullable<DescribeImageScanFindingsResponse['imageScanFindings']>;

const answer = (status: Status, imageScanFindings: Findings = {}): DescribeImageScanFindingsResponse => ({
  imageScanStatus: { status, description: 'as told' },
  imageScanFindings,
});
const imageScanCompletedAt = new Date(0);

const readings: [status: Status, findings: Findings, kind: string][] = [
  ['IN_PROGRESS', {}, 'pending'],
  ['PENDING', {}, 'pending'],
  ['COMPLETE', {}, 'pending'],
  ['COMPLETE', { imageScanCompletedAt }, 'unsettled'],
  ['COMPLETE', { imageScanCompletedAt, findings: [] }, 'complete'],
  ['COMPLETE', { imageScanCompletedAt, enhancedFindings: [] }, 'unsettled'],
  ['COMPLETE', { enhancedFindings: [] }, 'pending'],
  ['ACTIVE', {}, 'pending'],
  ['ACTIVE', { imageScanCompletedAt, enhancedFindings: [] }, 'unsettled'],
  ['FAILED', {}, 'unscannable'],
  ['UNSUPPORTED_IMAGE', {}, 'unscannable'],
  ['SCAN_ELIGIBILITY_EXPIRED', {}, 'unscannable'],
  ['FINDINGS_UNAVAILABLE', {}, 'unscannable'],
  ['LIMIT_EXCEEDED', {}, 'unscannable'],
  ['IMAGE_ARCHIVED', {}, 'unscannable'],
];

test("each of ECR's ten statuses has a decided reading", () => {
  for (const [status, findings, kind] of readings) {
    const reading = read(answer(status, findings));
    assert.equal(reading.kind, kind, `${status} ${JSON.stringify(findings)}`);
    if (reading.kind === 'unscannable') assert.equal(reading.reason, `ECR says ${status}: as told`);
  }
  assert.equal(read({}).kind, 'pending');
});

test('a basic finding is named by its attributes', () => {
  const basic = answer('COMPLETE', {
    findings: [
      {
        name: 'CVE-2024-1',
        severity: 'HIGH',
        uri: 'https://example.com/CVE-2024-1',
        attributes: [
          { key: 'package_name', value: 'openssl' },
          { key: 'package_version', value: '3.0.11' },
        ],
      },
      {},
    ],
  });
  const nameless = {
    id: 'unnamed',
    severity: 'undefined',
    package: 'unknown',
    installed: 'unknown',
    platforms: [],
  };
  assert.deepEqual(findingsOf(basic, ''), [
    {
      id: 'CVE-2024-1',
      severity: 'high',
      package: 'openssl',
      installed: '3.0.11',
      url: 'https://example.com/CVE-2024-1',
      platforms: [],
    },
    nameless,
  ]);
});

test('an enhanced finding knows the version that mends it, unless there is none', () => {
  const enhanced = (fixedInVersion: string) =>
    findingsOf(
      answer('ACTIVE', {
        enhancedFindings: [
          {
            severity: 'CRITICAL',
            packageVulnerabilityDetails: {
              vulnerabilityId: 'CVE-2024-2',
              sourceUrl: 'https://example.com/2',
              vulnerablePackages: [{ name: 'zlib', version: '1.2.11', fixedInVersion }],
            },
          },
        ],
      }),
      'linux/arm64',
    );
  assert.deepEqual(enhanced('1.2.13'), [
    {
      id: 'CVE-2024-2',
      severity: 'critical',
      package: 'zlib',
      installed: '1.2.11',
      fixed: '1.2.13',
      url: 'https://example.com/2',
      platforms: ['linux/arm64'],
    },
  ]);
  assert.equal(enhanced('NotAvailable')[0]?.fixed, undefined);
});

const finding = (id: string, platform: string) => ({
  id,
  severity: 'high' as const,
  package: 'p',
  installed: '1',
  platforms: [platform],
});

test('a finding that several platforms share stands once and knows them all; the worst come first', () => {
  const amd64 = {
    findings: [finding('CVE-10', 'amd64'), finding('CVE-2', 'amd64')],
    counts: { ...noCounts(), high: 2 },
  };
  const arm64 = {
    findings: [finding('CVE-10', 'arm64'), { ...finding('CVE-3', 'arm64'), severity: 'critical' as const }],
    counts: { ...noCounts(), high: 1, critical: 1 },
  };
  const { findings, counts } = merge([amd64, arm64]);
  assert.deepEqual(
    findings.map(({ id, platforms }) => [id, platforms]),
    [
      ['CVE-3', ['arm64']],
      ['CVE-2', ['amd64']],
      ['CVE-10', ['amd64', 'arm64']],
    ],
  );
  assert.deepEqual(counts, { ...noCounts(), critical: 1, high: 2 });
  assert.deepEqual(merge([arm64, amd64]).counts, counts);
});

test('where ECR counted more than it listed, its count holds', () => {
  assert.equal(merge([{ findings: [], counts: { ...noCounts(), critical: 7 } }]).counts.critical, 7);
});

test('an enhanced scan has settled when its counts have stayed the same for 15 s', () => {
  const reading = (low: number) =>
    ({ kind: 'unsettled', state: 'ACTIVE', counts: { ...noCounts(), low } }) as const;
  const first = follow(undefined, reading(2), 1_000);
  assert.ok(!hasSettled(first, 1_000));
  const same = follow(first, reading(2), 9_000);
  assert.ok(!hasSettled(same, 15_999));
  assert.ok(hasSettled(same, 16_000));
  const grown = follow(same, reading(3), 16_000);
  assert.ok(!hasSettled(grown, 30_999));
  assert.ok(hasSettled(grown, 31_000));
  assert.equal(follow(grown, { kind: 'pending', state: 'PENDING' }, 40_000), undefined);
  assert.ok(!hasSettled(undefined, 90_000));
});
