import * as pep440 from '@renovatebot/pep440';
import { parse as parseVersion, prerelease, valid } from 'semver';
import type { Commit } from '../commit/commit.ts';
import { renderGlobal, refOf, tagOf } from './global-expressions.ts';
import type { Scheme } from './highest-release.ts';
import type { MatchRule, VersionRule } from './rule.ts';
import { render } from './template.ts';
import type { Template } from './template.ts';

/** Adds the prefix and suffix of a rule to a name. */
type BuildTag = (name: string, more: Partial<GeneratedTag>) => GeneratedTag | undefined;

/** The tag that a version rule gives; `undefined` where there is no git tag and no value. */
export function generateVersionTag(
  rule: VersionRule,
  commit: Commit,
  buildTag: BuildTag,
): GeneratedTag | NoTag | undefined {
  const given = sourceText(rule, commit);
  if (given === undefined) return undefined;
  const text = extractVersion(given, rule.match);
  const isRaw =
    rule.pattern.length === 1 && typeof rule.pattern[0] === 'object' && rule.pattern[0].name === 'raw';
  const version = rule.type === 'semver' ? parseSemver(text) : parsePep440(text);
  if (version === undefined) {
    const rules = rule.type === 'semver' ? 'https://semver.org' : 'https://peps.python.org/pep-0440';
    return { note: `'${text}' is no version by the rules of ${rules}: no tag is made of it.` };
  }
  // A prerelease gets its full version alone.
  const pattern: Template = version.released || isRaw ? rule.pattern : [{ name: 'version', escaped: true }];
  const { released, parts } = version;
  const series = released ? seriesOf(pattern, parts) : undefined;
  const name = render(pattern, each => parts[each.name] ?? '');
  return buildTag(name, {
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

/** The series that a pattern without a patch number stands for; `undefined` where it names a single release. */
function seriesOf(pattern: Template, { major = '', minor = '' }: Record<string, string>): string | undefined {
  const names = new Set(pattern.flatMap(part => (typeof part === 'string' ? [] : [part.name])));
  if (['version', 'raw', 'patch', 'build'].some(name => names.has(name))) return undefined;
  return names.has('minor') ? `${major}.${minor}` : major;
}

/** The semver version of a git tag, if it has one. */
export function gitTagVersion(text: string): Pick<GeneratedTag, 'version'> {
  const version = valid(text);
  if (version === null) return {};
  return { version: { text: version, scheme: 'semver', released: prerelease(text) === null } };
}

interface ParsedVersion {
  /** Whether it is a final release: no prerelease, and by PEP 440 no post-release or development release either. */
  released: boolean;
  parts: Record<string, string>;
}

function parseSemver(text: string): ParsedVersion | undefined {
  const version = valid(text) === null ? null : parseVersion(text);
  if (version === null) return undefined;
  const { raw, version: full, major, minor, patch, prerelease: prereleaseParts, build } = version;
  return {
    released: prerelease(text) === null,
    parts: {
      raw,
      version: full,
      major: String(major),
      minor: String(minor),
      patch: String(patch),
      prerelease: prereleaseParts.join(','),
      build: build.join(','),
    },
  };
}

/** https://peps.python.org/pep-0440/ */
function parsePep440(text: string): ParsedVersion | undefined {
  const version = pep440.valid(text) === null ? null : pep440.explain(text);
  if (version === null) return undefined;
  const full = pep440.clean(text) ?? text;
  const { is_prerelease: isPrerelease, is_postrelease: isPostrelease, is_devrelease: isDevRelease } = version;
  return {
    released: !isPrerelease && !isPostrelease && !isDevRelease,
    parts: {
      raw: text,
      version: full,
      major: String(pep440.major(text)),
      minor: String(pep440.minor(text)),
      patch: String(pep440.patch(text)),
    },
  };
}

/** The tag that a regular expression finds in a git tag; `undefined` where there is no git tag and no value. */
export function generateMatchTag(
  rule: MatchRule,
  commit: Commit,
  buildTag: BuildTag,
): GeneratedTag | NoTag | undefined {
  const given = sourceText(rule, commit);
  if (given === undefined) return undefined;
  const found = matchedText(rule, commit);
  if (found === undefined) {
    return { note: `'${given}' has nothing that '${rule.text}' could take: it gives no tag.` };
  }
  const series = /^v?(\d+(\.\d+)?)$/.exec(found)?.[1];
  const around = series === undefined ? undefined : versionAround(series, given);
  const { version } = { ...gitTagVersion(around ?? given), ...gitTagVersion(found) };
  if (version === undefined || series === undefined)
    return buildTag(found, { latest: true, ...(version && { version }) });
  return buildTag(found, { latest: true, moves: true, version: { ...version, series } });
}

/** What of a text reads as a version of the series: `1.2.3-rc.1` in `app-v1.2.3-rc.1` for `1.2`. */
function versionAround(series: string, text: string): string | undefined {
  return new RegExp(`(?<![\\d.])${RegExp.escape(series)}\\.\\d.*$`, 's').exec(text)?.[0];
}

/** The part of its source text that a `match` rule takes. */
export function matchedText(rule: MatchRule, commit: Commit): string | undefined {
  const expression = new RegExp(rule.pattern.source, rule.pattern.flags);
  return sourceText(rule, commit)?.match(expression)?.[rule.group];
}

/** The text that a rule reads: its own value, or else the git tag. */
function sourceText({ value }: VersionRule | MatchRule, commit: Commit): string | undefined {
  return value === undefined ? tagOf(refOf(commit)) : renderGlobal(value, commit);
}

function extractVersion(text: string, match: string | undefined): string {
  const part = match === undefined ? undefined : text.match(match)?.[1];
  return (part ?? text).replaceAll('/', '-');
}

/** A tag that a rule gives. Its name may still have characters that ECR does not allow. */
export interface GeneratedTag {
  name: string;
  /** Whether docker/metadata-action would give `latest` too if this is the first rule. */
  latest: boolean;
  /** Whether later builds move it to other images. */
  moves: boolean;
  /** Whether the user writes it out by a raw rule, so that it is put on the image without a question. */
  isWrittenOut: boolean;
  /** The version that it was made from, if it was made from one. */
  version?: TagVersion;
}

/** The version that a tag was made from. */
export interface TagVersion {
  text: string;
  scheme: Scheme;
  released: boolean;
  /** The series that the tag stands for, such as `1` or `1.2`. */
  series?: string;
}

/** Why a rule that is meant for this event gives no tag; for the log. */
export interface NoTag {
  note: string;
}
