import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/gate/judge.ts';
import type { Limits } from '../../src/gate/limits.ts';
import type { GateInputs } from '../../src/gate/plan.ts';
import { upgradesFor } from '../../src/gate/upgrades.ts';
import type { Judgement } from '../../src/gate/verdict.ts';
import { formatTopFindings } from '../../src/scan/findings.ts';
import type { Finding } from '../../src/scan/findings.ts';
import type { ScanReport } from '../../src/scan/report.ts';
import { noCounts, severities, severityOf, thresholds } from '../../src/scan/severity.ts';
import type { Counts, Severity, Threshold } from '../../src/scan/severity.ts';
import { inputs } from '../sample.ts';

const finding = (severity: Severity, id = `CVE-${severity}`): Finding => ({
  id,
  severity,
  package: 'libssl3',
  installed: '3.0.11',
  platforms: ['linux/amd64'],
});

function reportOf(findings: Finding[], stated: Partial<Counts> = {}): ScanReport {
  const counts = noCounts();
  for (const { severity } of findings) counts[severity]++;
  const unlisted = noCounts();
  for (const severity of severities) {
    unlisted[severity] = Math.max(0, (stated[severity] ?? 0) - counts[severity]);
    counts[severity] += unlisted[severity];
  }
  return { kind: 'scanned', status: 'COMPLETE', platforms: ['linux/amd64'], counts, unlisted, findings };
}

const many = (severity: Severity, count: number): Finding[] =>
  Array.from({ length: count }, (_, n) => finding(severity, `CVE-${severity}-${n}`));

const image = { uri: 'host/team/app', digest: 'sha256:0', tags: [], platforms: [] };

function judged(report: ScanReport, rules: Partial<GateInputs> = {}): Judgement {
  return judge(report, { ...inputs.gate, ...rules }, { image, now: new Date('2026-06-15T12:00:00Z') });
}

test('fail-on blocks its own severity and all above it, and nothing below, however many', () => {
  for (const failOn of thresholds) {
    for (const severity of severities) {
      const blocks = failOn !== 'none' && severities.indexOf(severity) <= severities.indexOf(failOn);
      for (const count of [1, 2, 40]) {
        const { verdict, counted, blockingCount } = judged(reportOf(many(severity, count)), { failOn });
        const what = `${count} ${severity} at ${failOn}`;
        assert.equal(verdict.kind, blocks ? 'blocked' : 'passed', what);
        assert.equal(blockingCount, blocks ? count : 0, what);
        assert.equal(counted[severity], count, what);
      }
    }
  }
});

test('a limit of its own lets so many of a severity pass and not one more, whatever fail-on says', () => {
  for (const failOn of thresholds) {
    for (const severity of severities) {
      for (const limit of [0, 1, 5]) {
        for (const count of [limit, limit + 1]) {
          const { verdict } = judged(reportOf(many(severity, count)), { failOn, max: { [severity]: limit } });
          assert.equal(
            verdict.kind,
            count > limit ? 'blocked' : 'passed',
            `${count} ${severity}, at most ${limit}, fail-on ${failOn}`,
          );
        }
      }
    }
  }
});

