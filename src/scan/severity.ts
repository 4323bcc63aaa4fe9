/** ECR's severities, worst first. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html */
export const severities = ['critical', 'high', 'medium', 'low', 'informational', 'undefined'] as const;
/** One of `severities`. */
export type Severity = (typeof severities)[number];

/** Numbers of findings by severity. */
export type Counts = Record<Severity, number>;

/**
 * The values of `fail-on`: this severity and all that are worse. `undefined`, the least severe, means every finding, and `none`
 * means no finding.
 */
export const thresholds = [...severities, 'none'] as const;
/** One of `thresholds`. */
export type Threshold = (typeof thresholds)[number];

/**
 * Our name for ECR's name of a severity. UNTRIAGED, which Inspector uses until the vendor has rated a finding, and unknown
 * names count as `undefined`, so that no finding is lost.
 * https://docs.aws.amazon.com/inspector/latest/user/findings-understanding-severity.html
 */
export function severityOf(name: string | undefined): Severity {
  const known = severities.find(severity => severity === name?.toLowerCase());
  return known ?? 'undefined';
}

/** The severities that fail under a threshold. */
export function severitiesFailing(threshold: Threshold): readonly Severity[] {
  if (threshold === 'none') return [];
  return severities.slice(0, severities.indexOf(threshold) + 1);
}

/** Counts that are all 0. */
export function noCounts(): Counts {
  return { critical: 0, high: 0, medium: 0, low: 0, informational: 0, undefined: 0 };
}

/** The number of findings of all severities. */
export function total(counts: Counts): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0);
}

/** Formats counts: "2 critical, 1 low", or "no findings". */
export function sayCounts(counts: Counts): string {
  const parts = severities.filter(severity => counts[severity] > 0).map(each => `${counts[each]} ${each}`);
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}
