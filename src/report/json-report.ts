import type { PlatformImage } from '../ecr/platforms.ts';
import type { Baseline } from '../gate/baseline-diff.ts';
import type { Exceptions, Ignored } from '../gate/exceptions.ts';
import { limitsOf } from '../gate/limits.ts';
import type { Limits, Rules } from '../gate/limits.ts';
import type { Judgement, Verdict } from '../gate/verdict.ts';
import type { Finding } from '../scan/findings.ts';
import type { ScanReport, Unscanned } from '../scan/report.ts';
import type { Counts } from '../scan/severity.ts';

/**
 * The report on an image's scan as the file has it; docs/report.schema.json describes it. Members may be added, but never
 * change their meaning.
 */
export interface JsonReport {
  version: 1;
  image: { ref: string; digest: string; commit: string; platforms: readonly PlatformImage[] };
  judgedAt: string;
  verdict: Verdict;
  rules: { limits: Limits; ignoreUnfixed: boolean; failOnExploitable: boolean; scope: 'all' | 'new' };
  /** The status of the scan as ECR reports it; empty where it reports none. */
  status: string;
  /** What ECR found, and how much of it was judged and blocks. */
  counts?: { found: Counts; judged: Counts; unlisted: Counts; blocking: number };
  findings: (Finding & { blocks: boolean })[];
  ignored: Ignored[];
  /** Where the exceptions were read: in the checkout, or in the commit with this SHA. */
  exceptions: { from: 'checkout' } | { from: 'base'; commit: string };
  notes: string[];
  /** The reasons why platforms, or the whole image, have no scan. */
  unscanned: Unscanned[];
  comparison?: {
    baseline: { name: string; digest?: string; missing?: string };
    added: Finding[];
    gone: Finding[];
    stayed: Finding[];
  };
}

interface JsonReportOptions {
  image: JsonReport['image'];
  judgedAt: string;
  gate: Rules & { exceptions: Pick<Exceptions, 'base'> };
}

/** Builds the report of a scan that was awaited. `judgedAt` is ISO 8601. */
export function jsonReportOf(
  scan: Exclude<ScanReport, { kind: 'unawaited' }>,
  judgement: Judgement,
  { image, judgedAt, gate }: JsonReportOptions,
): JsonReport {
  const { verdict, blocking, ignored, notes, comparison, counted, blockingCount } = judgement;
  const blocks = new Set(blocking.map(findingKey));
  const { base } = gate.exceptions;
  const isScanned = scan.kind === 'scanned';
  return {
    version: 1,
    image,
    judgedAt,
    verdict,
    rules: {
      limits: limitsOf(gate),
      ignoreUnfixed: gate.ignoreUnfixed,
      failOnExploitable: gate.failOnExploitable,
      scope: gate.scope,
    },
    status: scan.status,
    ...(isScanned && {
      counts: { found: scan.counts, judged: counted, unlisted: scan.unlisted, blocking: blockingCount },
    }),
    findings: (isScanned ? scan.findings : []).map(each =>
      Object.assign({}, each, { blocks: blocks.has(findingKey(each)) }),
    ),
    ignored,
    exceptions: base === undefined ? { from: 'checkout' } : { from: 'base', commit: base.sha },
    notes,
    unscanned: isScanned ? (scan.gaps ?? []) : [{ reason: scan.reason, remedy: scan.remedy }],
    ...(comparison && { comparison: { ...comparison, baseline: describeBaseline(comparison.baseline) } }),
  };
}

function describeBaseline(baseline: Baseline) {
  const { name } = baseline;
  return baseline.kind === 'scanned' ? { name, digest: baseline.digest } : { name, missing: baseline.reason };
}

function findingKey({ id, package: name, installed, severity }: Finding): string {
  return JSON.stringify([id, name, installed, severity]);
}