const mixtures: [found: Partial<Counts>, failOn: Threshold, max: Limits, sentence: string][] = [
  [{}, 'critical', {}, 'Passed: no findings (threshold: critical).'],
  [{}, 'none', {}, 'Passed: no findings (nothing blocks).'],
  [{ critical: 3 }, 'none', {}, 'Passed: 3 critical (nothing blocks).'],
  [{ high: 2, low: 1 }, 'critical', {}, 'Passed: 2 high, 1 low (threshold: critical).'],
  [{ critical: 1, high: 2, low: 1 }, 'high', {}, 'Blocked: 1 critical, 2 high (threshold: high).'],
  [{ high: 6 }, 'critical', { high: 5 }, 'Blocked: 6 high (threshold: critical, at most 5 high).'],
  [{ high: 5 }, 'critical', { high: 5 }, 'Passed: 5 high (threshold: critical, at most 5 high).'],
  [
    { critical: 1, high: 5 },
    'critical',
    { high: 5 },
    'Blocked: 1 critical (threshold: critical, at most 5 high).',
  ],
  [
    { critical: 2 },
    'critical',
    { critical: 2 },
    'Passed: 2 critical (threshold: critical, at most 2 critical).',
  ],
  [{ high: 1 }, 'high', { critical: 2 }, 'Blocked: 1 high (threshold: high, at most 2 critical).'],
  [{ high: 1 }, 'none', { critical: 0 }, 'Passed: 1 high (at most 0 critical).'],
  [{ critical: 1 }, 'none', { critical: 0 }, 'Blocked: 1 critical (at most 0 critical).'],
  [
    { medium: 11, low: 21 },
    'high',
    { medium: 10, low: 20 },
    'Blocked: 11 medium, 21 low (threshold: high, at most 10 medium, at most 20 low).',
  ],
  [{ undefined: 2 }, 'informational', {}, 'Passed: 2 undefined (threshold: informational).'],
  [{ undefined: 2 }, 'undefined', {}, 'Blocked: 2 undefined (threshold: undefined).'],
  [{ undefined: 2 }, 'none', { undefined: 1 }, 'Blocked: 2 undefined (at most 1 undefined).'],
  [{ informational: 1 }, 'informational', {}, 'Blocked: 1 informational (threshold: informational).'],
];

test('the sentence has the numbers and the rules', () => {
  for (const [found, failOn, max, sentence] of mixtures) {
    const findings = severities.flatMap(severity => many(severity, found[severity] ?? 0));
    assert.equal(judged(reportOf(findings), { failOn, max }).verdict.sentence, sentence);
  }
});

test('the remedy names the first three, what an upgrade mends, and what to do about the rest', () => {
  const fixed = (id: string, name: string, version: string): Finding => ({
    ...finding('high', id),
    package: name,
    fixed: version,
  });
  const report = reportOf([
    { ...fixed('CVE-1', 'libssl3', '3.0.15'), severity: 'critical' },
    fixed('CVE-2', 'libssl3', '3.0.9'),
    finding('high', 'CVE-3'),
    fixed('CVE-4', 'libssl3', '3.0.14'),
    fixed('CVE-5', 'zlib', '1.3'),
  ]);
  const { verdict } = judged(report, { failOn: 'high' });
  assert.deepEqual(verdict, {
    kind: 'blocked',
    sentence: 'Blocked: 1 critical, 4 high (threshold: high).',
    remedy:
      'CVE-1: upgrade libssl3 3.0.11 to 3.0.15; CVE-2: upgrade libssl3 3.0.11 to 3.0.9; CVE-3 in libssl3 3.0.11; and 2 more. ' +
      'Upgrading libssl3 to 3.0.15 mends 3 of 5. Upgrading zlib to 1.3 mends 1 of 5. ' +
      'The scan knows no version that mends 1 of 5: rebuild on a newer base image, or let pass what you have looked at, ' +
      'with a reason and an end, in .ecr-scan-ignore.yml.',
  });
});

test('ECR may count what it does not list: the count blocks all the same, whatever is ignored', () => {
  for (const severity of severities) {
    const report = reportOf([finding(severity)], { [severity]: 3 });
    const ignore = [
      { id: `CVE-${severity}`, reason: 'seen', until: '2026-12-31', untilFixed: false, source: 'f:2' },
    ];
    const { verdict, counted, ignored, notes } = judged(report, {
      failOn: 'undefined',
      exceptions: { ignore, vex: [] },
    });
    assert.equal(verdict.kind, 'blocked');
    assert.equal(counted[severity], 2);
    assert.equal(ignored.length, 1);
    assert.deepEqual(notes, [`ECR counted 2 ${severity} more than it listed: they count.`]);
  }
  const { verdict } = judged(reportOf([], { critical: 2 }));
  assert.match(verdict.kind === 'blocked' ? verdict.remedy : '', /^2 that ECR counted and did not list\. /);
});

