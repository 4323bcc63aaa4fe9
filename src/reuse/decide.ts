import type { Build } from '../build/build.ts';
import { unpinnedContexts } from '../build/contexts.ts';
import { differencesOf, fingerprintOf, isOfSameInputs } from '../build/fingerprint.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { ExistingImages, StoredImage } from '../image/image.ts';
import { findTagConflict } from '../image/tag-conflict.ts';
import type { Conflict } from '../image/tag-conflict.ts';
import type { Tags } from '../tags/plan.ts';

/** Which existing images are reused instead of a build: only that of this commit, also one of the same content, or none. */
export type Reuse = 'commit' | 'content' | 'off';

/** Whether to build, to reuse an image, or to stop because of a conflict. */
export type ReuseDecision =
  { kind: 'build' } | { kind: 'reuse'; by: 'commit' | 'content'; found: StoredImage } | Conflict;

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
      remedy: remedyFor(reuse, unpinned),
    };
  }
  const found = sameCommit ?? sameContent;
  const conflict = findTagConflict(tags.releases, { digest: found?.digest, existing, mutability });
  if (conflict !== undefined) return conflict;
  if (found === undefined) return { kind: 'build' };
  return { kind: 'reuse', by: sameCommit === undefined ? 'content' : 'commit', found };
}

/** Whether an image with this content key was made from the same inputs. The key covers the checkout, so that may differ. */
function isSameContent(content: StoredImage | undefined, fingerprint: string): boolean {
  return (
    content?.fingerprint !== undefined &&
    differencesOf(content.fingerprint, fingerprint).every(name => name === 'checkout')
  );
}

function remedyFor(reuse: Reuse, unpinned: string[]): string {
  if (reuse === 'off')
    return 'Set `reuse: commit` to take that image, push another commit, or delete that tag in ECR.';
  return unpinned.length > 0
    ? `${sayUnpinned(unpinned)} Pin it, by \`#\` and a full commit SHA or by \`@sha256:…\`, so that the image can be taken; or push another commit, or delete that tag in ECR.`
    : 'Build other inputs of one commit into repositories of their own, push another commit, or delete that tag in ECR.';
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
  return `made from other inputs (${names.map(name => `\`${name}\``).join(', ')} ${names.length > 1 ? 'differ' : 'differs'})`;
}
