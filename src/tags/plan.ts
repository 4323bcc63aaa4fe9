import { commitTagOf } from '../commit/commit-tag.ts';
import type { Commit } from '../commit/commit.ts';
import { cacheTag } from '../ecr/mutability.ts';
import { isTag, sanitizeTag } from '../ecr/reference.ts';
import { commitAffixesOf } from './flavor.ts';
import type { Affix, Flavor } from './flavor.ts';
import { generateTag } from './generate-tag.ts';
import { isOfOtherRef, isOnDefaultBranch, refOf, renderGlobal } from './global-expressions.ts';
import { claimsOf, mayClaim, versionPatternsOf } from './highest-claims.ts';
import type { Claim, VersionPattern } from './highest-release.ts';
import {
  sayForkHead,
  sayInvalidTag,
  sayLeftOff,
  sayOtherCommit,
  sayOtherRef,
  saySharedLatest,
  sayShaNotBuilt,
  sayUnknownTime,
  sayUnreleased,
} from './notes.ts';
import type { TagRule, VersionRule } from './rule.ts';

/** The tags of one image: the candidate tag that the build pushes, and the release tags that follow the gate. */
export interface Tags {
  /** The tag that names the commit: its SHA with the flavor's prefix and suffix. The build pushes the image under it. */
  candidate: string;
  /** The tag of the whole image, which differs from `candidate` where this run builds a part of it. */
  commitTag: string;
  /** The tags that are put on the candidate's digest once it passes the gate, in the order of the rules. */
  releases: string[];
  /** All tags that the rules give, in the order of docker/metadata-action. */
  names: string[];
  /** The first of `names` that is a valid tag. The image's version label has it. */
  version?: string;
  /** Why rules gave no tag, or a tag that is not released; for the log. */
  notes: string[];
  /** Those of the releases that later builds move to other images, such as `latest`. */
  moving: string[];
  /** The releases that only the highest release may have, so the repository's tags are listed first. */
  claims: Claim[];
  /** The accounts of registries that references in the rules name, 12 digits; absent where none does. */
  registries?: string[];
  /** The patterns that read versions out of the repository's tags. */
  versionPatterns: VersionPattern[];
  /** Whether the rules have claims when a release is made. The role then needs the permission to list tags. */
  mayClaim: boolean;
}

/** The inputs about the image's tags. */
export interface TagsInputs {
  /** Absent where `tags` is empty. A pushed git tag then gives its version. */
  rules?: TagRule[];
  flavor: Flavor;
}

/** The rule where `tags` is empty. A full version moves no other tag. */
const defaultRule: VersionRule = {
  text: 'type=semver,pattern={{version}}',
  type: 'semver',
  enable: 'true',
  priority: 900,
  pattern: [{ name: 'version', escaped: true }],
};

