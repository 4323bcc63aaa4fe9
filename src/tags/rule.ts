import type { Template } from './template.ts';

/** The attributes that every rule has. */
interface CommonAttributes {
  /** The line as the user wrote it. */
  text: string;
  enable: 'true' | 'false' | 'is_default_branch' | 'is_not_default_branch';
  /** Rules with a higher number come first. */
  priority: number;
  /** Replaces the flavor's prefix; `suffix` replaces its suffix. */
  prefix?: Template;
  suffix?: Template;
}

/** A rule that formats a semver or PEP 440 version. */
export type VersionRule = CommonAttributes & {
  type: 'semver' | 'pep440';
  pattern: Template;
  /** The version to format; by default the git tag. */
  value?: Template;
  /** A regular expression whose first group is the version. */
  match?: string;
};

/** A rule that takes a part of the git tag by a regular expression. */
export type MatchRule = CommonAttributes & {
  type: 'match';
  /** A regular expression. Its group number `group` is the tag. */
  pattern: { source: string; flags: string };
  group: number;
  /** The text to search; by default the git tag. */
  value?: Template;
};

/** One line of `tags`. */
export type TagRule =
  | VersionRule
  | MatchRule
  | (CommonAttributes & { type: 'schedule'; pattern: Template })
  | (CommonAttributes & { type: 'edge'; branch?: string })
  | (CommonAttributes & { type: 'ref'; event: 'branch' | 'tag' | 'pr' })
  | (CommonAttributes & {
      type: 'raw';
      value: Template;
      /** The account of the registry, 12 digits, where the user wrote a reference with a host. */
      registryId?: string;
    })
  | (CommonAttributes & { type: 'sha'; format: 'short' | 'long' });
