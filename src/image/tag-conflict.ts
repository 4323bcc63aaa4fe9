import { isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { ExistingImages } from './image.ts';

/** A tag that belongs to another image and cannot be moved; with the message and the remedy of a `Failure`. */
export interface Conflict {
  kind: 'conflict';
  message: string;
  remedy: string;
}

/** A conflict over a release tag. */
export interface TagConflict extends Conflict {
  tag: string;
}

/** What several images of one commit need. */
export const nameApart =
  "give each a tag of its own by `flavor`, such as `flavor: suffix=-alpine`, which is part of the commit's tag too.";

/** What images of one commit need that differ in these inputs. Those for other platforms are usually meant to be one image. */
export function sayApart(differing: readonly string[]): string {
  return differing.includes('platforms')
    ? `If they are platforms of one image: build each by \`mode: build\` and join them by \`mode: merge\`. If both images are wanted: ${nameApart}`
    : `If both images are wanted: ${nameApart}`;
}

/**
 * The first release tag that cannot be put on the image with this digest, as it is immutable and belongs to another image.
 * Without a digest, any image counts as another.
 */
export function findTagConflict(
  releases: readonly string[],
  {
    digest,
    existing,
    mutability,
  }: { digest: string | undefined; existing: ExistingImages; mutability: TagMutability },
): TagConflict | undefined {
  const taken = Object.entries(existing.releases).find(
    ([tag, holder]) => releases.includes(tag) && holder !== digest && !isMutableTag(tag, mutability),
  );
  return taken && tagConflict(...taken);
}

/** The conflict over a release tag that belongs to the image with the digest `holder` and cannot be moved. */
export function tagConflict(tag: string, holder: string): TagConflict {
  return {
    kind: 'conflict',
    tag,
    message: `The tag '${tag}' names another image already (${holder}), and the repository does not let it move.`,
    remedy: `Release under another name. A tag that is meant to move, such as latest, needs the exclusion filter '${tag}' (IMMUTABLE_WITH_EXCLUSION) or a repository that is MUTABLE.`,
  };
}
