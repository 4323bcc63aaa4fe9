import type { Template } from './template.ts';

/** What every rule says beside its own. */
interface Common {
  /** As the user wrote it. */
  text: string;
  enable: 'true' | 'false' | 'is_default_branch' | 'is_not_default_branch';
  /** The highest comes first. */
  priority: number;
  /** Instead of the flavor's. */
  prefix?: Template;
  suffix?: Template;
}

export type VersionRule = Common & {
  type: 'semver' | 'pep440';
  pattern: Template;
  /** Instead of the git tag. */
  value?: Template;
  /** A regular expression whose first group is the version. */
  match?: string;
};

export type MatchRule = Common & {
  type: 'match';
  /** A regular expression, and the group of it that is the tag. */
  pattern: { source: string; flags: string };
  group: number;
  /** Instead of the git tag. */
  value?: Template;
};

/** One line of `tags`. */
export type TagRule =
  | VersionRule
  | MatchRule
  | (Common & { type: 'schedule'; pattern: Template })
  | (Common & { type: 'edge'; branch?: string })
  | (Common & { type: 'ref'; event: 'branch' | 'tag' | 'pr' })
  | (Common & { type: 'raw'; value: Template })
  | (Common & { type: 'sha'; format: 'short' | 'long' });
