import { countFindings } from '../scan/findings.ts';
import type { Finding } from '../scan/findings.ts';
import type { Lenience } from '../scan/inputs.ts';
import type { ScanReport } from '../scan/report.ts';
import { noCounts, sayCounts, severities, total } from '../scan/severity.ts';
import type { Counts } from '../scan/severity.ts';
import { noteOnOld, sayOldest } from '../scan/stale-scan.ts';
import { compare } from './baseline-diff.ts';
import type { Baseline } from './baseline-diff.ts';
import { applyExceptions } from './exceptions.ts';
import type { Circumstances } from './exceptions.ts';
import { lenienceOf, limitsOf, sayRules } from './limits.ts';
import type { Rules } from './limits.ts';
import type { GateInputs } from './plan.ts';
import { judgeMissingScans, judgeUnscanned, missingExploitData } from './missing-scan.ts';
import { waysOut } from './upgrades.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** Judges a report. */
export function judge(
  report: ScanReport,
  gate: Pick<GateInputs, keyof Rules | keyof Lenience | 'exceptions'>,
  circumstances: Circumstances & { baseline?: Baseline },
): Judgement {
  if (report.kind === 'scanned') {
    const { untold, ...judgement } = judgeFindings(report, gate, circumstances);
    const gaps = [...(report.gaps ?? []), ...(untold > 0 ? [missingExploitData(untold)] : [])];
    return { ...judgement, verdict: judgeMissingScans(judgement.verdict, gaps, lenienceOf(gate)) };
  }
  const nothing = {
    counted: noCounts(),
    blocking: [],
    blockingCount: 0,
    ignored: [],
    standing: [],
    notes: [],
  };
  return {
    ...nothing,
    verdict: report.kind === 'unawaited' ? unawaited : judgeUnscanned(report, lenienceOf(gate)),
  };
}

const unawaited: Verdict = {
  kind: 'unscanned',
  level: 'notice',
  sentence: 'Not judged: `wait-for-scan` is off.',
};

function judgeFindings(
  report: Extract<ScanReport, { kind: 'scanned' }>,
  gate: Pick<GateInputs, keyof Rules | 'exceptions'>,
  { baseline, ...circumstances }: Circumstances & { baseline?: Baseline },
): Judgement & { untold: number } {
  const comparison = baseline && compare(report, baseline);
  const judged = gate.scope === 'new' && comparison ? comparison.added : report.findings;
  const sorted = applyExceptions(report.findings, gate, circumstances);
  const { counted: standing, ignored: ownIgnored } = applyExceptions(judged, gate, circumstances);
  // A finding that was not listed can be neither excused nor known to be old.
  const counted = countAll(standing, report.unlisted);
  const limits = limitsOf(gate);
  const over = severities.filter(each => counted[each] > (limits[each] ?? Number.POSITIVE_INFINITY));
  const exploitable = standing.filter(
    each => gate.failOnExploitable && each.exploitable === true && !over.includes(each.severity),
  );
  const blocking = standing.filter(each => over.includes(each.severity) || exploitable.includes(each));
  const exploits = total(countFindings(exploitable));
  const blockingCount = over.reduce((sum, each) => sum + counted[each], exploits);
  const { ignored } = sorted;
  const notes = [...sorted.notes, ...notesOn(report, baseline)];
  // Exploits that the scan does not tell of are not known to be none, of what is set aside for having no fix too.
  const unmended = ownIgnored.flatMap(({ by, finding }) => (by === 'ignore-unfixed' ? [finding] : []));
  const isUntold = (each: Finding): boolean => each.exploitable === undefined;
  const untold = gate.failOnExploitable
    ? total(countAll([...standing, ...unmended].filter(isUntold), report.unlisted))
    : 0;
  const facts = {
    counted,
    blocking,
    blockingCount,
    ignored,
    standing: sorted.counted,
    notes,
    untold,
    ...(comparison && { comparison }),
  };
  const aside = ignored.length > 0 ? `, ${ignored.length} ignored` : '';
  const rules = `(${sayRules(gate)})${sayOldest(report.old)}`;
  if (blockingCount === 0) {
    return {
      ...facts,
      verdict: { kind: 'passed', sentence: `Passed: ${sayCounts(counted)}${aside} ${rules}.` },
    };
  }
  const offenders = {
    ...noCounts(),
    ...Object.fromEntries(over.map(each => [each, counted[each]])),
  };
  const said = [
    ...(over.length > 0 ? [sayCounts(offenders)] : []),
    ...(exploitable.length > 0 ? [`${exploits} with a known exploit`] : []),
  ].join(', ');
  return {
    ...facts,
    verdict: {
      kind: 'blocked',
      sentence: `Blocked: ${said}${aside} ${rules}.`,
      // A vulnerability in several packages is one finding, and as many things to mend.
      remedy: waysOut(
        blocking,
        over.reduce((sum, each) => sum + report.unlisted[each], blocking.length),
      ),
    },
  };
}

function countAll(findings: readonly Finding[], unlisted: Counts): Counts {
  const listed = countFindings(findings);
  return {
    ...noCounts(),
    ...Object.fromEntries(severities.map(each => [each, listed[each] + unlisted[each]])),
  };
}

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
