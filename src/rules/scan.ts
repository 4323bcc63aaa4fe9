import type {
  DescribeImageScanFindingsResponse,
  EnhancedImageScanFinding,
  ImageScanFinding,
} from '@aws-sdk/client-ecr';
import type { Finding } from './gate.ts';
import { noCounts, severities, severityOf } from './severity.ts';
import type { Counts } from './severity.ts';

/** What one platform's scan has come to. */
export type Reading =
  /** Nothing to judge yet; `state` says why, for the log. */
  | { kind: 'pending'; state: string }
  /** Findings that may still grow: an enhanced scan is believed when readings agree for a while. */
  | { kind: 'unsettled'; state: string; counts: Counts }
  | { kind: 'complete'; state: string }
  | { kind: 'unscannable'; state: string; reason: string };

/** Milliseconds for which the counts of an enhanced scan have to stay the same; they were seen to grow every 15 s. */
const calm = 15_000;

/** Since when the counts of an enhanced scan have been what they are. */
export interface Steady {
  /** Milliseconds on any clock that only goes forward. */
  since: number;
  counts: Counts;
}

/** Follows the counts from reading to reading; `undefined` while there are none. */
export function follow(steady: Steady | undefined, reading: Reading, now: number): Steady | undefined {
  if (reading.kind !== 'unsettled') return undefined;
  const isSame =
    steady !== undefined && severities.every(each => steady.counts[each] === reading.counts[each]);
  return isSame ? steady : { since: now, counts: reading.counts };
}

export function hasSettled(steady: Steady | undefined, now: number): boolean {
  return steady !== undefined && now - steady.since >= calm;
}

const waiting = new Set(['IN_PROGRESS', 'PENDING']);

/**
 * Judges the first page of an answer.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
 */
export function read(answer: DescribeImageScanFindingsResponse): Reading {
  const { status, description } = answer.imageScanStatus ?? {};
  const { imageScanCompletedAt, findings } = answer.imageScanFindings ?? {};
  const state = status ?? 'no status';
  if (status === undefined || waiting.has(status)) return { kind: 'pending', state };
  if (status === 'COMPLETE' && findings !== undefined) return { kind: 'complete', state };
  if (status === 'COMPLETE' || status === 'ACTIVE') {
    return imageScanCompletedAt === undefined
      ? { kind: 'pending', state }
      : { kind: 'unsettled', state, counts: countsOf(answer) };
  }
  const because = description ? `: ${description}` : '';
  return { kind: 'unscannable', state, reason: `ECR says ${status}${because}` };
}

/** The counts that ECR states; they stand on the first page alone and may be absent. */
export function countsOf({ imageScanFindings }: DescribeImageScanFindingsResponse): Counts {
  const counts = noCounts();
  for (const [name, count] of Object.entries(imageScanFindings?.findingSeverityCounts ?? {})) {
    counts[severityOf(name)] += count;
  }
  return counts;
}

export function findingsOf(
  { imageScanFindings }: DescribeImageScanFindingsResponse,
  platform: string,
): Finding[] {
  return [
    ...(imageScanFindings?.findings ?? []).map(each => basic(each, platform)),
    ...(imageScanFindings?.enhancedFindings ?? []).flatMap(each => enhanced(each, platform)),
  ];
}

function basic(finding: ImageScanFinding, platform: string): Finding {
  const attribute = (key: string): string =>
    finding.attributes?.find(each => each.key === key)?.value ?? 'unknown';
  return {
    id: finding.name ?? 'unnamed',
    severity: severityOf(finding.severity),
    package: attribute('package_name'),
    installed: attribute('package_version'),
    ...(finding.uri && { url: finding.uri }),
    platforms: platform ? [platform] : [],
  };
}

/** One vulnerability may lie in several packages; it stays one finding, named after the first. */
function enhanced(finding: EnhancedImageScanFinding, platform: string): Finding {
  const { vulnerabilityId, sourceUrl, vulnerablePackages = [] } = finding.packageVulnerabilityDetails ?? {};
  const [first] = vulnerablePackages;
  const fixed = first?.fixedInVersion;
  return {
    id: vulnerabilityId ?? finding.title ?? 'unnamed',
    severity: severityOf(finding.severity),
    package: first?.name ?? 'unknown',
    installed: first?.version ?? 'unknown',
    ...(fixed && fixed !== 'NotAvailable' && { fixed }),
    ...(sourceUrl && { url: sourceUrl }),
    platforms: platform ? [platform] : [],
  };
}

/** One scanned platform. */
export interface PlatformFindings {
  findings: Finding[];
  /** What ECR says it counted. */
  counts: Counts;
}

/**
 * One report of all platforms: a finding that several share stands once and knows them all. Where ECR counted more
 * than it listed, its count holds, so that nothing gets lost between the two.
 */
export function merge(platforms: readonly PlatformFindings[]): PlatformFindings {
  const merged = new Map<string, Finding>();
  for (const finding of platforms.flatMap(({ findings }) => findings)) {
    const key = JSON.stringify([finding.id, finding.package, finding.installed, finding.severity]);
    const known = merged.get(key);
    merged.set(
      key,
      known ? { ...known, platforms: [...new Set([...known.platforms, ...finding.platforms])] } : finding,
    );
  }
  const findings = [...merged.values()].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      a.id.localeCompare(b.id, 'en', { numeric: true }),
  );
  const counts = noCounts();
  for (const severity of severities) {
    const listed = findings.filter(finding => finding.severity === severity).length;
    counts[severity] = Math.max(listed, ...platforms.map(({ counts: stated }) => stated[severity]));
  }
  return { findings, counts };
}
