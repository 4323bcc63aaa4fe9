import { createHash } from 'node:crypto';
import type { Build } from './buildx-arguments.ts';
import { canMove } from './cache.ts';
import type { Mutability } from './cache.ts';
import type { Tags } from './tags.ts';

/** When the image gets the tags that promise something. */
export type Release = 'after-gate' | 'with-push';

/** The annotation that says which inputs an image was made from; `BatchGetImage` shows it without another call. */
export const fingerprintAnnotation = 'io.github.ecr-image.inputs';

/** A hash of all that makes an image beside the commit. */
export function fingerprintOf(build: Build): string {
  const { context, file, target, platforms, buildArgs, labels } = build;
  const inputs = JSON.stringify([context, file ?? null, target ?? null, platforms, buildArgs, labels]);
  return createHash('sha256').update(inputs).digest('hex');
}

interface Annotated {
  annotations?: Record<string, string>;
  manifests?: Annotated[];
}

/** The fingerprint in a manifest, or in an index by its entries; `undefined` in what another tool made. */
export function fingerprintIn(manifest: string): string | undefined {
  const { annotations, manifests = [] }: Annotated = JSON.parse(manifest);
  return [{ annotations }, ...manifests].find(each => each.annotations?.[fingerprintAnnotation] !== undefined)
    ?.annotations?.[fingerprintAnnotation];
}

/** What is in the repository under the tags of this commit. */
export interface Earlier {
  candidate?: { digest: string; fingerprint: string | undefined };
  /** Digests of the release tags that exist. */
  releases: Record<string, string>;
}

export type Decision =
  | { kind: 'build' }
  | { kind: 'reuse'; digest: string }
  | { kind: 'conflict'; message: string; remedy: string };

/** Decides before the build what a tag that exists means for it: never a push that can only fail. */
export function decide(
  build: Build,
  tags: Tags,
  found: { earlier: Earlier; mutability: Mutability },
): Decision {
  const { earlier, mutability } = found;
  const { candidate } = earlier;
  const isSame = candidate?.fingerprint === fingerprintOf(build);
  if (candidate !== undefined && !isSame && !canMove(tags.candidate, mutability)) {
    return {
      kind: 'conflict',
      message: `The tag ${tags.candidate} names an image of this commit already (${candidate.digest}), made from other inputs, and it cannot move.`,
      remedy:
        'Build other inputs of one commit into repositories of their own, push another commit, or delete that tag in ECR.',
    };
  }
  const digest = candidate !== undefined && isSame ? candidate.digest : undefined;
  const taken = Object.entries(earlier.releases).find(
    ([tag, holder]) => holder !== digest && !canMove(tag, mutability),
  );
  if (taken !== undefined) return conflictOver(taken[0], taken[1]);
  return digest === undefined ? { kind: 'build' } : { kind: 'reuse', digest };
}

/** A release tag that stands on another image and cannot be taken from it. */
export function conflictOver(tag: string, holder: string): Extract<Decision, { kind: 'conflict' }> {
  return {
    kind: 'conflict',
    message: `The tag '${tag}' names another image already (${holder}), and the repository does not let it move.`,
    remedy: `Release under another name. A tag that is meant to move, such as latest, needs the exclusion filter '${tag}' (IMMUTABLE_WITH_EXCLUSION) or a repository that is MUTABLE.`,
  };
}
