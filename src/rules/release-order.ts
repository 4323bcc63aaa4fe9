import type { Tags } from './tags.ts';

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
