import { platformTagOf } from '../commit/commit-tag.ts';
import type { Mode } from '../validation/mode.ts';
import type { Tags } from './plan.ts';

/** Those of the tags that a run of this mode has to do with. */
export function tagsOfMode(tags: Tags, { mode, platforms }: { mode: Mode; platforms: string[] }): Tags {
  if (mode === 'build') return tagsOfPlatformBuild(tags, platforms);
  return mode === 'promote' ? tagsOfPromotion(tags) : tags;
}

/** The tags of an image that no build has put the commit's tag on: that one is released with the others where `tags` gives it. */
function tagsOfPromotion(tags: Tags): Tags {
  const { names, candidate } = tags;
  return names.includes(candidate) ? { ...tags, releases: [...tags.releases, candidate] } : tags;
}

/**
 * The tags of a part of an image: only a candidate tag with its platforms, such as `sha-linux-arm64`, which a re-run finds again.
 * The run of `mode: merge` plans the other tags.
 */
function tagsOfPlatformBuild(tags: Tags, platforms: string[]): Tags {
  const noReleases = {
    releases: [],
    names: [],
    notes: [],
    moving: [],
    claims: [],
    versionPatterns: [],
    mayClaim: false,
  } satisfies Partial<Tags>;
  return { ...tags, ...noReleases, candidate: platformTagOf(tags.candidate, platforms) };
}
