import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import { countFindings, findingsOf } from './findings.ts';
import type { Finding } from './findings.ts';
import { consequenceOf } from './inputs.ts';
import type { Lenience } from './inputs.ts';
import type { Obstacle } from './obstacles.ts';
import type { ScanReport, Unscanned } from './report.ts';
import { noCounts, severities, severityOf, total } from './severity.ts';
import type { Counts } from './severity.ts';
import type { OldScan } from './stale-scan.ts';

/** The counts that ECR states; they stand on the first page alone and may be absent. */
export function countsOf({ imageScanFindings }: DescribeImageScanFindingsResponse): Counts {
  const counts = noCounts();
  for (const [name, count] of Object.entries(imageScanFindings?.findingSeverityCounts ?? {})) {
    counts[severityOf(name)] += count;
  }
  return counts;
}

/** Whether an answer says of any finding. */
export function hasFindings(answer: DescribeImageScanFindingsResponse): boolean {
  return findingsOf(answer, '').length > 0 || total(countsOf(answer)) > 0;
}

/** What the pages of an answer say; ECR's counts stand on the first. */
export function seenIn(
  pages: readonly DescribeImageScanFindingsResponse[],
  platform: string,
): PlatformFindings {
  return {
    findings: pages.flatMap(page => findingsOf(page, platform)),
    counts: countsOf(pages[0] ?? {}),
  };
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
  | ({ kind: 'scanned'; state: string; platform: string; old?: OldScan } & PlatformFindings)
  /** `seen` is what a scan showed that did not end. */
  | ({ kind: 'unscanned'; state: string; platform: string; seen?: PlatformFindings } & Unscanned);

/**
 * One report of all platforms. A platform without a scan spoils it, unless the inputs let that pass: then what was seen of
 * it is judged with the rest, as what is known does not pass for being incomplete.
 */
export function reportOf(
  scans: readonly PlatformScan[],
  lenience: Lenience,
): Exclude<ScanReport, { kind: 'unawaited' }> {
  const gaps = scans.filter(scan => scan.kind === 'unscanned');
  const seen = scans.flatMap(scan => {
    const { platform, state } = scan;
    const found = scan.kind === 'scanned' ? scan : scan.seen;
    return found ? [{ platform, state, findings: found.findings, counts: found.counts }] : [];
  });
  const worst = gaps.find(gap => consequenceOf(gap, lenience) === 'fail') ?? gaps[0] ?? nothing;
  const [first] = seen;
  if (first === undefined || gaps.some(gap => consequenceOf(gap, lenience) === 'fail')) {
    const { reason, remedy, timedOut } = worst;
    return { kind: 'unscannable', status: statusIn(worst), reason, remedy, ...(timedOut && { timedOut }) };
  }
  const old = scans.flatMap(scan => (scan.kind === 'scanned' && scan.old ? [scan.old] : []));
  const missing = gaps.map(({ reason, remedy, timedOut }) =>
    Object.assign({ reason, remedy }, timedOut && { timedOut }),
  );
  return {
    kind: 'scanned',
    status: statusIn(first),
    platforms: seen.map(({ platform }) => platform),
    ...merge(seen),
    ...(missing.length > 0 && { gaps: missing }),
    ...(old.length > 0 && { old }),
  };
}

/** Only what ECR said is a status of the scan. */
function statusIn({ state }: { state: string }): string {
  return /^[A-Z_]+$/.test(state) ? state : '';
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
    // Nobody knows whether what two platforms do not list is the same: each of them counts.
    const missing = stated.map((count, n) => Math.max(0, count - (listedEach[n]?.[severity] ?? 0)));
    unlisted[severity] = missing.reduce((sum, count) => sum + count, 0);
    counts[severity] = listed[severity] + unlisted[severity];
  }
  return { findings, counts, unlisted };
}
