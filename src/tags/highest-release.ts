import * as pep440 from '@renovatebot/pep440';
import { compare, prerelease, valid } from 'semver';
import type { Template } from './template.ts';

/** How versions are written and ordered. */
export type Scheme = 'semver' | 'pep440';

/** A tag that the highest release has: of all, or of its own series. */
export interface Claim {
  tag: string;
  /** The release that wants it. */
  version: string;
  scheme: Scheme;
  /** The series, `1` or `1.2`; of all where it is empty. */
  within: string;
}

/** A way to read the version in the tags that a rule gives: a regular expression with named groups. */
export interface TagReading {
  scheme: Scheme;
  source: string;
  /** How much of a version it reads: 3 numbers, 2 or 1. */
  precision: number;
}

/** The release of a version without what differs between builds of it; nothing where it is none, or none yet. */
export function releaseOf(text: string, scheme: Scheme): string | undefined {
  if (scheme === 'semver') {
    const version = valid(text);
    return version === null || prerelease(version) !== null ? undefined : version;
  }
  const version = pep440.valid(text) === null ? null : pep440.explain(text);
  return version === null || version.is_prerelease || version.is_devrelease ? undefined : version.public;
}

/** How to read the tags of a pattern about versions back. */
export function readingOf(
  scheme: Scheme,
  pattern: Template,
  around: [before: string, after: string],
): TagReading | undefined {
  const names = pattern.flatMap(part => (typeof part === 'string' ? [] : [part.name]));
  if (new Set(names).size < names.length) return undefined;
  const groups: Record<string, string> = {
    version: '(?<version>.+)',
    raw: '(?<version>.+)',
    major: String.raw`(?<major>\d+)`,
    minor: String.raw`(?<minor>\d+)`,
    patch: String.raw`(?<patch>\d+)`,
  };
  const parts = pattern.map(part =>
    typeof part === 'string' ? RegExp.escape(part) : (groups[part.name] ?? '.*'),
  );
  const [before, after] = around.map(RegExp.escape);
  const has = (name: string): boolean => names.includes(name);
  const numbers = has('major') ? (has('minor') ? (has('patch') ? 3 : 2) : 1) : 0;
  const precision = has('version') || has('raw') ? 3 : numbers;
  return precision === 0 ? undefined : { scheme, source: `^${before}${parts.join('')}${after}$`, precision };
}

/** The claims that a higher release in the repository outdoes, and by which version. */
export function outdone(
  claims: readonly Claim[],
  { tags, readings }: { tags: readonly string[]; readings: readonly TagReading[] },
): Map<string, string> {
  // A number alone could be a date; it counts only where no rule writes more of a version.
  const most = Math.max(...readings.map(({ precision }) => precision), 0);
  const exact = readings.filter(({ precision }) => precision === most);
  const found = tags.flatMap(tag => exact.flatMap(reading => versionIn(tag, reading) ?? []));
  return new Map(
    claims.flatMap(claim => {
      const higher = found.find(other => other.scheme === claim.scheme && isHigher(other.version, claim));
      return higher === undefined ? [] : [[claim.tag, higher.version] as const];
    }),
  );
}

function versionIn(
  tag: string,
  { scheme, source }: TagReading,
): { scheme: Scheme; version: string } | undefined {
  const groups = new RegExp(source).exec(tag)?.groups;
  if (groups === undefined) return undefined;
  const { version, major, minor = '0', patch = '0' } = groups;
  const release = releaseOf(version ?? `${major}.${minor}.${patch}`, scheme);
  return release === undefined ? undefined : { scheme, version: release };
}

function isHigher(version: string, { version: own, within, scheme }: Claim): boolean {
  if (within !== '' && !version.startsWith(`${within}.`)) return false;
  return (scheme === 'semver' ? compare(version, own) : pep440.compare(version, own)) > 0;
}
