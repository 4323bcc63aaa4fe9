import type { Baseline } from './comparison.ts';
import type { ScanReport } from './gate.ts';
import { noteOnOld } from './old-scan.ts';
import { sayCounts, total } from './severity.ts';

function noteOnBaseline(baseline: Baseline | undefined): string[] {
  if (baseline?.kind !== 'missing') return [];
  return [`There is no baseline \`${baseline.name}\`: every finding counts as new. ${baseline.reason}`];
}

/** What somebody should look at who reads the verdict on a report. */
export function notesOn(
  { unlisted, old = [] }: Extract<ScanReport, { kind: 'scanned' }>,
  baseline: Baseline | undefined,
): string[] {
  return [
    ...(total(unlisted) === 0 ? [] : [`ECR counted ${sayCounts(unlisted)} more than it listed: they count.`]),
    ...old.map(noteOnOld),
    ...noteOnBaseline(baseline),
  ];
}
