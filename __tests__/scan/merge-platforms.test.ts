import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  VulnerablePackage,
  DescribeImageScanFindingsResponse,
  ImageScanStatus,
} from '@aws-sdk/client-ecr';
import { findingsOf } from '../../src/scan/findings.ts';
import { merge, reportOf } from '../../src/scan/merge-platforms.ts';
import { noCounts } from '../../src/scan/severity.ts';

type Status = NonNullable<ImageScanStatus['status']>;
type Findings = NonNullable<DescribeImageScanFindingsResponse['imageScanFindings']>;

const answer = (status: Status, imageScanFindings: Findings = {}): DescribeImageScanFindingsResponse => ({
  imageScanStatus: { status, description: 'as told' },
  imageScanFindings,
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
      countedAs: 'CVE-2024-2',
      url: 'https://example.com/2',
      platforms: ['linux/arm64'],
    },
  ]);
  assert.equal(enhanced('NotAvailable')[0]?.fixed, undefined);
});

const versions: [parts: VulnerablePackage, installed: string][] = [
  [{ version: '3.0.11', release: '1~deb12u2', epoch: 0 }, '3.0.11-1~deb12u2'],
  [{ version: '1.1.1k', release: '12.el8_9', epoch: 1 }, '1:1.1.1k-12.el8_9'],
  [{ version: '4.17.20' }, '4.17.20'],
  [{ release: '1' }, 'unknown'],
];

test("a system's package has its version with epoch and release, by which VEX documents name it", () => {
  for (const [parts, installed] of versions) {
    const packageVulnerabilityDetails = { vulnerablePackages: [{ name: 'openssl', ...parts }] };
    const [found] = findingsOf(answer('ACTIVE', { enhancedFindings: [{ packageVulnerabilityDetails }] }), '');
    assert.equal(found?.installed, installed);
  }
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

test('a vulnerability in several packages counts once, as in the console of ECR, and stands once a package', () => {
  const enhanced = (arn: string, platform: string, ...packages: string[]) =>
    findingsOf(
      answer('ACTIVE', {
        enhancedFindings: [
          {
            findingArn: arn,
            severity: 'HIGH',
            packageVulnerabilityDetails: {
              vulnerabilityId: 'CVE-2024-3',
              vulnerablePackages: packages.map(name => ({ name, version: '1' })),
            },
          },
        ],
      }),
      platform,
    );
  const one = { ...noCounts(), high: 1 };
  const amd64 = { findings: enhanced('arn:1', 'amd64', 'libssl3', 'openssl'), counts: one };
  const arm64 = { findings: enhanced('arn:2', 'arm64', 'openssl', 'python3'), counts: one };
  assert.equal(amd64.findings.length, 2);
  for (const platforms of [[amd64], [amd64, arm64], [arm64, amd64]]) {
    assert.deepEqual(merge(platforms).counts, one);
  }
  assert.deepEqual(
    merge([amd64, arm64])
      .findings.map(each => each.package)
      .toSorted(),
    ['libssl3', 'openssl', 'python3'],
  );
  const elsewhere = { findings: enhanced('arn:3', 'arm', 'zlib'), counts: one };
  assert.equal(merge([amd64, elsewhere]).counts.high, 2, 'nothing says that these are the same');
  const basic = { findings: [finding('CVE-1', 'amd64'), { ...finding('CVE-1', 'amd64'), package: 'q' }] };
  assert.equal(merge([{ ...basic, counts: noCounts() }]).counts.high, 2, 'basic scanning counts packages');
});

const scanned = {
  kind: 'scanned' as const,
  state: 'COMPLETE',
  platform: 'linux/amd64',
  findings: [],
  counts: noCounts(),
};
const gap = { reason: 'No.', remedy: 'Do.' };
const platform = 'linux/arm64';
const unscanned = { kind: 'unscanned' as const, platform, state: 'UNSUPPORTED_IMAGE', ...gap };
const late = {
  platform,
  kind: 'unscanned' as const,
  state: 'no scan yet',
  timedOut: true as const,
  ...gap,
};
const lenience = {
  failOn: 'critical',
  max: {},
  failOnExploitable: false,
  onTimeout: 'fail',
  onUnscannable: 'warn',
} as const;

test('a platform without a scan spoils the report of all, unless the inputs let that pass', () => {
  const merged = { findings: [], counts: noCounts(), unlisted: noCounts() };
  const whole = { kind: 'scanned', status: 'COMPLETE', platforms: ['linux/amd64'], ...merged };
  const missing = { kind: 'unscannable', status: 'UNSUPPORTED_IMAGE', ...gap };
  assert.deepEqual(reportOf([scanned], lenience), whole);
  assert.deepEqual(reportOf([scanned, unscanned], lenience), { ...whole, gaps: [gap] });
  assert.deepEqual(reportOf([scanned, unscanned], { ...lenience, onUnscannable: 'fail' }), missing);
  assert.deepEqual(reportOf([unscanned], lenience), missing, 'not one platform was scanned');
  assert.deepEqual(
    reportOf([scanned, unscanned, late], lenience),
    { kind: 'unscannable', status: '', timedOut: true, ...gap },
    'the one that spoils it is told',
  );
  assert.equal(reportOf([], lenience).kind, 'unscannable');
});

test('what was seen of a scan that did not end in time is judged where that may pass, and its gap stays', () => {
  const found = { findings: [finding('CVE-1', 'linux/arm64')], counts: { ...noCounts(), high: 3 } };
  const seen = { ...late, state: 'ACTIVE', seen: found };
  const report = reportOf([scanned, seen], { ...lenience, onTimeout: 'warn' });
  assert.ok(report.kind === 'scanned');
  assert.deepEqual([report.counts.high, report.unlisted.high], [3, 2]);
  assert.deepEqual(report.gaps, [{ ...gap, timedOut: true }]);
  assert.equal(reportOf([scanned, seen], lenience).kind, 'unscannable');
});

test('an old scan is known by its age', () => {
  const old = { platform: 'linux/amd64', age: 1, why: 'no' };
  const report = reportOf([{ ...scanned, old }], lenience);
  assert.deepEqual(report.kind === 'scanned' && report.old, [old]);
});

test('what each of two platforms counts and does not list counts twice: nobody knows whether it is the same', () => {
  const two = { findings: [], counts: { ...noCounts(), critical: 2 } };
  const { counts, unlisted } = merge([two, two]);
  assert.deepEqual([counts.critical, unlisted.critical], [4, 4]);
});
