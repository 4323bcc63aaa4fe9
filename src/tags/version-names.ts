import * as pep440 from '@renovatebot/pep440';
import { parse as parseVersion, prerelease, valid } from 'semver';
import type { Commit } from '../commit/commit.ts';
import { globalText, refOf, tagOf } from './global-expressions.ts';
import type { Scheme } from './highest-release.ts';
import type { MatchRule, VersionRule } from './rule.ts';
import { render } from './template.ts';
import type { Template } from './template.ts';

/** Puts prefix and suffix around what a rule gives. */
type Naming = (name: string, more: Partial<Named>) => Named | undefined;

/** The name that a rule about versions gives. */
export function versionNameOf(rule: VersionRule, commit: Commit, named: Naming): Named | Unnamed | undefined {
  const given = givenTo(rule, commit);
  if (given === undefined) return undefined;
  const text = versionIn(given, rule.match);
  const isRaw =
    rule.pattern.length === 1 && typeof rule.pattern[0] === 'object' && rule.pattern[0].name === 'raw';
  const version = rule.type === 'semver' ? semverOf(text) : pep440Of(text);
  if (version === undefined) {
    const rules = rule.type === 'semver' ? 'https://semver.org' : 'https://peps.python.org/pep-0440';
    return { note: `'${text}' is no version by the rules of ${rules}: no tag is made of it.` };
  }
  // What is not released yet stands for itself alone.
  const pattern: Template = version.released || isRaw ? rule.pattern : [{ name: 'version', escaped: true }];
  const { released, parts } = version;
  const series = released ? seriesOf(pattern, parts) : undefined;
  const name = render(pattern, each => parts[each.name] ?? '');
  return named(name, {
    latest: released,
    moves: series !== undefined,
    version: {
      text: parts['version'] ?? text,
      scheme: rule.type,
      released,
      ...(series !== undefined && { series }),
    },
  });
}

/** A pattern without the last number stands for many releases. */
function seriesOf(pattern: Template, { major = '', minor = '' }: Record<string, string>): string | undefined {
  const names = new Set(pattern.flatMap(part => (typeof part === 'string' ? [] : [part.name])));
  if (['version', 'raw', 'patch', 'build'].some(name => names.has(name))) return undefined;
  return names.has('minor') ? `${major}.${minor}` : major;
}

/** What a git tag says of a version, where a rule takes it as it is. */
export function gitVersion(text: string): Pick<Named, 'version'> {
  const version = valid(text);
  if (version === null) return {};
  return { version: { text: version, scheme: 'semver', released: prerelease(text) === null } };
}

interface Version {
  /** Neither before nor after a release. */
  released: boolean;
  parts: Record<string, string>;
}

function semverOf(text: string): Version | undefined {
  const version = valid(text) === null ? null : parseVersion(text);
  if (version === null) return undefined;
  const { raw, version: full, major, minor, patch, prerelease: before, build } = version;
  return {
    released: prerelease(text) === null,
    parts: {
      raw,
      version: full,
      major: String(major),
      minor: String(minor),
      patch: String(patch),
      prerelease: before.join(','),
      build: build.join(','),
    },
  };
}

/** https://peps.python.org/pep-0440/ */
function pep440Of(text: string): Version | undefined {
  const version = pep440.valid(text) === null ? null : pep440.explain(text);
  if (version === null) return undefined;
  const full = pep440.clean(text) ?? text;
  const { is_prerelease: before, is_postrelease: after, is_devrelease: development } = version;
  return {
    released: !before && !after && !development,
    parts: {
      raw: text,
      version: full,
      major: String(pep440.major(text)),
      minor: String(pep440.minor(text)),
      patch: String(pep440.patch(text)),
    },
  };
}

/** The name that a regular expression finds in a git tag. */
export function matchNameOf(rule: MatchRule, commit: Commit, named: Naming): Named | Unnamed | undefined {
  const given = givenTo(rule, commit);
  if (given === undefined) return undefined;
  const found = foundBy(rule, commit);
  if (found === undefined) {
    return { note: `'${given}' has nothing that '${rule.text}' could take: it gives no tag.` };
  }
  const { version } = { ...gitVersion(given), ...gitVersion(found) };
  const series = /^v?(\d+(\.\d+)?)$/.exec(found)?.[1];
  if (version === undefined || series === undefined)
    return named(found, { latest: true, ...(version && { version }) });
  return named(found, { latest: true, moves: true, version: { ...version, series } });
}

/** What a rule takes from what it reads. */
export function foundBy(rule: MatchRule, commit: Commit): string | undefined {
  const expression = new RegExp(rule.pattern.source, rule.pattern.flags);
  return givenTo(rule, commit)?.match(expression)?.[rule.group];
}

/** What a rule reads: its own value, or the git tag. */
function givenTo({ value }: VersionRule | MatchRule, commit: Commit): string | undefined {
  return value === undefined ? tagOf(refOf(commit)) : globalText(value, commit);
}

function versionIn(text: string, match: string | undefined): string {
  const part = match === undefined ? undefined : text.match(match)?.[1];
  return (part ?? text).replaceAll('/', '-');
}

/** What a rule makes of a commit: a tag's name as it is, before it is made fit for a registry. */
export interface Named {
  name: string;
  /** Whether docker/metadata-action would give `latest` too, were it to decide by this rule. */
  latest: boolean;
  /** It will name another image one day. */
  moves: boolean;
  /** What it is made of, where that is a version. */
  version?: NamedVersion;
}

export interface NamedVersion {
  text: string;
  scheme: Scheme;
  released: boolean;
  /** The series that the name stands for, `1` or `1.2`. */
  series?: string;
}

/** Why a rule that is meant for this event gives nothing, for the log. */
export interface Unnamed {
  note: string;
}
