import type { Commit } from '../commit/commit.ts';
import { formatDate } from './date-format.ts';
import type { Affix } from './flavor.ts';
import { render } from './template.ts';
import type { Expression, Template } from './template.ts';

/** `refs/heads/…`, `refs/tags/…` or `refs/pull/…`; a pull request that runs beside its base is one too. */
export function refOf({ event, ref, pullRequest }: Commit): string {
  return event === 'pull_request_target' && pullRequest !== undefined
    ? `refs/pull/${pullRequest}/merge`
    : ref;
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
      return shortOf(commit);
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

export function shortOf({ sha, shaLength = 7 }: Commit): string {
  return sha.slice(0, shaLength);
}

export function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.*)$/s.exec(ref)?.[1];
}

export function tagOf(ref: string): string | undefined {
  return /^refs\/tags\/(.*)$/s.exec(ref)?.[1];
}
