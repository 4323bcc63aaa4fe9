import { isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import { findHigherReleases } from './highest-release.ts';
import type { Tags } from './plan.ts';

/** The tags that the image gets, and why it does not get the others. */
export interface SelectedReleases {
  tags: Tags;
  warnings: string[];
  notes: string[];
}

/** Moving tags that this repository does not let move. They would work for one release and fail every later one. */
export function immovableTags(mutability: TagMutability, { moving }: Pick<Tags, 'moving'>): string[] {
  return moving.filter(tag => !isMutableTag(tag, mutability));
}

/**
 * Leaves out tags that cannot move in this repository or that belong to a higher release. It is called before the build, so
 * that the release does not fail on them. `present` has the repository's tags.
 */
export function selectReleases(
  tags: Tags,
  { mutability, present }: { mutability: TagMutability; present: readonly string[] },
): SelectedReleases {
  const immovable = immovableTags(mutability, tags);
  const higherVersions = findHigherReleases(tags.claims, {
    tags: present,
    versionPatterns: tags.versionPatterns,
  });
  const releases = tags.releases.filter(tag => !immovable.includes(tag) && !higherVersions.has(tag));
  return {
    tags: { ...tags, releases, claims: tags.claims.filter(({ tag }) => releases.includes(tag)) },
    warnings: immovable.length === 0 ? [] : [sayImmovable(immovable, mutability)],
    notes: tags.claims.flatMap(({ tag, version }) => {
      const higher = immovable.includes(tag) ? undefined : higherVersions.get(tag);
      return higher === undefined
        ? []
        : [`The tag '${tag}' stays where it is: ${higher} is there already, and ${version} is not higher.`];
    }),
  };
}

function sayImmovable(immovable: string[], { setting }: TagMutability): string {
  const names = immovable.map(tag => `'${tag}'`).join(', ');
  const change =
    setting === 'MUTABLE_WITH_EXCLUSION'
      ? 'Take the filter that names them out of the exclusions of the repository'
      : `Add to the repository the exclusion filters ${names} (IMMUTABLE_WITH_EXCLUSION)`;
  return `The image does not get the tags ${names}: they are meant to move, and the repository is ${setting} and does not let them. ${change}, or make it MUTABLE.`;
}

/**
 * Splits the release tags into those that name one image for good and those that move. The fixed ones are put on first, so that
 * a run which fails on its version tag does not move `latest`.
 */
export function splitFixedAndMoving({ releases, moving }: Pick<Tags, 'releases' | 'moving'>): {
  fixed: string[];
  moving: string[];
} {
  return {
    fixed: releases.filter(tag => !moving.includes(tag)),
    moving: releases.filter(tag => moving.includes(tag)),
  };
}

/** The log line about the release tags of a blocked image. Tags that an earlier run has put on it stay. */
export function sayWithheld(withheld: string[], released: string[]): string {
  const kept =
    released.length === 0
      ? ''
      : `${released.join(', ')} ${released.length > 1 ? 'were' : 'was'} released earlier and ${released.length > 1 ? 'stay' : 'stays'} on this image`;
  if (withheld.length === 0) return kept || 'Nothing is released';
  return `Withheld: ${withheld.join(', ')}${kept && `; ${kept}`}`;
}
