/** ECR's severities, worst first. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html */
export const severities = ['critical', 'high', 'medium', 'low', 'informational', 'undefined'] as const;
export type Severity = (typeof severities)[number];

/** Findings by severity. */
export type Counts = Record<Severity, number>;

/** The severities that `fail-on` takes: "this one and all above it"; `undefined`, the last, means every finding. */
export const thresholds = [...severities, 'none'] as const;
export type Threshold = (typeof thresholds)[number];

/**
 * ECR's name in ours; UNTRIAGED, which Inspector gives to what its vendor has not rated yet, and names that do not exist
 * yet count as undefined, so that no finding is lost. https://docs.aws.amazon.com/inspector/latest/user/findings-understanding-severity.html
 */
export function severityOf(name: string | undefined): Severity {
  const known = severities.find(severity => severity === name?.toLowerCase());
  return known ?? 'undefined';
}

/** The severities that a threshold condemns. */
export function condemned(threshold: Threshold): readonly Severity[] {
  if (threshold === 'none') return [];
  return severities.slice(0, severities.indexOf(threshold) + 1);
}

export function noCounts(): Counts {
  return { critical: 0, high: 0, medium: 0, low: 0, informational: 0, undefined: 0 };
}

export function total(counts: Counts): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0);
}

/** "2 critical, 1 low", or "no findings". */
export function sayCounts(counts: Counts): string {
  const parts = severities.filter(severity => counts[severity] > 0).map(each => `${counts[each]} ${each}`);
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}
