import { commitTagOf } from '../commit/commit-tag.ts';
import type { CommitAffixes } from '../commit/commit-tag.ts';
import type { Commit } from '../commit/commit.ts';
import { isTag } from '../ecr/reference.ts';
import type { JudgedImage } from '../image/inputs.ts';
import type { ScanReport } from '../scan/report.ts';
import type { Release } from '../tags/plan.ts';
import type { InputReader } from '../validation/reader.ts';
import type { Validator } from '../validation/validators.ts';
import type { Baseline } from './baseline-diff.ts';
import type { Rules } from './limits.ts';
import type { BaselinePlan, GateInputs } from './plan.ts';

/** Checks the input `baseline`: a tag, a digest, or `base`. */
export const baselineName: Validator = text => {
  if (isDigest(text) || isTag(text)) return undefined;
  return {
    problem: 'is no image of the repository',
    remedy:
      'Give a tag such as latest, a digest (sha256:…), or base for the commit that a pull request goes on.',
  };
};

/** Plans the baseline. `base` is the image, in the same variant, of the base commit of the pull request or of the merge queue. */
export function planBaseline(
  name: string | undefined,
  { baseSha }: Pick<Commit, 'baseSha'>,
  affixes: CommitAffixes,
): BaselinePlan {
  if (name === undefined) return { kind: 'none' };
  if (isDigest(name)) return { kind: 'image', name, id: { imageDigest: name } };
  if (name !== 'base') return { kind: 'image', name, id: { imageTag: name } };
  return baseSha === undefined
    ? {
        kind: 'missing',
        name,
        reason: 'This job is for no pull request, so there is no commit that it goes on.',
      }
    : {
        kind: 'image',
        name: `base, ${baseSha.slice(0, 12)}`,
        id: { imageTag: commitTagOf(baseSha, affixes) },
        isBase: true,
      };
}

/**
 * Rejects a baseline that is the judged image itself, which would always pass. A baseline of another name with the same digest
 * is found later, by `whyItself`.
 */
export function refuseOwnBaseline(
  reader: InputReader,
  { baseline, scope }: Pick<GateInputs, 'baseline' | 'scope'>,
  { release, image, commitTag }: { release: Release; image: JudgedImage | undefined; commitTag: string },
): void {
  if (baseline === undefined || baseline === 'base' || scope === 'all') return;
  if (!isDigest(baseline) && release === 'with-push') {
    reader.reject('baseline', baseline, {
      problem: 'may be put on this very image before it is judged, by `release: with-push`',
      remedy: 'Take `release: with-push` away, or give a digest or base.',
    });
  }
  // A built image has its commit's tag before it is judged.
  const judgedNames: string[] = image === undefined ? [commitTag] : Object.values(image.name);
  if (judgedNames.includes(baseline)) {
    reader.reject('baseline', baseline, {
      problem: 'is the image that is judged',
      remedy: 'Give another one, or leave `gate: new` out.',
    });
  }
}

/** The baseline with the findings of its scan. Without a scan it counts as missing. */
export function baselineFromScan(
  report: ScanReport,
  { name, digest }: { name: string; digest: string },
): Baseline {
  if (report.kind === 'scanned') {
    return { kind: 'scanned', name, digest, platforms: report.platforms, findings: report.findings };
  }
  const reason = report.kind === 'unscannable' ? report.reason : 'Its scan was not awaited.';
  return { kind: 'missing', name, reason: `It has no scan to compare with. ${reason}` };
}

/** Why the baseline cannot be compared with, where it is the judged image itself; `undefined` where it is another image. */
export function whyItself(
  baseline: Extract<BaselinePlan, { kind: 'image' }>,
  { scope, found, digest }: { scope: Rules['scope']; found: string; digest: string },
): string | undefined {
  if (scope !== 'new' || baseline.isBase || found !== digest) return undefined;
  return 'It is the very image that is judged, which has nothing new beside itself. Name another one, or leave `gate: new` out.';
}

function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
