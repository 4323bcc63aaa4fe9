import { parse } from 'semver';
import type { Commit } from './plan.ts';

/** The tags of one image: the one that it is pushed under, and those that it earns. */
export interface Tags {
  /** Names the commit and promises nothing: the build pushes it. */
  candidate: string;
  /** Put on the candidate's digest once the gate lets it pass. */
  releases: string[];
}

/** The commit's tag comes first; a pushed git tag `v1.2.3` promises the version `1.2.3`. */
export function planTags(names: readonly string[] | undefined, commit: Commit): Tags {
  const wanted = names ?? [versionOf(commit.tag)].filter(version => version !== undefined);
  return { candidate: commit.sha, releases: [...new Set(wanted)].filter(tag => tag !== commit.sha) };
}

/** The version in a git tag by the rules of https://semver.org; build metadata has no place in an image tag. */
function versionOf(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : parse(tag)?.version;
}
