import * as pep440 from '@renovatebot/pep440';
import { compare, prerelease, valid } from 'semver';
import type { Template } from './template.ts';

/** The rules by which versions are written and ordered. */
export type Scheme = 'semver' | 'pep440';

/** A tag that only the highest release may have, either of all releases or of its series. */
export interface Claim {
  tag: string;
  /** The version of the release that this run builds. */
  version: string;
  scheme: Scheme;
  /** The series, such as `1` or `1.2`. Empty for the highest of all releases. */
  series: string;
}

/** Reads the version out of a tag that a rule gave. */
export interface VersionPattern {
  scheme: Scheme;
  /** A regular expression with the named group `version`, or `major`, `minor` and `patch`. */
  source: string;
  /** How many numbers of a version it reads: 3, 2 or 1. */
  precision: number;
}

/** The version without its build metadata; `undefined` where the text is no version or a prerelease. */
export function releaseOf(text: string, scheme: Scheme): string | undefined {
  if (scheme === 'semver') {
    const version = valid(text);
    return version === null || prerelease(version) !== null ? undefined : version;
  }
  const version = pep440.valid(text) === null ? null : pep440.explain(text);
  return version === null || version.is_prerelease || version.is_devrelease ? undefined : version.public;
}

/** The pattern that reads versions out of tags which a template of version expressions gave. */
export function versionPatternOf(
  scheme: Scheme,
  pattern: Template,
  affixes: [before: string, after: string],
): VersionPattern | undefined {
  const names = pattern.flatMap(part => (typeof part === 'string' ? [] : [part.name]));
  if (new Set(names).size < names.length) return undefined;
  const groups: Record<string, string> = {
    version: '(?<version>.+)',
    raw: '(?<version>.+)',
    major: String.raw`(?<major>\d+)`,
    minor: String.raw`(?<minor>\d+)`,
    patch: String.raw`(?<patch>\d+)`,
  };
  const sources = pattern.map(part =>
    typeof part === 'string' ? RegExp.escape(part) : (groups[part.name] ?? '.*'),
  );
  const [before, after] = affixes.map(RegExp.escape);
  const has = (name: string): boolean => names.includes(name);
  const numberCount = has('major') ? (has('minor') ? (has('patch') ? 3 : 2) : 1) : 0;
  const precision = has('version') || has('raw') ? 3 : numberCount;
  return precision === 0
    ? undefined
    : { scheme, source: `^${before}${sources.join('')}${after}$`, precision };
}

/** The claimed tags that belong to a higher release in the repository, with the version of that release. */
export function findHigherReleases(
  claims: readonly Claim[],
  { tags, versionPatterns }: { tags: readonly string[]; versionPatterns: readonly VersionPattern[] },
): Map<string, string> {
  // A single number may be a date, so it counts only where no rule writes more of a version.
  const highestPrecision = Math.max(...versionPatterns.map(({ precision }) => precision), 0);
  const mostPrecise = versionPatterns.filter(({ precision }) => precision === highestPrecision);
  const presentVersions = tags.flatMap(tag =>
    mostPrecise.flatMap(pattern => readVersion(tag, pattern) ?? []),
  );
  return new Map(
    claims.flatMap(claim => {
      const higher = presentVersions.find(
        other => other.scheme === claim.scheme && isHigher(other.version, claim),
      );
      return higher === undefined ? [] : [[claim.tag, higher.version] as const];
    }),
  );
}

function readVersion(
  tag: string,
  { scheme, source }: VersionPattern,
): { scheme: Scheme; version: string } | undefined {
  const groups = new RegExp(source).exec(tag)?.groups;
  if (groups === undefined) return undefined;
  const { version, major, minor = '0', patch = '0' } = groups;
  const release = releaseOf(version ?? `${major}.${minor}.${patch}`, scheme);
  return release === undefined ? undefined : { scheme, version: release };
}

function isHigher(version: string, { version: claimed, series, scheme }: Claim): boolean {
  if (series !== '' && !version.startsWith(`${series}.`)) return false;
  return (scheme === 'semver' ? compare(version, claimed) : pep440.compare(version, claimed)) > 0;
}
