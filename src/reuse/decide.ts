import type { Build } from '../build/build.ts';
import { unpinnedOf } from '../build/contexts.ts';
import { differencesOf, fingerprintOf } from '../build/fingerprint.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { ExistingImages, StoredImage } from '../image/image.ts';
import { conflictAmong } from '../image/tag-conflict.ts';
import type { Conflict } from '../image/tag-conflict.ts';
import type { Tags } from '../tags/plan.ts';

/** Which images may stand for a build: that of this commit, one of the same content too, or none. */
export type Reuse = 'commit' | 'content' | 'off';

export type Decision =
  { kind: 'build' } | { kind: 'reuse'; by: 'commit' | 'content'; found: StoredImage } | Conflict;

/** Decides before the build what a tag that exists means for it: never a push that can only fail. */
export function decide(
  { build, tags, reuse }: { build: Build; tags: Pick<Tags, 'candidate' | 'releases'>; reuse: Reuse },
  { earlier, mutability }: { earlier: ExistingImages; mutability: TagMutability },
): Decision {
  const { candidate } = earlier;
  const mine = fingerprintOf(build);
  const unpinned = unpinnedOf(build);
  const same = reuse === 'content' && isOfContent(earlier.content, mine) ? earlier.content : undefined;
  const own =
    candidate !== undefined &&
    (candidate.digest === same?.digest ||
      (reuse !== 'off' && unpinned.length === 0 && candidate.fingerprint === mine))
      ? candidate
      : undefined;
  if (candidate !== undefined && own === undefined && !isMutableTag(tags.candidate, mutability)) {
    return {
      kind: 'conflict',
      message: `The tag ${tags.candidate} names an image of this commit already (${candidate.digest}), ${differ(candidate, mine)}, and it cannot move.`,
      remedy: remedyFor(reuse, unpinned),
    };
  }
  const found = own ?? same;
  const conflict = conflictAmong(tags.releases, { digest: found?.digest, earlier, mutability });
  if (conflict !== undefined) return conflict;
  if (found === undefined) return { kind: 'build' };
  return { kind: 'reuse', by: own === undefined ? 'content' : 'commit', found };
}

/** The key of the content knows what is checked out, whichever commit that is. */
function isOfContent(content: StoredImage | undefined, mine: string): boolean {
  return (
    content?.fingerprint !== undefined &&
    differencesOf(content.fingerprint, mine).every(name => name === 'checkout')
  );
}

function remedyFor(reuse: Reuse, unpinned: string[]): string {
  if (reuse === 'off')
    return 'Set `reuse: commit` to take that image, push another commit, or delete that tag in ECR.';
  return unpinned.length > 0
    ? `${sayUnpinned(unpinned)} Pin it, by \`#\` and a full commit SHA or by \`@sha256:…\`, so that the image can be taken; or push another commit, or delete that tag in ECR.`
    : 'Build other inputs of one commit into repositories of their own, push another commit, or delete that tag in ECR.';
}

/** Why an image of this commit may be of other sources. */
export function sayUnpinned(contexts: string[]): string {
  const named = contexts.map(name => `'${name}'`).join(', ');
  return `The commit's own image does not stand for a build, as what is under the address of ${contexts.length > 1 ? 'the contexts' : 'the context'} ${named} may change.`;
}

function differ({ fingerprint }: StoredImage, mine: string): string {
  if (fingerprint === undefined) return 'which does not say what it was made from';
  const names = differencesOf(fingerprint, mine);
  if (names.length === 0) return 'made from the same inputs';
  return `made from other inputs (${names.map(name => `\`${name}\``).join(', ')} ${names.length > 1 ? 'differ' : 'differs'})`;
}
