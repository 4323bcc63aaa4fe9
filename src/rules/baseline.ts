import type { Check } from './check.ts';
import type { Baseline } from './comparison.ts';
import type { ScanReport } from './gate.ts';
import type { Commit } from './plan.ts';
import { isTag } from './reference.ts';

/** The image that findings are held against, as far as it is known before anything is asked. */
export type BaselinePlan =
  | { kind: 'none' }
  | { kind: 'image'; name: string; id: { imageTag: string } | { imageDigest: string } }
  | { kind: 'missing'; name: string; reason: string };

/** A tag, a digest, or `base`. */
export const baselineName: Check = text => {
  if (isDigest(text) || isTag(text)) return undefined;
  return {
    problem: 'is no image of the repository',
    remedy:
      'Give a tag such as latest, a digest (sha256:…), or base for the commit that a pull request goes on.',
  };
};

/** `base` is the image of the commit that a pull request or a merge queue goes on: its tag is that commit. */
export function planBaseline(name: string | undefined, { baseSha }: Pick<Commit, 'baseSha'>): BaselinePlan {
  if (name === undefined) return { kind: 'none' };
  if (isDigest(name)) return { kind: 'image', name, id: { imageDigest: name } };
  if (name !== 'base') return { kind: 'image', name, id: { imageTag: name } };
  return baseSha === undefined
    ? {
        kind: 'missing',
        name,
        reason: 'This job is for no pull request, so there is no commit that it goes on.',
      }
    : { kind: 'image', name: `base, ${baseSha.slice(0, 12)}`, id: { imageTag: baseSha } };
}

/** A baseline whose scan says nothing is as good as none. */
export function baselineIn(report: ScanReport, { name, digest }: { name: string; digest: string }): Baseline {
  if (report.kind === 'scanned') {
    return { kind: 'scanned', name, digest, platforms: report.platforms, findings: report.findings };
  }
  const reason = report.kind === 'unscannable' ? report.reason : 'Its scan was not awaited.';
  return { kind: 'missing', name, reason: `It has no scan to compare with. ${reason}` };
}

function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
