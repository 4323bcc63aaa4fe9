import { countFindings } from '../scan/findings.ts';
import type { Finding } from '../scan/findings.ts';
import type { Lenience } from '../scan/inputs.ts';
import type { ScanReport } from '../scan/report.ts';
import { noCounts, sayCounts, severities, total } from '../scan/severity.ts';
import type { Counts } from '../scan/severity.ts';
import { noteOnOldScan, sayOldest } from '../scan/stale-scan.ts';
import { compareWithBaseline } from './baseline-diff.ts';
import type { Baseline } from './baseline-diff.ts';
import { applyExceptions } from './exceptions.ts';
import type { JudgeContext } from './exceptions.ts';
import { effectiveLenience, limitsOf, sayRules } from './limits.ts';
import type { Rules } from './limits.ts';
import { judgeMissingScans, judgeUnscanned, missingExploitData } from './missing-scan.ts';
import type { GateInputs } from './plan.ts';
import { sayRemedies } from './upgrades.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** Judges the report of a scan by the rules, the exceptions and the baseline. */
export function judge(
  report: ScanReport,
  gate: Pick<GateInputs, keyof Rules | keyof Lenience | 'exceptions'>,
  context: JudgeContext & { baseline?: Baseline },
): Judgement {
  if (report.kind === 'scanned') {
    const { unknownExploits, ...judgement } = judgeFindings(report, gate, context);
    const gaps = [
      ...(report.gaps ?? []),
      ...(unknownExploits > 0 ? [missingExploitData(unknownExploits)] : []),
    ];
    return { ...judgement, verdict: judgeMissingScans(judgement.verdict, gaps, effectiveLenience(gate)) };
  }
  const noFindings = {
    counted: noCounts(),
    blocking: [],
    blockingCount: 0,
    ignored: [],
    standing: [],
    notes: [],
  };
  return {
    ...noFindings,
    verdict: report.kind === 'unawaited' ? notAwaited : judgeUnscanned(report, effectiveLenience(gate)),
  };
}

const notAwaited: Verdict = {
  kind: 'unscanned',
  level: 'notice',
  sentence: 'Not judged: `wait-for-scan` is off.',
};

function judgeFindings(
  report: Extract<ScanReport, { kind: 'scanned' }>,
  gate: Pick<GateInputs, keyof Rules | 'exceptions'>,
  { baseline, ...context }: JudgeContext & { baseline?: Baseline },
): Judgement & { unknownExploits: number } {
  const comparison = baseline && compareWithBaseline(report, baseline);
  const findingsInScope = gate.scope === 'new' && comparison ? comparison.added : report.findings;
  const applied = applyExceptions(report.findings, gate, context);
  const { counted: standing, ignored: judgedIgnored } = applyExceptions(findingsInScope, gate, context);
  // A finding that ECR counted but did not list always counts: no exception or baseline can be matched with it.
  const counted = countAll(standing, report.unlisted);
  const limits = limitsOf(gate);
  const overLimit = severities.filter(each => counted[each] > (limits[each] ?? Number.POSITIVE_INFINITY));
  const exploitable = standing.filter(
    each => gate.failOnExploitable && each.exploitable === true && !overLimit.includes(each.severity),
  );
  const blocking = standing.filter(each => overLimit.includes(each.severity) || exploitable.includes(each));
  const exploitableCount = total(countFindings(exploitable));
  const blockingCount = overLimit.reduce((sum, each) => sum + counted[each], exploitableCount);
  const { ignored } = applied;
  const notes = [...applied.notes, ...scanNotes(report, baseline)];
  // A finding without exploit data may have an exploit, so findings that `ignore-unfixed` left out are included here.
  const ignoredUnfixed = judgedIgnored.flatMap(({ by, finding }) =>
    by === 'ignore-unfixed' ? [finding] : [],
  );
  const hasNoExploitData = (each: Finding): boolean => each.exploitable === undefined;
  const unknownExploits = gate.failOnExploitable
    ? total(countAll([...standing, ...ignoredUnfixed].filter(hasNoExploitData), report.unlisted))
    : 0;
  const details = {
    counted,
    blocking,
    blockingCount,
    ignored,
    standing: applied.counted,
    notes,
    unknownExploits,
    ...(comparison && { comparison }),
  };
  const ignoredText = ignored.length > 0 ? `, ${ignored.length} ignored` : '';
  const rulesText = `(${sayRules(gate)})${sayOldest(report.old)}`;
  if (blockingCount === 0) {
    return {
      ...details,
      verdict: { kind: 'passed', sentence: `Passed: ${sayCounts(counted)}${ignoredText} ${rulesText}.` },
    };
  }
  const overLimitCounts = {
    ...noCounts(),
    ...Object.fromEntries(overLimit.map(each => [each, counted[each]])),
  };
  const blockingText = [
    ...(overLimit.length > 0 ? [sayCounts(overLimitCounts)] : []),
    ...(exploitable.length > 0 ? [`${exploitableCount} with a known exploit`] : []),
  ].join(', ');
  return {
    ...details,
    verdict: {
      kind: 'blocked',
      sentence: `Blocked: ${blockingText}${ignoredText} ${rulesText}.`,
      // A vulnerability in several packages counts as one finding but needs one upgrade for each package.
      remedy: sayRemedies(
        blocking,
        overLimit.reduce((sum, each) => sum + report.unlisted[each], blocking.length),
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

/** Warnings about the scan and the baseline that belong to the verdict. */
export function scanNotes(
  { unlisted, old = [] }: Extract<ScanReport, { kind: 'scanned' }>,
  baseline: Baseline | undefined,
): string[] {
  return [
    ...(total(unlisted) === 0 ? [] : [`ECR counted ${sayCounts(unlisted)} more than it listed: they count.`]),
    ...old.map(noteOnOldScan),
    ...noteOnBaseline(baseline),
  ];
}
