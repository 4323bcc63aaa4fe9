import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import { countFindings } from './findings.ts';
import type { Finding } from './findings.ts';
import type { ScanReport } from './gate.ts';
import type { Obstacle } from './scan-status.ts';
import { noCounts, severities, severityOf } from './severity.ts';
import type { Counts } from './severity.ts';
import { consequenceOf } from './unscanned.ts';
import type { Lenience, Unscanned } from './unscanned.ts';

/** The counts that ECR states; they stand on the first page alone and may be absent. */
export function countsOf({ imageScanFindings }: DescribeImageScanFindingsResponse): Counts {
  const counts = noCounts();
  for (const [name, count] of Object.entries(imageScanFindings?.findingSeverityCounts ?? {})) {
    counts[severityOf(name)] += count;
  }
  return counts;
}

/** One scanned platform. */
export interface PlatformFindings {
  findings: Finding[];
  /** What ECR says it counted. */
  counts: Counts;
}

/** All platforms in one. */
export interface MergedFindings extends PlatformFindings {
  /** What ECR counted on some platform and did not list. */
  unlisted: Counts;
}

/** What came of the wait for one platform's scan. */
export type PlatformScan =
  | ({ kind: 'scanned'; state: string; platform: string } & PlatformFindings)
  | ({ kind: 'unscanned'; state: string } & Unscanned);

/** One report of all platforms. A platform without a scan spoils it, unless the inputs let that pass. */
export function reportOf(
  scans: readonly PlatformScan[],
  lenience: Lenience,
): Exclude<ScanReport, { kind: 'unawaited' }> {
  const scanned = scans.filter(scan => scan.kind === 'scanned');
  const gaps = scans.filter(scan => scan.kind === 'unscanned');
  const worst = gaps.find(gap => consequenceOf(gap, lenience) === 'fail') ?? gaps[0] ?? nothing;
  const [first] = scanned;
  if (first === undefined || gaps.some(gap => consequenceOf(gap, lenience) === 'fail')) {
    const { reason, remedy, timedOut } = worst;
    // Only what ECR said is a status of the scan.
    const status = /^[A-Z_]+$/.test(worst.state) ? worst.state : '';
    return { kind: 'unscannable', status, reason, remedy, ...(timedOut && { timedOut }) };
  }
  const platforms = scanned.map(({ platform }) => platform);
  const missing = gaps.map(({ kind: _kind, state: _state, ...gap }) => gap);
  return {
    kind: 'scanned',
    status: first.state,
    platforms,
    ...merge(scanned),
    ...(missing.length > 0 && { gaps: missing }),
  };
}

const nothing: Obstacle & { state: string; timedOut?: true } = {
  state: '',
  reason: 'Its index names no image that could be scanned.',
  remedy: 'Look at what was pushed: `docker buildx imagetools inspect`.',
};

/**
 * One report of all platforms: a finding that several share stands once and knows them all. Where ECR counted more
 * than it listed, its count holds, so that nothing gets lost between the two.
 */
export function merge(platforms: readonly PlatformFindings[]): MergedFindings {
  const merged = new Map<string, Finding>();
  const ones = new Map<string, string>();
  const oneOf = (name: string): string => {
    const above = ones.get(name) ?? name;
    return above === name ? name : oneOf(above);
  };
  for (const finding of platforms.flatMap(({ findings }) => findings)) {
    const { id, package: name, installed, severity, fixed, unfixed, exploitable } = finding;
    const key = JSON.stringify([id, name, installed, severity, fixed, unfixed, exploitable]);
    const known = merged.get(key) ?? finding;
    merged.set(key, { ...known, platforms: [...new Set([...known.platforms, ...finding.platforms])] });
    // Each platform's finding has a name of its own, and they are one where they meet in a package.
    if (finding.countedAs !== undefined && known.countedAs !== undefined)
      ones.set(oneOf(finding.countedAs), oneOf(known.countedAs));
  }
  const findings = Array.from(merged.values(), finding =>
    finding.countedAs === undefined ? finding : { ...finding, countedAs: oneOf(finding.countedAs) },
  ).sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      a.id.localeCompare(b.id, 'en', { numeric: true }) ||
      a.package.localeCompare(b.package, 'en'),
  );
  const listed = countFindings(findings);
  const listedEach = platforms.map(each => countFindings(each.findings));
  const [counts, unlisted] = [noCounts(), noCounts()];
  for (const severity of severities) {
    const stated = platforms.map(each => each.counts[severity]);
    counts[severity] = Math.max(listed[severity], ...stated);
    unlisted[severity] = Math.max(0, ...stated.map((count, n) => count - (listedEach[n]?.[severity] ?? 0)));
  }
  return { findings, counts, unlisted };
}
