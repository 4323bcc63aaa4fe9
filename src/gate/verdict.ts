import type { Finding } from '../scan/findings.ts';
import type { Counts } from '../scan/severity.ts';
import type { BaselineDiff } from './baseline-diff.ts';
import type { Ignored } from './exceptions.ts';

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
  comparison?: BaselineDiff;
}