test('what was not scanned is blocked, unless nothing can block; what nobody awaited is not judged', () => {
  const unscannable: ScanReport = {
    kind: 'unscannable',
    status: 'FAILED',
    reason: 'It failed.',
    remedy: 'Do.',
  };
  const cases: [rules: Partial<GateInputs>, kind: string][] = [
    [{}, 'blocked'],
    [{ failOn: 'none' }, 'unscanned'],
    [{ failOn: 'none', max: { low: 100 } }, 'blocked'],
    [{ failOn: 'none', failOnExploitable: true }, 'blocked'],
  ];
  for (const [rules, kind] of cases) assert.equal(judged(unscannable, rules).verdict.kind, kind);
  const { verdict } = judged({ kind: 'unawaited' });
  assert.ok(verdict.kind === 'unscanned' && verdict.level === 'notice');
});

test('a vulnerability in several packages blocks once, until the last of them is excused', () => {
  const inPackage = (name: string): Finding => ({
    ...finding('critical', 'CVE-1'),
    package: name,
    countedAs: 'arn',
  });
  const report = { ...reportOf([]), findings: ['a', 'b', 'c'].map(inPackage) };
  assert.ok(report.kind === 'scanned');
  const excused = (...packages: string[]) =>
    packages.map(name => ({
      id: 'CVE-1',
      package: name,
      reason: 'seen',
      until: '2026-12-31',
      untilFixed: false,
      source: 'f:1',
    }));
  for (const [packages, blocking] of [
    [[], 1],
    [['a', 'b'], 1],
    [['a', 'b', 'c'], 0],
  ] as const) {
    const { blockingCount, counted } = judged(report, {
      exceptions: { ignore: excused(...packages), vex: [] },
    });
    assert.deepEqual([blockingCount, counted.critical], [blocking, blocking]);
  }
});

const enhanced = (more: Partial<Finding>): Finding => ({ ...finding('medium'), exploitable: false, ...more });

const settings: [finding: Finding, rules: Partial<GateInputs>, kind: string, note?: RegExp][] = [
  [enhanced({ unfixed: true }), { failOn: 'medium' }, 'blocked'],
  [enhanced({ unfixed: true }), { failOn: 'medium', ignoreUnfixed: true }, 'passed'],
  [enhanced({ fixed: '4' }), { failOn: 'medium', ignoreUnfixed: true }, 'blocked'],
  [enhanced({}), { failOn: 'medium', ignoreUnfixed: true }, 'blocked'],
  [enhanced({ exploitable: true }), { failOn: 'critical' }, 'passed'],
  [enhanced({ exploitable: true }), { failOn: 'critical', failOnExploitable: true }, 'blocked'],
  [enhanced({ exploitable: true }), { failOn: 'none', failOnExploitable: true }, 'blocked'],
  [
    enhanced({ exploitable: true }),
    { failOn: 'none', max: { medium: 5 }, failOnExploitable: true },
    'blocked',
  ],
  [enhanced({}), { failOn: 'none', failOnExploitable: true }, 'passed'],
  [
    enhanced({ exploitable: true, unfixed: true }),
    { failOn: 'none', failOnExploitable: true, ignoreUnfixed: true },
    'blocked',
  ],
  [finding('medium'), { failOn: 'medium', ignoreUnfixed: true }, 'blocked', /`ignore-unfixed` has no effect/],
  [finding('medium'), { failOnExploitable: true }, 'blocked'],
  [finding('medium'), { failOnExploitable: true, onUnscannable: 'warn' }, 'unscanned'],
  [finding('medium'), { failOnExploitable: true, onUnscannable: 'ignore' }, 'unscanned'],
  [finding('medium'), { failOnExploitable: true, failOn: 'none' }, 'blocked'],
];

