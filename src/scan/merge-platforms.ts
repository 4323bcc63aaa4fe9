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

/** The counts that ECR states. They are only on the first page and may be missing; all are 0 then. */
export function countsOf({ imageScanFindings }: DescribeImageScanFindingsResponse): Counts {
  const counts = noCounts();
  for (const [name, count] of Object.entries(imageScanFindings?.findingSeverityCounts ?? {})) {
    counts[severityOf(name)] += count;
  }
  return counts;
}

/** Whether an answer lists or counts any finding. */
export function hasFindings(answer: DescribeImageScanFindingsResponse): boolean {
  return findingsOf(answer, '').length > 0 || total(countsOf(answer)) > 0;
}

/** The findings on all pages of an answer, and ECR's counts from the first page. */
export function seenIn(
  pages: readonly DescribeImageScanFindingsResponse[],
  platform: string,
): PlatformFindings {
  return {
    findings: pages.flatMap(page => findingsOf(page, platform)),
    counts: countsOf(pages[0] ?? {}),
  };
}

/** The findings of one platform. */
export interface PlatformFindings {
  findings: Finding[];
  /** The counts that ECR states. */
  counts: Counts;
}

/** The findings of all platforms. */
export interface MergedFindings extends PlatformFindings {
  /** Findings that ECR counted on a platform but did not list. */
  unlisted: Counts;
}

/** The result of waiting for the scan of one platform. */
export type PlatformScan =
  | ({ kind: 'scanned'; state: string; platform: string; old?: OldScan } & PlatformFindings)
  /** `seen` has the findings of a scan that did not end. */
  | ({ kind: 'unscanned'; state: string; platform: string; seen?: PlatformFindings } & Unscanned);

/**
 * One report of all platforms. If a platform has no scan, the whole image is unscannable, unless the inputs allow this. Then
 * the findings that were seen of that platform are judged with the others, even though they may be incomplete.
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

/** The status of the scan if the state is one of ECR's; empty for our own descriptions of a state. */
function statusIn({ state }: { state: string }): string {
  return /^[A-Z_]+$/.test(state) ? state : '';
}

const nothing: Obstacle & { state: string; timedOut?: true } = {
  state: '',
  reason: 'Its index names no image that could be scanned.',
  remedy: 'Look at what was pushed: `docker buildx imagetools inspect`.',
};

/**
 * Merges the findings of all platforms: a finding that several platforms share appears once, with all of them. If ECR counted
 * more findings than it listed, its count is used, so that no finding is lost.
 */
export function merge(platforms: readonly PlatformFindings[]): MergedFindings {
  const merged = new Map<string, Finding>();
  const aliases = new Map<string, string>();
  const canonicalOf = (name: string): string => {
    const parent = aliases.get(name) ?? name;
    return parent === name ? name : canonicalOf(parent);
  };
  for (const finding of platforms.flatMap(({ findings }) => findings)) {
    const { id, package: name, installed, severity, fixed, unfixed, exploitable } = finding;
    const key = JSON.stringify([id, name, installed, severity, fixed, unfixed, exploitable]);
    const known = merged.get(key) ?? finding;
    merged.set(key, { ...known, platforms: [...new Set([...known.platforms, ...finding.platforms])] });
    // The same finding has another `countedAs` on each platform. Two of these values mean the same if they share a finding.
    if (finding.countedAs !== undefined && known.countedAs !== undefined)
      aliases.set(canonicalOf(finding.countedAs), canonicalOf(known.countedAs));
  }
  const findings = Array.from(merged.values(), finding =>
    finding.countedAs === undefined ? finding : { ...finding, countedAs: canonicalOf(finding.countedAs) },
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
    // It is unknown whether two platforms have the same unlisted findings, so those of each platform are counted.
    const missing = stated.map((count, n) => Math.max(0, count - (listedEach[n]?.[severity] ?? 0)));
    unlisted[severity] = missing.reduce((sum, count) => sum + count, 0);
    counts[severity] = listed[severity] + unlisted[severity];
  }
  return { findings, counts, unlisted };
}
