import type { Commit } from '../commit/commit.ts';
import { cacheTag } from '../ecr/mutability.ts';
import { isTag, sanitized } from '../ecr/reference.ts';
import type { Affix, Flavor } from './flavor.ts';
import { globalText, isOnDefaultBranch } from './global-expressions.ts';
import { claimsOf, mayClaim, readingsOf } from './highest-claims.ts';
import type { Claim, TagReading } from './highest-release.ts';
import { nameOf } from './rule-names.ts';
import type { TagRule, VersionRule } from './rule.ts';

/** The tags of one image: the one that it is pushed under, and those that it earns. */
export interface Tags {
  /** Names the commit and promises nothing: the build pushes it. */
  candidate: string;
  /** Put on the candidate's digest once the gate lets it pass, in the order of the rules. */
  releases: string[];
  /** All names that the rules give, in the order in which docker/metadata-action would give them. */
  names: string[];
  /** The first of the names: what the image is called in its label. */
  version?: string;
  /** What the rules did not give and why, for the log. */
  notes: string[];
  /** Those of the releases that will name another image one day. */
  moving: string[];
  /** Those that are for the highest release alone, to be asked of the repository. */
  claims: Claim[];
  /** How the rules write versions in tags. */
  readings: TagReading[];
  /** Whether the rules have claims when a release is made: the role then has to be able to ask. */
  mayClaim: boolean;
}

/** The inputs about the names that the image gets. */
export interface TagsInputs {
  /** Without them a pushed git tag gives its version. */
  rules?: TagRule[];
  flavor: Flavor;
}

/** What is wanted where nothing is said: a version as such moves no other tag. */
const versionAlone: VersionRule = {
  text: 'type=semver,pattern={{version}}',
  type: 'semver',
  enable: 'true',
  priority: 900,
  pattern: [{ name: 'version', escaped: true }],
};

/** The same names in the same order as docker/metadata-action gives by the same rules; docs/tags.md has what differs. */
export function planTags({ rules, flavor }: TagsInputs, commit: Commit): Tags {
  const named = (rules ?? [versionAlone])
    .toSorted((one, other) => other.priority - one.priority)
    .filter(rule => isEnabled(rule, commit))
    .flatMap(rule => nameOf(rule, flavor, commit) ?? []);
  const given = named.flatMap(each => ('name' in each && each.name !== '' ? [each] : []));
  const first = given[0];
  const latest =
    first === undefined ? [] : latestOf(flavor, { auto: rules !== undefined && first.latest, commit });
  const names = [...new Set([...given.map(({ name }) => sanitized(name)), ...latest])];
  const fit = names.filter(name => isTag(name) && !name.startsWith(cacheTag));
  // What is not released yet moves nothing, unless it is asked to by name.
  const early = given.filter(({ version }) => version?.released === false);
  const held = [
    ...early.filter(({ version }) => version?.series !== undefined).map(({ name }) => sanitized(name)),
    ...(flavor.latest === 'auto' && first !== undefined && early.includes(first) ? latest : []),
  ];
  // What a commit's tag names is that commit: it is looked for, and taken for what it says, when the commit is built again.
  const { sha, checkedOut: candidate } = commit;
  const releases = fit.filter(name => name !== candidate && name !== sha && !held.includes(name));
  const claims = claimsOf(given, flavor.latest === 'auto' ? latest : []);
  return {
    candidate,
    releases,
    names,
    ...(fit[0] !== undefined && { version: fit[0] }),
    notes: [
      ...new Set(named.flatMap(each => ('note' in each ? [each.note] : []))),
      ...names.filter(name => !fit.includes(name)).map(sayUnfit),
      ...(sha !== candidate && fit.includes(sha) ? [sayUnbuilt(commit)] : []),
      ...held.map(
        name => `The tag '${name}' stays where it is: ${early[0]?.version?.text} is not released yet.`,
      ),
    ],
    moving: releases.filter(
      name => latest.includes(name) || given.some(each => each.moves && sanitized(each.name) === name),
    ),
    claims: claims.filter(({ tag }) => releases.includes(tag)),
    readings: claims.length === 0 ? [] : (rules ?? []).flatMap(rule => readingsOf(rule, flavor, commit)),
    mayClaim: (rules ?? []).some(rule => claims.length > 0 || mayClaim(rule, flavor)),
  };
}

function isEnabled({ enable }: TagRule, commit: Commit): boolean {
  if (enable === 'true' || enable === 'false') return enable === 'true';
  return isOnDefaultBranch(commit) === (enable === 'is_default_branch');
}

function latestOf(
  { latest, prefix, suffix }: Flavor,
  { auto, commit }: { auto: boolean; commit: Commit },
): string[] {
  if (latest === 'false' || (latest === 'auto' && !auto)) return [];
  const of = ({ text, onLatest }: Affix): string => (onLatest ? globalText(text, commit) : '');
  return [sanitized(`${of(prefix)}latest${of(suffix)}`)];
}

function sayUnfit(name: string): string {
  const reason = name.startsWith(cacheTag)
    ? `layers are cached under '${cacheTag}'`
    : name.length > 128
      ? `it has ${name.length} characters, and a tag has 128 at most`
      : "a tag does not begin with '.' or '-'";
  return `The image does not get the tag '${name}': ${reason}.`;
}

function sayUnbuilt({ sha, checkedOut }: Commit): string {
  return (
    `The image does not get the tag '${sha}', because it is built from ${checkedOut}. ` +
    'Check the head out to build it: `ref: ${{ github.event.pull_request.head.sha }}` for actions/checkout.'
  );
}

/** When the release tags go on: once the gate lets the image pass, or with the build's own push. */
export type Release = 'after-gate' | 'with-push';
