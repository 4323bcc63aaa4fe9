import { condemned, noCounts, sayCounts } from './severity.ts';
import type { Counts, Severity, Threshold } from './severity.ts';

/** One vulnerability in one package, on the platforms that have it. */
export interface Finding {
  /** CVE-…, GHSA-…, ALAS-…: the name under which it is known. */
  id: string;
  severity: Severity;
  package: string;
  installed: string;
  /** The version that mends it; basic scanning does not know. */
  fixed?: string;
  url?: string;
  platforms: string[];
}

export type ScanReport =
  | { kind: 'scanned'; status: string; platforms: string[]; findings: Finding[]; counts: Counts }
  /** ECR did not, or could not, say what is in the image. */
  | { kind: 'unscannable'; status: string; reason: string; remedy?: string }
  /** `wait-for-scan: false`: nobody asked. */
  | { kind: 'unawaited' };

export type Verdict =
  | { kind: 'passed'; sentence: string }
  | { kind: 'blocked'; sentence: string; remedy: string }
  /** No judgement was asked for, so nothing is withheld. */
  | { kind: 'unscanned'; sentence: string };

/** Judges a report. What is not clearly scanned is blocked unless `none` says that no scan can block. */
export function judge(report: ScanReport, threshold: Threshold): Verdict {
  switch (report.kind) {
    case 'unawaited':
      return { kind: 'unscanned', sentence: 'Not judged: `wait-for-scan` is off.' };
    case 'unscannable':
      return threshold === 'none'
        ? { kind: 'unscanned', sentence: `Not judged: ${report.reason}` }
        : {
            kind: 'blocked',
            sentence: `Blocked: the image has no scan to judge. ${report.reason}`,
            remedy:
              report.remedy ?? 'Use a base image that ECR can scan, or push without a gate: `fail-on: none`.',
          };
    case 'scanned': {
      const found = offenders(report, threshold);
      const limit = threshold === 'none' ? 'nothing blocks' : `threshold: ${threshold}`;
      return found.blocking === 0
        ? { kind: 'passed', sentence: `Passed: ${sayCounts(report.counts)} (${limit}).` }
        : {
            kind: 'blocked',
            sentence: `Blocked: ${found.said} (${limit}).`,
            remedy: remedyFor(
              report.findings.filter(({ severity }) => condemned(threshold).includes(severity)),
            ),
          };
    }
  }
}

function offenders(report: Extract<ScanReport, { kind: 'scanned' }>, threshold: Threshold) {
  const blocking = condemned(threshold);
  const counts: Counts = {
    ...noCounts(),
    ...Object.fromEntries(blocking.map(each => [each, report.counts[each]])),
  };
  return { blocking: blocking.reduce((sum, each) => sum + report.counts[each], 0), said: sayCounts(counts) };
}

/** The first three offenders by name; where a fix is known, with the version to upgrade to. */
function remedyFor(findings: Finding[]): string {
  const named = findings
    .slice(0, 3)
    .map(({ id, package: name, installed, fixed }) =>
      fixed === undefined
        ? `${id} in ${name} ${installed}`
        : `${id}: upgrade ${name} ${installed} to ${fixed}`,
    );
  const more = findings.length - named.length;
  return `${[...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')}. Rebuild on a patched base image, or change \`fail-on\`.`;
}

/** The first ten findings as aligned lines for the log, worst first. */
export function worst(findings: readonly Finding[]): string[] {
  const rows = findings
    .slice(0, 10)
    .map(each => [each.severity, each.id, `${each.package} ${each.installed}`]);
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)));
  const more = findings.length - rows.length;
  return [
    ...rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
