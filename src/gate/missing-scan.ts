import { consequenceOf } from '../scan/inputs.ts';
import type { Lenience } from '../scan/inputs.ts';
import type { ScanReport, Unscanned } from '../scan/report.ts';
import type { Verdict } from './verdict.ts';

/** The verdict on an image without a scan. Such an image never counts as passed. */
export function judgeUnscanned(
  report: Extract<ScanReport, { kind: 'unscannable' }>,
  lenience: Lenience,
): Verdict {
  const consequence = consequenceOf(report, lenience);
  if (consequence !== 'fail') {
    return {
      kind: 'unscanned',
      level: consequence === 'warn' ? 'warning' : 'info',
      sentence: `Not judged: ${report.reason}`,
    };
  }
  return {
    kind: 'blocked',
    sentence: `Blocked: the image has no scan to judge. ${report.reason}`,
    remedy: report.remedy,
  };
}

/** The gap that `fail-on-exploitable` leaves where the scan has no exploit data for `count` findings. */
export function missingExploitData(count: number): Unscanned {
  return {
    reason: `The scan does not tell of ${count === 1 ? '1 finding' : `${count} findings`} whether an exploit is known, as only enhanced scanning does.`,
    remedy:
      'Turn enhanced scanning on for the registry, or leave `fail-on-exploitable` out. If such findings may pass: `on-unscannable: warn`.',
  };
}

/** The verdict on an image of which a part has no scan. A gap turns a passed verdict into `blocked` or `unscanned`. */
export function judgeMissingScans(verdict: Verdict, gaps: readonly Unscanned[], lenience: Lenience): Verdict {
  if (verdict.kind !== 'passed' || gaps.length === 0) return verdict;
  const failing = gaps.find(gap => consequenceOf(gap, lenience) === 'fail');
  if (failing) {
    return {
      kind: 'blocked',
      sentence: `Blocked: not judged as a whole. ${failing.reason} The rest: ${verdict.sentence}`,
      remedy: failing.remedy,
    };
  }
  const warns = gaps.some(gap => consequenceOf(gap, lenience) === 'warn');
  return {
    kind: 'unscanned',
    level: warns ? 'warning' : 'info',
    sentence: `Not judged as a whole: ${gaps.map(({ reason }) => reason).join(' ')} The rest: ${verdict.sentence}`,
  };
}
