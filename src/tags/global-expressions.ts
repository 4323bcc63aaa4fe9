import type { Commit } from '../commit/commit.ts';
import { formatDate } from './date-format.ts';
import type { Affix } from './flavor.ts';
import { render } from './template.ts';
import type { Expression, Template } from './template.ts';

/**
 * `refs/heads/…`, `refs/tags/…` or `refs/pull/…`; the last one also for `pull_request_target`, which runs on the base. Empty where
 * another commit is built than that of the job's ref, see {@link isOfOtherRef}.
 */
export function refOf(commit: Commit): string {
  const { event, ref, pullRequest } = commit;
  if (event === 'pull_request_target' && pullRequest !== undefined) return `refs/pull/${pullRequest}/merge`;
  return isOfOtherRef(commit) ? '' : ref;
}

/**
 * Whether the job runs for a branch, by default the default branch, that the commit which it builds need not be on: events that anybody
 * can cause run for it whatever is checked out, such as the head of the pull request that a comment is about.
 */
export function isOfOtherRef({ fork, isOpenToStrangers, checkedOut, refSha }: Commit): boolean {
  return (fork !== undefined || isOpenToStrangers) && checkedOut !== refSha;
}

/** The rule's own prefix or suffix, or else the flavor's, with its expressions filled in. */
export function affixText(ruleAffix: Template | undefined, { text }: Affix, commit: Commit): string {
  return renderGlobal(ruleAffix ?? text, commit);
}

/** The text of a template with global expressions. https://github.com/docker/metadata-action#global-expressions */
export function renderGlobal(template: Template, commit: Commit): string {
  return render(template, expression => valueOfExpression(expression, commit));
}

function valueOfExpression({ name, format = '', zone }: Expression, commit: Commit): string {
  const ref = refOf(commit);
  switch (name) {
    case 'branch':
      return branchOf(ref) ?? '';
    case 'tag':
      return tagOf(ref) ?? '';
    case 'sha':
      return shortShaOf(commit);
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
  const isBound = /create|discussion|issues|schedule/.test(commit.event) && !isOfOtherRef(commit);
  return isBound || (commit.defaultBranch !== undefined && branchOf(refOf(commit)) === commit.defaultBranch);
}

/** The short SHA of the commit, by default 7 characters. */
export function shortShaOf({ sha, shaLength = 7 }: Commit): string {
  return sha.slice(0, shaLength);
}

/** The name of the branch that a ref names, if it names one. */
export function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.*)$/s.exec(ref)?.[1];
}

/** The name of the git tag that a ref names, if it names one. */
export function tagOf(ref: string): string | undefined {
  return /^refs\/tags\/(.*)$/s.exec(ref)?.[1];
}
