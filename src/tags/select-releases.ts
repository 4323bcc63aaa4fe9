import { isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import { outdone } from './highest-release.ts';
import type { Tags } from './plan.ts';

/** The tags that the image does get, and why it does not get others. */
export interface Choice {
  tags: Tags;
  warnings: string[];
  told: string[];
}

/** Tags that are meant to move and cannot here: they would go on once, and stop every release after it. */
export function stuckIn(mutability: TagMutability, { moving }: Pick<Tags, 'moving'>): string[] {
  return moving.filter(tag => !isMutableTag(tag, mutability));
}

/** Decides before the build what is not going to be released, so that no push can fail over it afterwards. */
export function chooseAmong(
  tags: Tags,
  { mutability, present }: { mutability: TagMutability; present: readonly string[] },
): Choice {
  const stuck = stuckIn(mutability, tags);
  const higher = outdone(tags.claims, { tags: present, readings: tags.readings });
  const releases = tags.releases.filter(tag => !stuck.includes(tag) && !higher.has(tag));
  return {
    tags: { ...tags, releases, claims: tags.claims.filter(({ tag }) => releases.includes(tag)) },
    warnings: stuck.length === 0 ? [] : [sayStuck(stuck, mutability)],
    told: tags.claims.flatMap(({ tag, version }) => {
      const other = stuck.includes(tag) ? undefined : higher.get(tag);
      return other === undefined
        ? []
        : [`The tag '${tag}' stays where it is: ${other} is there already, and ${version} is not higher.`];
    }),
  };
}

function sayStuck(stuck: string[], { setting }: TagMutability): string {
  const names = stuck.map(tag => `'${tag}'`).join(', ');
  const add =
    setting === 'MUTABLE_WITH_EXCLUSION'
      ? 'Take the filter that names them out of the exclusions of the repository'
      : `Add to the repository the exclusion filters ${names} (IMMUTABLE_WITH_EXCLUSION)`;
  return `The image does not get the tags ${names}: they are meant to move, and the repository is ${setting} and does not let them. ${add}, or make it MUTABLE.`;
}

/**
 * The release tags in two turns: those that name one image for good, and those that move. What moves follows a release that
 * is whole, so that `latest` is not taken along by a run which then loses its version to another.
 */
export function turnsOf({ releases, moving }: Pick<Tags, 'releases' | 'moving'>): {
  fixed: string[];
  moving: string[];
} {
  return {
    fixed: releases.filter(tag => !moving.includes(tag)),
    moving: releases.filter(tag => moving.includes(tag)),
  };
}

/** What is told of the release tags of an image that the gate blocks; those that it has from before stay on it. */
export function sayWithheld(withheld: string[], released: string[]): string {
  const stay =
    released.length === 0
      ? ''
      : `${released.join(', ')} ${released.length > 1 ? 'were' : 'was'} released earlier and ${released.length > 1 ? 'stay' : 'stays'} on this image`;
  if (withheld.length === 0) return stay || 'Nothing is released';
  return `Withheld: ${withheld.join(', ')}${stay && `; ${stay}`}`;
}
