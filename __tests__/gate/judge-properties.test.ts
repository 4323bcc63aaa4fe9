import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import * as fc from 'fast-check';
import type { Baseline } from '../../src/gate/baseline-diff.ts';
import type { Exceptions } from '../../src/gate/exceptions.ts';
import { judge } from '../../src/gate/judge.ts';
import type { Rules } from '../../src/gate/limits.ts';
import type { Judgement } from '../../src/gate/verdict.ts';
import type { Finding } from '../../src/scan/findings.ts';
import { merge, seenIn } from '../../src/scan/merge-platforms.ts';
import type { ScanReport } from '../../src/scan/report.ts';
import { noCounts, severities, thresholds, total } from '../../src/scan/severity.ts';
import type { Counts } from '../../src/scan/severity.ts';
import { inputs } from '../sample.ts';

const platforms = ['linux/amd64', 'linux/arm64'];

const ids = ['CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'];

const packages = ['libssl3', 'zlib'];

const finding: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.constantFrom(...ids),
    severity: fc.constantFrom(...severities),
    package: fc.constantFrom(...packages),
    fix: fc.constantFrom('known', 'none', 'untold'),
    exploitable: fc.constantFrom(true, false, undefined),
    platforms: fc.subarray(platforms, { minLength: 1 }),
  })
  .map(({ fix, exploitable, ...rest }) =>
    Object.assign(
      rest,
      { installed: '1.0' },
      fix === 'known' && { fixed: '1.1' },
      fix === 'none' && { unfixed: true as const },
      exploitable !== undefined && { exploitable },
    ),
  );

const counts: fc.Arbitrary<Counts> = fc.record({
  critical: fc.nat(2),
  high: fc.nat(2),
  medium: fc.nat(2),
  low: fc.nat(2),
  informational: fc.nat(2),
  undefined: fc.nat(2),
});

type Scanned = Extract<ScanReport, { kind: 'scanned' }>;

/** A report with more counted than listed, now and then. */
const report: fc.Arbitrary<Scanned> = fc
  .record({
    findings: fc.array(finding, { maxLength: 8 }),
    unlisted: fc.oneof(fc.constant(noCounts()), counts),
  })
  .map(({ findings, unlisted }) => {
    const stated = noCounts();
    for (const severity of severities) {
      stated[severity] = findings.filter(each => each.severity === severity).length + unlisted[severity];
    }
    return scanOf(findings, stated);
  });

function scanOf(findings: Finding[], stated: Counts): Scanned {
  return { kind: 'scanned', status: 'COMPLETE', platforms, ...merge([{ findings, counts: stated }]) };
}

const limit = fc.option(fc.nat(3), { nil: undefined });

const rules: fc.Arbitrary<Rules> = fc
  .record({
    failOn: fc.constantFrom(...thresholds),
    max: fc.record(Object.fromEntries(severities.map(each => [each, limit]))),
    ignoreUnfixed: fc.boolean(),
    failOnExploitable: fc.boolean(),
    scope: fc.constantFrom('all', 'new'),
  })
  .map(({ max, ...rest }) =>
    Object.assign(rest, {
      max: Object.fromEntries(Object.entries(max).filter(([, value]) => value !== undefined)),
    }),
  );

