import type {
  DescribeImageScanFindingsResponse,
  EnhancedImageScanFinding,
  ImageScanFinding,
  VulnerablePackage,
} from '@aws-sdk/client-ecr';
import { noCounts, severityOf } from './severity.ts';
import type { Counts, Severity } from './severity.ts';

const MAX_LOGGED_FINDINGS = 10;

/** One vulnerability in one package, on the platforms that have it. */
export interface Finding {
  /** The public identifier: CVE-…, GHSA-…, ALAS-…. */
  id: string;
  severity: Severity;
  package: string;
  installed: string;
  /** The version that fixes it; basic scanning never reports one. */
  fixed?: string;
  /** No version fixes it yet. Absent if the scan does not say so; basic scanning never does. */
  unfixed?: true;
  url?: string;
  description?: string;
  /** CVSS base score, 0 to 10. */
  score?: number;
  /** Whether an exploit is known; only enhanced scanning reports this. */
  exploitable?: boolean;
  /** Path of the package in the image, for packages of programming languages. */
  path?: string;
  /** Digest of the layer that contains the package. */
  layer?: string;
  platforms: string[];
  /**
   * Findings with the same value count as one, as enhanced scanning counts a vulnerability in several packages once. Absent if
   * each finding counts by itself.
   */
  countedAs?: string;
}

/** Counts findings by severity in the same way as ECR. */
export function countFindings(findings: readonly Finding[]): Counts {
  const counts = noCounts();
  for (const [severity, group] of Map.groupBy(findings, each => each.severity)) {
    const names = group.map((each, index) => each.countedAs ?? `#${index}`);
    counts[severity] = new Set(names).size;
  }
  return counts;
}

/**
 * The findings on one page of an answer. A vulnerability in several packages becomes one finding for each package.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFindings.html
 */
export function findingsOf(
  { imageScanFindings }: DescribeImageScanFindingsResponse,
  platform: string,
): Finding[] {
  const platforms = platform ? [platform] : [];
  return [
    ...(imageScanFindings?.findings ?? []).map(each => basic(each, platforms)),
    ...(imageScanFindings?.enhancedFindings ?? []).flatMap(each => enhanced(each, platforms)),
  ];
}

function basic(finding: ImageScanFinding, platforms: string[]): Finding {
  const { name, severity, uri, description, attributes } = finding;
  const attribute = (key: string): string | undefined => attributes?.find(each => each.key === key)?.value;
  const score = Number(attribute('CVSS3_SCORE') ?? attribute('CVSS2_SCORE'));
  return {
    id: name ?? 'unnamed',
    severity: severityOf(severity),
    package: attribute('package_name') ?? 'unknown',
    installed: attribute('package_version') ?? 'unknown',
    ...(uri && { url: uri }),
    ...(description && { description }),
    ...(score > 0 && { score }),
    platforms,
  };
}

function enhanced(finding: EnhancedImageScanFinding, platforms: string[]): Finding[] {
  const { vulnerabilityId, sourceUrl, vulnerablePackages = [] } = finding.packageVulnerabilityDetails ?? {};
  const id = vulnerabilityId ?? finding.title ?? 'unnamed';
  const vulnerability = {
    id,
    countedAs: finding.findingArn ?? id,
    severity: severityOf(finding.severity),
    ...(sourceUrl && { url: sourceUrl }),
    ...(finding.description && { description: finding.description }),
    ...(finding.score !== undefined && { score: finding.score }),
    ...(finding.exploitAvailable && { exploitable: finding.exploitAvailable === 'YES' }),
  };
  const packages = vulnerablePackages.length > 0 ? vulnerablePackages : [{}];
  return packages.map(each =>
    Object.assign(packageOf(each, finding.fixAvailable), vulnerability, { platforms }),
  );
}

function packageOf(
  { name, version, release, epoch, fixedInVersion, filePath, sourceLayerHash }: VulnerablePackage,
  fixAvailable: string | undefined,
) {
  const unfixed = fixedInVersion === 'NotAvailable' || (!fixedInVersion && fixAvailable === 'NO');
  return {
    package: name ?? 'unknown',
    installed: version ? fullVersion(version, { release, epoch }) : 'unknown',
    ...(fixedInVersion && !unfixed && { fixed: fixedInVersion }),
    ...(unfixed && { unfixed }),
    ...(filePath && { path: filePath }),
    ...(sourceLayerHash && { layer: sourceLayerHash }),
  };
}

/** `[epoch:]version[-release]`, as package managers of operating systems write it; an epoch of 0 is left out. */
function fullVersion(
  version: string,
  { release, epoch }: Pick<VulnerablePackage, 'release' | 'epoch'>,
): string {
  return `${epoch ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`;
}

/** Formats the first ten findings as aligned lines for the log; `findings` are sorted with the worst first. */
export function formatTopFindings(findings: readonly Finding[]): string[] {
  const rows = findings
    .slice(0, MAX_LOGGED_FINDINGS)
    .map(each => [each.severity, each.id, `${each.package} ${each.installed}`]);
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)));
  const more = findings.length - rows.length;
  return [
    ...rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
