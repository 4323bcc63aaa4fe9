import type { Finding } from '../scan/findings.ts';
import type { Counts } from '../scan/severity.ts';
import type { BaselineDiff } from './baseline-diff.ts';
import type { Ignored } from './exceptions.ts';

/** The result of the gate. `sentence` is the same text in the log, the summary and the outputs. */
export type Verdict =
  | { kind: 'passed'; sentence: string }
  | { kind: 'blocked'; sentence: string; remedy: string }
  /** There is no scan to judge, or not of all platforms, and the inputs accept that; `level` is the level of the message. */
  | { kind: 'unscanned'; sentence: string; level: 'warning' | 'notice' | 'info' };

/** The verdict and the findings that it is based on. */
export interface Judgement {
  verdict: Verdict;
  /** The judged findings by severity: without ignored ones, but with those that ECR counted and did not list. */
  counted: Counts;
  blocking: Finding[];
  /** How many findings block; more than `blocking` has where ECR did not list them all. */
  blockingCount: number;
  ignored: Ignored[];
  /** All findings that are not ignored, new or not, with the platforms where they are not. */
  standing: Finding[];
  /** Warnings about the exceptions, the scan and the baseline. */
  notes: string[];
  comparison?: BaselineDiff;
  /** What the exceptions are those of, such as `the checkout, commit …`; absent where there are none. */
  exceptionsOrigin?: string;
}