/** Plans the same tags in the same order as docker/metadata-action. docs/tags.md lists the differences. */
export function planTags({ rules, flavor }: TagsInputs, commit: Commit): Tags {
  const enabled = (rules ?? [defaultRule])
    .toSorted((one, other) => other.priority - one.priority)
    .filter(rule => isEnabled(rule, commit));
  const results = enabled.flatMap(rule => generateTag(rule, flavor, commit) ?? []);
  const generated = results.flatMap(each => ('name' in each && each.name !== '' ? [each] : []));
  const first = generated[0];
  const latest =
    first === undefined ? [] : latestTags(flavor, { auto: rules !== undefined && first.latest, commit });
  const names = [...new Set([...generated.map(({ name }) => sanitizeTag(name)), ...latest])];
  const isValid = (name: string): boolean => isTag(name) && !name.startsWith(cacheTag);
  const validNames = names.filter(isValid);
  const writtenOut = new Set(
    generated.filter(({ isWrittenOut }) => isWrittenOut).map(({ name }) => sanitizeTag(name)),
  );
  // A prerelease moves no tag, except those that the user writes out; nor does a version whose release is marked so on GitHub.
  const unreleased = generated.filter(
    ({ version }) => version?.released === false || commit.unreleased !== undefined,
  );
  const heldBack = new Set(
    [
      ...unreleased
        .filter(({ version }) => version?.series !== undefined)
        .map(({ name }) => sanitizeTag(name)),
      ...(flavor.latest === 'auto' && first !== undefined && unreleased.includes(first) ? latest : []),
    ].filter(name => !writtenOut.has(name)),
  );
  // A tag that is a commit's SHA has to name that commit's image: a later build of the commit looks for it and reuses it.
  const { sha, checkedOut } = commit;
  const affixes = commitAffixesOf(flavor);
  const candidate = commitTagOf(checkedOut, affixes);
  const isNotBuilt = (name: string): boolean =>
    sha !== checkedOut && (name.startsWith(sha) || name === commitTagOf(sha, affixes));
  const ofOtherCommits = namesOfOtherCommits(validNames, commit);
  const releases = validNames.filter(
    name => name !== candidate && !isNotBuilt(name) && !ofOtherCommits.includes(name) && !heldBack.has(name),
  );
  const released = new Set(releases);
  const moving = new Set([
    ...latest,
    ...generated.filter(({ moves }) => moves).map(({ name }) => sanitizeTag(name)),
  ]);
  const claims = claimsOf(generated, flavor.latest === 'auto' ? latest : []).filter(
    ({ tag }) => !writtenOut.has(tag),
  );
  const registries = (rules ?? []).flatMap(rule =>
    rule.type === 'raw' && rule.registryId !== undefined && isEnabled(rule, commit) ? [rule.registryId] : [],
  );
  return {
    candidate,
    commitTag: candidate,
    releases,
    names,
    ...(validNames[0] !== undefined && { version: validNames[0] }),
    notes: [
      ...new Set(results.flatMap(each => ('note' in each ? [each.note] : []))),
      ...(commit.committedAt === undefined && enabled.some(rule => hasCommitDate(rule, flavor))
        ? [sayUnknownTime(commit)]
        : []),
      ...names.filter(name => !isValid(name)).map(sayInvalidTag),
      ...sayLeftOff(flavor, candidate),
      ...latest.filter(name => released.has(name)).flatMap(name => saySharedLatest(name, flavor)),
      ...(commit.fork !== undefined && checkedOut !== commit.refSha && releases.length > 0
        ? [sayForkHead(commit, releases)]
        : []),
      ...validNames.filter(isNotBuilt).map(name => sayShaNotBuilt(name, commit)),
      ...ofOtherCommits.map(sayOtherCommit),
      ...(commit.fork === undefined && isOfOtherRef(commit) && refOf(commit) === ''
        ? sayOtherRef(commit)
        : []),
      ...Array.from(
        heldBack,
        name => `The tag '${name}' stays where it is: ${sayUnreleased(commit, unreleased)}.`,
      ),
    ],
    moving: releases.filter(name => moving.has(name)),
    claims: claims.filter(({ tag }) => released.has(tag)),
    ...(registries.length > 0 && { registries }),
    versionPatterns:
      claims.length === 0 ? [] : (rules ?? []).flatMap(rule => versionPatternsOf(rule, flavor, commit)),
    mayClaim: (rules ?? []).some(rule => claims.length > 0 || mayClaim(rule, flavor)),
  };
}

function isEnabled({ enable }: TagRule, commit: Commit): boolean {
  if (enable === 'true' || enable === 'false') return enable === 'true';
  return isOnDefaultBranch(commit) === (enable === 'is_default_branch');
}

function hasCommitDate(rule: TagRule, flavor: Flavor): boolean {
  const templates = [
    rule.prefix ?? flavor.prefix.text,
    rule.suffix ?? flavor.suffix.text,
    ...('value' in rule ? [rule.value] : []),
    ...(rule.type === 'schedule' ? [rule.pattern] : []),
  ];
  return templates.flat().some(part => typeof part !== 'string' && part.name === 'commit_date');
}

function latestTags(
  { latest, prefix, suffix }: Flavor,
  { auto, commit }: { auto: boolean; commit: Commit },
): string[] {
  if (latest === 'false' || (latest === 'auto' && !auto)) return [];
  const affixOf = ({ text, onLatest }: Affix): string => (onLatest ? renderGlobal(text, commit) : '');
  return [sanitizeTag(`${affixOf(prefix)}latest${affixOf(suffix)}`)];
}

/**
 * The names that have from the name of a branch or a git tag what reads as the full SHA of another commit. By such a tag, `SHA-alpine`,
 * `SHA-linux-arm64` or `content-…`, a later run would take this image for that commit's, whatever the flavor of that run is.
 */
function namesOfOtherCommits(names: readonly string[], commit: Commit): string[] {
  const { ref, branch, baseBranch, tagBranch, sha, checkedOut, refSha } = commit;
  const own = new Set([sha, checkedOut, refSha]);
  const refNames = [ref, branch, baseBranch, tagBranch].filter(each => each !== undefined).map(sanitizeTag);
  const others = refNames.flatMap(name => name.match(/[0-9a-f]{40,}/g) ?? []).filter(each => !own.has(each));
  return names.filter(name => others.some(each => name.includes(each)));
}

/** When the release tags are put on the image: after it has passed the gate, or with the push of the build. */
export type Release = 'after-gate' | 'with-push';
