import type { BaselinePlan } from './baseline.ts';
import { compare } from './comparison.ts';
import type { Baseline, Comparison } from './comparison.ts';
import { sortOut } from './excuse.ts';
import type { Circumstances, Exceptions, Ignored } from './excuse.ts';
import { countFindings } from './findings.ts';
import type { Finding } from './findings.ts';
import { limitsOf, sayRules } from './limits.ts';
import type { Rules } from './limits.ts';
import { notesOn } from './gate-notes.ts';
import { sayOldest } from './old-scan.ts';
import type { OldScan } from './old-scan.ts';
import { waysOut } from './remedy.ts';
import type { ScanInputs } from './scan-inputs.ts';
import { noCounts, sayCounts, severities, total } from './severity.ts';
import type { Counts } from './severity.ts';
import { judgeGaps, judgeUnscanned, untoldOf } from './unscanned.ts';
import type { Lenience, Unscanned } from './unscanned.ts';

/** The inputs about the scan and what it blocks. */
export interface GateInputs extends Rules, ScanInputs {
  exceptions: Exceptions;
  /** A tag, a digest, or `base` for the image of the commit that a pull request goes on. */
  baseline?: string;
  /** Token of GitHub's API with which the pull request is told. */
  comment?: string;
}

/** The gate of this very commit. */
export type GatePlan = Omit<GateInputs, 'baseline'> & { baseline: BaselinePlan };

export type ScanReport =
  | {
      kind: 'scanned';
      status: string;
      platforms: string[];
      findings: Finding[];
      counts: Counts;
      /** What ECR counted and did not list: nobody can excuse it or find it in a baseline. */
      unlisted: Counts;
      /** Platforms without a scan, which the inputs let pass. */
      gaps?: Unscanned[];
      /** Scans of another day. */
      old?: OldScan[];
    }
  /** ECR did not, or could not, say what is in the image. */
  | ({ kind: 'unscannable'; status: string } & Unscanned)
  /** `wait-for-scan: false`: nobody asked. */
  | { kind: 'unawaited' };

export type Verdict =
  | { kind: 'passed'; sentence: string }
  | { kind: 'blocked'; sentence: string; remedy: string }
  /** No judgement was asked for, so nothing is withheld; `level` is how loudly that is told. */
  | { kind: 'unscanned'; sentence: string; level: 'warning' | 'notice' | 'info' };

/** The verdict and what it stands on. */
export interface Judgement {
  verdict: Verdict;
  /** What was judged, by severity: not what is ignored, but what ECR counted without listing it. */
  counted: Counts;
  blocking: Finding[];
  /** How many block; more than `blocking` names where ECR did not list them all. */
  blockingCount: number;
  ignored: Ignored[];
  /** What is not ignored, old or new, on the platforms where it is not. */
  standing: Finding[];
  /** What somebody should look at. */
  notes: string[];
  comparison?: Comparison;
}

/** Judges a report. */
export function judge(
  report: ScanReport,
  gate: Pick<GateInputs, keyof Rules | keyof Lenience | 'exceptions'>,
  circumstances: Circumstances & { baseline?: Baseline },
): Judgement {
  if (report.kind === 'scanned') {
    const { untold, ...judgement } = judgeFindings(report, gate, circumstances);
    const gaps = [...(report.gaps ?? []), ...(untold > 0 ? [untoldOf(untold)] : [])];
    return { ...judgement, verdict: judgeGaps(judgement.verdict, gaps, gate) };
  }
  const nothing = {
    counted: noCounts(),
    blocking: [],
    blockingCount: 0,
    ignored: [],
    standing: [],
    notes: [],
  };
  return { ...nothing, verdict: report.kind === 'unawaited' ? unawaited : judgeUnscanned(report, gate) };
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
  const sorted = sortOut(report.findings, gate, circumstances);
  const { counted: standing, ignored: ownIgnored } = sortOut(judged, gate, circumstances);
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
