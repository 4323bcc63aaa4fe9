import type { Build } from '../build/build.ts';
import { unpinnedContexts } from '../build/contexts.ts';
import {
  differencesOf,
  fingerprintIn,
  fingerprintOf,
  isOfSameInputs,
  sayDiffering,
} from '../build/fingerprint.ts';
import { readContentIfSound } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { ExistingImages, StoredImage } from '../image/image.ts';
import { findTagConflict, sayApart } from '../image/tag-conflict.ts';
import type { Conflict } from '../image/tag-conflict.ts';
import type { Tags } from '../tags/plan.ts';

/** Which existing images are reused instead of a build: only that of this commit, also one of the same content, or none. */
export type Reuse = 'commit' | 'content' | 'off';

/**
 * Whether to build, to reuse an image, or to stop because of a conflict. `warning` says that the commit's tag moves away from an
 * image that was made from other inputs.
 */
export type ReuseDecision =
  | { kind: 'build'; warning?: string }
  | { kind: 'reuse'; by: 'commit' | 'content'; found: StoredImage; warning?: string }
  | Conflict;

/** Decides before the build whether an existing image is reused, and finds tags on which the push would fail. */
export function decideReuse(
  { build, tags, reuse }: { build: Build; tags: Pick<Tags, 'candidate' | 'releases'>; reuse: Reuse },
  { existing, mutability }: { existing: ExistingImages; mutability: TagMutability },
): ReuseDecision {
  const { candidate } = existing;
  const fingerprint = fingerprintOf(build);
  const unpinned = unpinnedContexts(build);
  const sameContent =
    reuse === 'content' && isSameContent(existing.content, fingerprint) ? existing.content : undefined;
  const sameCommit =
    candidate !== undefined &&
    (candidate.digest === sameContent?.digest ||
      (reuse !== 'off' && unpinned.length === 0 && isOfSameInputs(candidate.fingerprint, build)))
      ? candidate
      : undefined;
  if (candidate !== undefined && sameCommit === undefined && !isMutableTag(tags.candidate, mutability)) {
    return {
      kind: 'conflict',
      message: `The tag ${tags.candidate} names an image of this commit already (${candidate.digest}), ${sayDifference(candidate, fingerprint)}, and it cannot move.`,
      remedy: remedyFor(reuse, {
        unpinned,
        differing: differencesOf(candidate.fingerprint ?? fingerprint, fingerprint),
        isOther: candidate.fingerprint !== undefined && !isOfSameInputs(candidate.fingerprint, build),
      }),
    };
  }
  const found = sameCommit ?? sameContent;
  const conflict = findTagConflict(tags.releases, { digest: found?.digest, existing, mutability });
  if (conflict !== undefined) {
    const mayAsk = found === undefined && reuse === 'commit' && unpinned.length === 0 && !build.noCache;
    const inputs = mayAsk ? inputsIn(existing.holders?.get(conflict.tag)) : undefined;
    const mayShare = inputs !== undefined && hasSameInputsElsewhere(inputs, fingerprint);
    return mayShare ? { ...conflict, remedy: `${conflict.remedy} ${shareContent}` } : conflict;
  }
  const warning = sameCommit === undefined ? sayMoves(tags.candidate, candidate, build) : undefined;
  const more = warning === undefined ? {} : { warning };
  if (found === undefined) return { kind: 'build', ...more };
  return { kind: 'reuse', by: sameCommit === undefined ? 'content' : 'commit', found, ...more };
}

const shareContent =
  'That image was made from the same inputs, of another commit. For commits that change nothing of what it is made of, set `reuse: content`: from the next image on they are given the image that has the tag.';

/** The fingerprint of an image that is only told of. */
function inputsIn(stored: StoredManifest | undefined): string | undefined {
  return stored === undefined || readContentIfSound(stored) === undefined ? undefined : fingerprintIn(stored);
}

/** The warning where the commit's tag moves away from an image of other inputs, which may be meant to stand beside this one. */
function sayMoves(tag: string, candidate: StoredImage | undefined, build: Build): string | undefined {
  if (candidate?.fingerprint === undefined || isOfSameInputs(candidate.fingerprint, build)) return undefined;
  const mine = fingerprintOf(build);
  return (
    `The commit's tag ${tag} moves away from ${candidate.digest}, ${sayDifference(candidate, mine)}. ` +
    sayApart(differencesOf(candidate.fingerprint, mine))
  );
}

/** Whether an image with this content key was made from the same inputs. The key covers the checkout, so that may differ. */
function isSameContent(content: StoredImage | undefined, fingerprint: string): boolean {
  return content?.fingerprint !== undefined && hasSameInputsElsewhere(content.fingerprint, fingerprint);
}

function hasSameInputsElsewhere(one: string, other: string): boolean {
  return differencesOf(one, other).every(name => name === 'checkout');
}

function remedyFor(
  reuse: Reuse,
  { unpinned, differing, isOther }: { unpinned: string[]; differing: string[]; isOther: boolean },
): string {
  const apartOrNew = `${sayApart(differing)} Else push another commit, or delete that tag in ECR.`;
  if (isOther) return apartOrNew;
  if (reuse === 'off')
    return 'Set `reuse: commit` to take that image, push another commit, or delete that tag in ECR.';
  return unpinned.length > 0
    ? `${sayUnpinned(unpinned)} Pin it, by \`#\` and a full commit SHA or by \`@sha256:…\`, so that the image can be taken; or push another commit, or delete that tag in ECR.`
    : apartOrNew;
}

/** The log line on contexts that are not pinned: the same commit can have other content. */
export function sayUnpinned(contexts: string[]): string {
  const named = contexts.map(name => `'${name}'`).join(', ');
  return `The commit's own image does not stand for a build, as what is under the address of ${contexts.length > 1 ? 'the contexts' : 'the context'} ${named} may change.`;
}

function sayDifference({ fingerprint }: StoredImage, mine: string): string {
  if (fingerprint === undefined) return 'which does not say what it was made from';
  const names = differencesOf(fingerprint, mine);
  if (names.length === 0) return 'made from the same inputs';
  return `made from other inputs (${sayDiffering(names)})`;
}