test('unfixed findings are left out and exploits block, where the scan tells of them; where not, it is said', () => {
  for (const [each, rules, kind, note] of settings) {
    const { verdict, notes } = judged(reportOf([each]), rules);
    const what = JSON.stringify([each, rules]);
    assert.equal(verdict.kind, kind, what);
    assert.equal(notes.length, note ? 1 : 0, what);
    if (note) assert.match(notes[0] ?? '', note);
  }
  assert.equal(
    judged(reportOf([enhanced({ exploitable: true })]), { failOnExploitable: true }).verdict.sentence,
    'Blocked: 1 with a known exploit (threshold: critical, nothing with a known exploit).',
  );
  assert.equal(judged(reportOf([]), { failOnExploitable: true }).verdict.kind, 'passed');
  const { verdict } = judged(reportOf([finding('medium')]), { failOnExploitable: true });
  assert.ok(verdict.kind === 'blocked');
  assert.match(verdict.sentence, /^Blocked: .* does not tell of 1 finding whether an exploit is known/);
  assert.match(verdict.remedy, /enhanced scanning on.*leave `fail-on-exploitable` out/);
});

test("every name of a severity counts somewhere, a new one of AWS's too", () => {
  assert.equal(severityOf('CRITICAL'), 'critical');
  assert.equal(severityOf('UNTRIAGED'), 'undefined');
  assert.equal(severityOf('CATASTROPHIC'), 'undefined');
  assert.equal(severityOf(undefined), 'undefined');
});

test('the log names the ten worst, aligned, and counts the rest', () => {
  const lines = formatTopFindings([
    finding('critical', 'CVE-1'),
    ...Array.from({ length: 11 }, () => finding('low', 'CVE-12345')),
  ]);
  assert.equal(lines.length, 11);
  assert.equal(lines[0], 'critical  CVE-1      libssl3 3.0.11');
  assert.equal(lines[10], 'and 2 more');
});

test('with fail-on-exploitable nobody knows of what is not listed, nor of what is set aside without a word of exploits', () => {
  const rules: Partial<GateInputs> = { failOn: 'none', failOnExploitable: true };
  const unlisted = judged(reportOf([], { critical: 3 }), rules).verdict;
  assert.match(unlisted.sentence, /^Blocked: .* does not tell of 3 findings whether an exploit is known/);
  const { exploitable: _, ...untold } = enhanced({ unfixed: true });
  const unmended = judged(reportOf([untold]), { ...rules, ignoreUnfixed: true });
  assert.match(unmended.verdict.sentence, /^Blocked: .* does not tell of 1 finding whether/);
  assert.deepEqual([unmended.counted.medium, unmended.ignored.length], [0, 1]);
  const lenient = judged(reportOf([untold]), { ...rules, ignoreUnfixed: true, onUnscannable: 'warn' });
  assert.equal(lenient.verdict.kind, 'unscanned');
});

test('a verdict on an old scan says how old it is', () => {
  const old = [{ platform: 'linux/amd64', age: 9 * 86_400_000, why: 'ECR begins no newer one (No)' }];
  const report = reportOf([]);
  assert.ok(report.kind === 'scanned');
  const { verdict, notes } = judged({ ...report, old });
  assert.equal(verdict.sentence, 'Passed: no findings (threshold: critical), by a scan of 9 days ago.');
  assert.deepEqual(notes, [
    'The scan of linux/amd64 ended 9 days ago, and ECR begins no newer one (No): what became known since is not judged.',
  ]);
});

const newest: [versions: string[], to: string][] = [
  [['2.0.0-rc1', '2.0.0'], '2.0.0'],
  [['2.0.0', '2.0.0-rc.2', '1.9.9'], '2.0.0'],
  [['2.0.1-rc1', '2.0.0'], '2.0.1-rc1'],
  [['1.0b2', '1.0'], '1.0'],
  [['3.0.15-1~deb12u1', '3.0.15-1'], '3.0.15-1'],
  [['3.0.15-1', '3.0.15-2'], '3.0.15-2'],
  [['1.10.0', '1.9.0'], '1.10.0'],
  [['1.0.2a', '1.0.2b'], '1.0.2b'],
];

test('an upgrade goes to the newest of the versions that mend, a release before its candidates', () => {
  for (const [versions, to] of newest) {
    for (const order of [versions, versions.toReversed()]) {
      const findings = order.map(fixed => Object.assign(finding('high'), { fixed }));
      assert.equal(upgradesFor(findings)[0]?.to, to);
    }
  }
});
