import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, worst } from '../../src/rules/gate.ts';
import type { Finding, ScanReport } from '../../src/rules/gate.ts';
import { noCounts, severities, severityOf, thresholds } from '../../src/rules/severity.ts';
import type { Severity } from '../../src/rules/severity.ts';

const finding = (severity: Severity, id = `CVE-${severity}`): Finding => ({
  id,
  severity,
  package: 'libssl3',
  installed: '3.0.11',
  platforms: ['linux/amd64'],
});

function reportOf(...found: Severity[]): ScanReport {
  const counts = noCounts();
  for (const severity of found) counts[severity]++;
  return {
    kind: 'scanned',
    status: 'COMPLETE',
    platforms: [],
    counts,
    findings: found.map(each => finding(each)),
  };
}

test('a threshold blocks its own severity and all above it, and nothing below', () => {
  for (const threshold of thresholds) {
    for (const severity of severities) {
      const blocks = threshold !== 'none' && severities.indexOf(severity) <= severities.indexOf(threshold);
      assert.equal(
        judge(reportOf(severity), threshold).kind,
        blocks ? 'blocked' : 'passed',
        `${severity} at ${threshold}`,
      );
    }
  }
});

test('a stricter threshold never passes what a laxer one blocked', () => {
  const fromLaxToStrict = ['none', ...thresholds.filter(each => each !== 'none')] as const;
  for (const report of severities.map(severity => reportOf(severity, 'low'))) {
    const verdicts = fromLaxToStrict.map(threshold => judge(report, threshold).kind);
    assert.deepEqual(verdicts, verdicts.toSorted().toReversed(), JSON.stringify(verdicts));
  }
});

test('the verdict counts what blocks, names the first three, and knows the way out', () => {
  const report: ScanReport = {
    kind: 'scanned',
    status: 'COMPLETE',
    platforms: [],
    counts: { ...noCounts(), critical: 1, high: 4, low: 9 },
    findings: [
      { ...finding('critical', 'CVE-1'), fixed: '3.0.15' },
      ...['2', '3', '4', '5'].map(n => finding('high', `CVE-${n}`)),
    ],
  };
  assert.deepEqual(judge(report, 'high'), {
    kind: 'blocked',
    sentence: 'Blocked: 1 critical, 4 high (threshold: high).',
    remedy:
      'CVE-1: upgrade libssl3 3.0.11 to 3.0.15; CVE-2 in libssl3 3.0.11; CVE-3 in libssl3 3.0.11; and 2 more. ' +
      'Rebuild on a patched base image, or change `fail-on`.',
  });
});

test('ECR may count what it does not list: the count blocks all the same', () => {
  const report: ScanReport = {
    kind: 'scanned',
    status: 'COMPLETE',
    platforms: [],
    counts: { ...noCounts(), critical: 2 },
    findings: [],
  };
  assert.equal(judge(report, 'critical').kind, 'blocked');
});

test('what was not scanned is blocked, unless nothing can block; what nobody awaited is not judged', () => {
  const unscannable: ScanReport = { kind: 'unscannable', status: 'FAILED', reason: 'ECR says FAILED.' };
  assert.equal(judge(unscannable, 'critical').kind, 'blocked');
  assert.equal(judge(unscannable, 'none').kind, 'unscanned');
  assert.equal(judge({ kind: 'unawaited' }, 'critical').kind, 'unscanned');
});

test("every name of a severity counts somewhere, a new one of AWS's too", () => {
  assert.equal(severityOf('CRITICAL'), 'critical');
  assert.equal(severityOf('UNTRIAGED'), 'undefined');
  assert.equal(severityOf('CATASTROPHIC'), 'undefined');
  assert.equal(severityOf(undefined), 'undefined');
});

test('the log names the ten worst, aligned, and counts the rest', () => {
  const lines = worst([
    finding('critical', 'CVE-1'),
    ...Array.from({ length: 11 }, () => finding('low', 'CVE-12345')),
  ]);
  assert.equal(lines.length, 11);
  assert.equal(lines[0], 'critical  CVE-1      libssl3 3.0.11');
  assert.equal(lines[10], 'and 2 more');
});