const exceptions: fc.Arbitrary<Exceptions> = fc
  .array(
    fc.record({
      id: fc.constantFrom(...ids),
      package: fc.option(fc.constantFrom(...packages), { nil: undefined }),
      platform: fc.option(fc.constantFrom(...platforms), { nil: undefined }),
      until: fc.constantFrom('2026-01-01', '2027-01-01'),
      untilFixed: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .map(entries => ({
    vex: [],
    ignore: entries.map(({ package: name, platform, ...entry }) =>
      Object.assign(
        entry,
        { reason: 'seen', source: 'file:1' },
        name !== undefined && { package: name },
        platform !== undefined && { platform },
      ),
    ),
  }));

const baseline: fc.Arbitrary<Baseline> = fc.oneof(
  fc.constant<Baseline>({ kind: 'missing', name: 'latest', reason: 'There is none.' }),
  report.map(({ findings }): Baseline => ({
    kind: 'scanned',
    name: 'latest',
    digest: 'sha256:1',
    platforms,
    findings,
  })),
);

const image = { uri: 'host/team/app', digest: 'sha256:0', tags: [], platforms: [] };

const now = new Date('2026-06-15T12:00:00Z');

interface Case {
  report: Scanned;
  rules: Rules;
  exceptions: Exceptions;
  baseline: Baseline;
}

const judged = ({ report: scan, rules: own, exceptions: excused, baseline: against }: Case): Judgement =>
  judge(scan, { ...inputs.gate, ...own, exceptions: excused }, { image, now, baseline: against });

const cases = fc.record({ report, rules, exceptions, baseline });

/** Each makes a case no laxer. */
const stricter: [name: string, change: fc.Arbitrary<(each: Case) => Case>][] = [
  [
    'a lower fail-on',
    fc.constantFrom(...thresholds).map(other => each => {
      const order = ['none', ...severities];
      const failOn = order.indexOf(other) > order.indexOf(each.rules.failOn) ? other : each.rules.failOn;
      return { ...each, rules: { ...each.rules, failOn } };
    }),
  ],
  [
    'a lower limit',
    fc
      .record({ severity: fc.constantFrom(...severities), less: fc.nat(3) })
      .map(({ severity, less }) => each => {
        const { [severity]: most } = each.rules.max;
        if (most === undefined) return each;
        const max = { ...each.rules.max, [severity]: Math.max(0, most - less) };
        return { ...each, rules: { ...each.rules, max } };
      }),
  ],
  [
    'a limit of 0',
    fc.constantFrom(...severities).map(severity => each => ({
      ...each,
      rules: { ...each.rules, max: { ...each.rules.max, [severity]: 0 } },
    })),
  ],
  [
    'unfixed ones counted',
    fc.constant(each => ({ ...each, rules: { ...each.rules, ignoreUnfixed: false } })),
  ],
  ['exploits blocked', fc.constant(each => ({ ...each, rules: { ...each.rules, failOnExploitable: true } }))],
  ['the gate for all', fc.constant(each => ({ ...each, rules: { ...each.rules, scope: 'all' as const } }))],
  ['no exceptions', fc.constant(each => ({ ...each, exceptions: { ignore: [], vex: [] } }))],
  ['one finding more', finding.map(more => each => withMore(each, more))],
  [
    'a baseline that is missing',
    fc.constant(each => ({ ...each, baseline: { kind: 'missing', name: 'latest', reason: 'none' } })),
  ],
];

function withMore(each: Case, more: Finding): Case {
  const { findings, counts: stated } = each.report;
  const isThere = findings.some(({ id, package: name }) => id === more.id && name === more.package);
  if (isThere) return each;
  const merged = merge([
    { findings: [...findings, more], counts: { ...stated, [more.severity]: stated[more.severity] + 1 } },
  ]);
  return { ...each, report: { ...each.report, ...merged } };
}

for (const [name, change] of stricter) {
  test(`${name} never passes what was blocked`, () => {
    fc.assert(
      fc.property(cases, change, (lax, apply) => {
        if (judged(lax).verdict.kind === 'blocked') assert.equal(judged(apply(lax)).verdict.kind, 'blocked');
      }),
      { numRuns: 300 },
    );
  });
}

/** The answer of an enhanced scan, on as many pages as ECR likes; its counts stand on the first one alone. */
function pagesOf(
  findings: readonly Finding[],
  sizes: readonly number[],
): DescribeImageScanFindingsResponse[] {
  // ECR counts one that it does not list.
  const findingSeverityCounts: Record<string, number> = { CRITICAL: 1 };
  for (const { severity } of findings)
    findingSeverityCounts[severity.toUpperCase()] = (findingSeverityCounts[severity.toUpperCase()] ?? 0) + 1;
  const pages: DescribeImageScanFindingsResponse[] = [];
  for (let at = 0; at < findings.length || pages.length === 0;) {
    const size = sizes[pages.length % sizes.length] ?? 1;
    const enhancedFindings = findings.slice(at, at + size).map(rawOf);
    pages.push({
      imageScanFindings: { enhancedFindings, ...(at === 0 && { findingSeverityCounts }) },
    });
    at += size;
  }
  return pages;
}

function rawOf({ id, severity, package: name, installed: version, fixed, unfixed, exploitable }: Finding) {
  return {
    findingArn: `arn:${JSON.stringify([id, name, severity, fixed, unfixed, exploitable])}`,
    severity: severity.toUpperCase(),
    ...(exploitable !== undefined && { exploitAvailable: exploitable ? 'YES' : 'NO' }),
    packageVulnerabilityDetails: {
      vulnerabilityId: id,
      vulnerablePackages: [{ name, version, fixedInVersion: unfixed ? 'NotAvailable' : fixed }],
    },
  };
}

test('the order of findings and the pages they come on change nothing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  const answers = fc
    .uniqueArray(finding, { maxLength: 10, selector: each => rawOf(each).findingArn })
    .chain(findings =>
      fc.record({
        straight: fc.constant([findings, [findings.length + 1]] as const),
        paged: fc.tuple(fc.shuffledSubarray(findings, { minLength: findings.length }), sizes),
      }),
    );
  fc.assert(
    fc.property(cases, answers, (each, { straight, paged }) => {
      const judgementOf = ([findings, pages]: readonly [readonly Finding[], readonly number[]]) => {
        const read = platforms.map(platform => seenIn(pagesOf(findings, pages), platform));
        const scan: Scanned = { kind: 'scanned', status: 'ACTIVE', platforms, ...merge(read) };
        const { verdict, counted, blockingCount, ignored } = judged({ ...each, report: scan });
        assert.equal(total(scan.counts), findings.length + platforms.length, 'each is counted once');
        const { kind, sentence } = verdict;
        return { kind, sentence, counted, blockingCount, ignored: ignored.length };
      };
      assert.deepEqual(judgementOf(paged), judgementOf(straight));
    }),
    { numRuns: 300 },
  );
});

test('nothing is lost: what is listed either counts or is ignored, on each of its platforms', () => {
  fc.assert(
    fc.property(cases, each => {
      const open: Rules = { ...each.rules, scope: 'all', failOn: 'undefined', max: {} };
      const { blocking, ignored } = judged({ ...each, rules: open });
      const places = (findings: readonly Finding[]): string[] =>
        findings
          .flatMap(one => one.platforms.map(on => `${one.id} ${one.package} ${one.severity} ${on}`))
          .toSorted();
      const listed = each.report.findings;
      assert.deepEqual(places([...blocking, ...ignored.map(one => one.finding)]), places(listed));
    }),
    { numRuns: 300 },
  );
});
