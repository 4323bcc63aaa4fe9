import type { PlatformImage } from '../ecr/manifest.ts';
import type { Baseline } from '../gate/baseline-diff.ts';
import type { Ignored } from '../gate/exceptions.ts';
import { limitsOf } from '../gate/limits.ts';
import type { Limits, Rules } from '../gate/limits.ts';
import type { Judgement, Verdict } from '../gate/verdict.ts';
import type { Finding } from '../scan/findings.ts';
import type { ScanReport, Unscanned } from '../scan/report.ts';
import type { Counts } from '../scan/severity.ts';

/** All that is known of an image's scan; docs/report.schema.json describes it. Members may grow, and never change their meaning. */
export interface Report {
  version: 1;
  image: { ref: string; digest: string; commit: string; platforms: readonly PlatformImage[] };
  judgedAt: string;
  verdict: Verdict;
  rules: { limits: Limits; ignoreUnfixed: boolean; failOnExploitable: boolean; scope: 'all' | 'new' };
  /** ECR's own word for the scan's state; empty where it has none. */
  status: string;
  /** What ECR found, and what of it counted. */
  counts?: { found: Counts; judged: Counts; unlisted: Counts; blocking: number };
  findings: (Finding & { blocks: boolean })[];
  ignored: Ignored[];
  notes: string[];
  /** Platforms, or the image, that have no scan. */
  unscanned: Unscanned[];
  comparison?: {
    baseline: { name: string; digest?: string; missing?: string };
    added: Finding[];
    gone: Finding[];
    stayed: Finding[];
  };
}

interface About {
  image: Report['image'];
  judgedAt: string;
  gate: Rules;
}

/** The report of a scan that was awaited. */
export function reportOf(
  scan: Exclude<ScanReport, { kind: 'unawaited' }>,
  judgement: Judgement,
  { image, judgedAt, gate }: About,
): Report {
  const { verdict, blocking, ignored, notes, comparison, counted, blockingCount } = judgement;
  const blocks = new Set(blocking.map(keyOf));
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
      Object.assign({}, each, { blocks: blocks.has(keyOf(each)) }),
    ),
    ignored,
    notes,
    unscanned: isScanned ? (scan.gaps ?? []) : [{ reason: scan.reason, remedy: scan.remedy }],
    ...(comparison && { comparison: { ...comparison, baseline: sayBaseline(comparison.baseline) } }),
  };
}

function sayBaseline(baseline: Baseline) {
  const { name } = baseline;
  return baseline.kind === 'scanned' ? { name, digest: baseline.digest } : { name, missing: baseline.reason };
}

function keyOf({ id, package: name, installed, severity }: Finding): string {
  return JSON.stringify([id, name, installed, severity]);
}
