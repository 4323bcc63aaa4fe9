import * as pep440 from '@renovatebot/pep440';
import { parse as parseVersion, prerelease, valid } from 'semver';
import { formatDate } from './dates.ts';
import { isPlain, render } from './expression.ts';
import type { Expression, Template } from './expression.ts';
import type { Affix, Flavor } from './flavor.ts';
import type { Scheme } from './highest.ts';
import type { Commit } from './plan.ts';
import type { MatchRule, TagRule, VersionRule } from './tag-rule.ts';

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

/** `refs/heads/…`, `refs/tags/…` or `refs/pull/…`; a pull request that runs beside its base is one too. */
export function refOf({ event, ref, pullRequest }: Commit): string {
  return event === 'pull_request_target' && pullRequest !== undefined
    ? `refs/pull/${pullRequest}/merge`
    : ref;
}

/** The name that a rule gives the image of a commit; nothing where the rule is for another event. */
export function nameOf(rule: TagRule, flavor: Flavor, commit: Commit): Named | Unnamed | undefined {
  const ref = refOf(commit);
  const whole = (name: string): string =>
    `${affix(rule.prefix, flavor.prefix, commit)}${name}${affix(rule.suffix, flavor.suffix, commit)}`;
  const named = (name: string | undefined, more: Partial<Named> = {}): Named | undefined =>
    name === undefined ? undefined : { latest: false, moves: false, ...more, name: whole(name) };
  switch (rule.type) {
    case 'schedule':
      return commit.event.includes('schedule')
        ? named(globalText(rule.pattern, commit), { moves: isPlain(rule.pattern) })
        : undefined;
    case 'semver':
    case 'pep440':
      return versionNameOf(rule, commit, named);
    case 'match':
      return matchNameOf(rule, commit, named);
    case 'edge':
      return branchOf(ref) !== undefined && branchOf(ref) === (rule.branch ?? commit.defaultBranch)
        ? named('edge', { moves: true })
        : undefined;
    case 'ref':
      return {
        branch: () => named(branchOf(ref), { moves: true }),
        tag: () => named(tagOf(ref), { latest: true, ...gitVersion(tagOf(ref) ?? '') }),
        pr: () => named(/^refs\/pull\/(.*?)(\/merge)?$/.exec(ref)?.[1], { moves: true }),
      }[rule.event]();
    case 'raw':
      // A word is a place that images come to and leave; a number is one of them.
      return named(globalText(rule.value, commit), {
        moves: isPlain(rule.value) && !/\d/.test(globalText(rule.value, commit)),
      });
    case 'sha':
      return named(rule.format === 'short' ? shortOf(commit.sha) : commit.sha, {
        moves: commit.sha !== commit.checkedOut,
      });
  }
}

type Naming = (name: string, more: Partial<Named>) => Named | undefined;

function versionNameOf(rule: VersionRule, commit: Commit, named: Naming): Named | Unnamed | undefined {
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
function gitVersion(text: string): Pick<Named, 'version'> {
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

function matchNameOf(rule: MatchRule, commit: Commit, named: Naming): Named | Unnamed | undefined {
  const given = givenTo(rule, commit);
  if (given === undefined) return undefined;
  const found = given.match(new RegExp(rule.pattern.source, rule.pattern.flags))?.[rule.group];
  if (found === undefined) {
    return { note: `'${given}' has nothing that '${rule.text}' could take: it gives no tag.` };
  }
  const { version } = { ...gitVersion(given), ...gitVersion(found) };
  const series = /^v?(\d+(\.\d+)?)$/.exec(found)?.[1];
  if (version === undefined || series === undefined)
    return named(found, { latest: true, ...(version && { version }) });
  return named(found, { latest: true, moves: true, version: { ...version, series } });
}

/** What a rule reads: its own value, or the git tag. */
function givenTo({ value }: VersionRule | MatchRule, commit: Commit): string | undefined {
  return value === undefined ? tagOf(refOf(commit)) : globalText(value, commit);
}

function versionIn(text: string, match: string | undefined): string {
  const part = match === undefined ? undefined : text.match(match)?.[1];
  return (part ?? text).replaceAll('/', '-');
}

export function affix(own: Template | undefined, { text }: Affix, commit: Commit): string {
  return globalText(own ?? text, commit);
}

/** https://github.com/docker/metadata-action#global-expressions */
export function globalText(template: Template, commit: Commit): string {
  return render(template, expression => globalValue(expression, commit));
}

function globalValue({ name, format = '', zone }: Expression, commit: Commit): string {
  const ref = refOf(commit);
  switch (name) {
    case 'branch':
      return branchOf(ref) ?? '';
    case 'tag':
      return tagOf(ref) ?? '';
    case 'sha':
      return shortOf(commit.sha);
    case 'base_ref':
      return (
        (tagOf(ref) === undefined ? ref.startsWith('refs/pull/') && commit.baseBranch : commit.tagBranch) ||
        ''
      );
    case 'is_default_branch':
      return String(isOnDefaultBranch(commit));
    case 'is_not_default_branch':
      return String(!isOnDefaultBranch(commit));
    case 'date':
      return formatDate(commit.now, format, zone);
    case 'commit_date':
      return formatDate(commit.committedAt ?? commit.now, format, zone);
    default:
      return '';
  }
}

/** Events that have no branch of their own always run on the default branch. */
export function isOnDefaultBranch(commit: Commit): boolean {
  const isBound = /create|discussion|issues|schedule/.test(commit.event);
  return isBound || (commit.defaultBranch !== undefined && branchOf(refOf(commit)) === commit.defaultBranch);
}

function shortOf(sha: string): string {
  return sha.slice(0, 7);
}

function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.*)$/s.exec(ref)?.[1];
}

export function tagOf(ref: string): string | undefined {
  return /^refs\/tags\/(.*)$/s.exec(ref)?.[1];
}
