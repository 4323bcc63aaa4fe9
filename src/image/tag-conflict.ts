import { isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { ExistingImages } from './image.ts';

/** A tag that names another image and cannot be taken from it; what a `Failure` says of it. */
export interface Conflict {
  kind: 'conflict';
  message: string;
  remedy: string;
}

/** The first of the release tags that stands on another image than this digest, or on any if there is none yet, for good. */
export function conflictAmong(
  releases: readonly string[],
  {
    digest,
    earlier,
    mutability,
  }: { digest: string | undefined; earlier: ExistingImages; mutability: TagMutability },
): Conflict | undefined {
  const taken = Object.entries(earlier.releases).find(
    ([tag, holder]) => releases.includes(tag) && holder !== digest && !isMutableTag(tag, mutability),
  );
  return taken && conflictOver(...taken);
}

/** A release tag that stands on another image and cannot be taken from it. */
export function conflictOver(tag: string, holder: string): Conflict {
  return {
    kind: 'conflict',
    message: `The tag '${tag}' names another image already (${holder}), and the repository does not let it move.`,
    remedy: `Release under another name. A tag that is meant to move, such as latest, needs the exclusion filter '${tag}' (IMMUTABLE_WITH_EXCLUSION) or a repository that is MUTABLE.`,
  };
}
