import type { EventPayload, PullRequest } from './event-payload.ts';
import type { RunnerEnvironment } from './short-sha.ts';

/**
 * Events that only somebody with write access causes. All others count as events that anybody can cause, those that GitHub may
 * add one day too: a comment, an issue, a star, a fork, a pull request.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const eventsOfWriters = new Set([
  'branch_protection_rule',
  'create',
  'delete',
  'deployment',
  'deployment_status',
  'merge_group',
  'page_build',
  'push',
  'registry_package',
  'release',
  'repository_dispatch',
  'schedule',
  'workflow_dispatch',
]);

/** Events that are about a head which may be in a fork, and run with the rights of this repository all the same. */
const eventsWithForeignHead = new Set(['pull_request_target', 'workflow_run']);

/**
 * Whether somebody without write access can cause the event of this job, so that what the job finds on its machine may be
 * theirs: a checkout of their commit, or an artifact of their run. A job with the ref of a pull request is that pull request's
 * own. A run after another one is open unless that one was for the default branch, by an event of writers.
 */
export function isOpenToStrangers(environment: RunnerEnvironment, event: EventPayload): boolean {
  const { GITHUB_EVENT_NAME = '', GITHUB_REF = '', GITHUB_REPOSITORY } = environment;
  if (GITHUB_EVENT_NAME === 'pull_request' || GITHUB_REF.startsWith('refs/pull/')) return false;
  const { workflow_run: run, repository } = event;
  if (GITHUB_EVENT_NAME !== 'workflow_run') return !eventsOfWriters.has(GITHUB_EVENT_NAME);
  return !(
    run?.head_repository?.full_name === GITHUB_REPOSITORY &&
    eventsOfWriters.has(run?.event ?? '') &&
    repository?.default_branch !== undefined &&
    run?.head_branch === repository.default_branch
  );
}

/**
 * The fork that the event's head is in, where the job runs with the rights of this repository; `undefined` where the head is in
 * the repository itself or the event has none.
 */
export function forkOf(
  { GITHUB_EVENT_NAME = '', GITHUB_REPOSITORY }: RunnerEnvironment,
  { pull_request: pullRequest, workflow_run: run }: EventPayload,
): string | undefined {
  if (!eventsWithForeignHead.has(GITHUB_EVENT_NAME)) return undefined;
  const head = GITHUB_EVENT_NAME === 'workflow_run' ? run?.head_repository : pullRequest?.head?.repo;
  return head?.full_name === GITHUB_REPOSITORY ? undefined : (head?.full_name ?? 'a repository that is gone');
}

/** Names of branches and git tags that the event is about. Whoever pushes one chooses its name. */
export function refNamesOf(
  { GITHUB_HEAD_REF, GITHUB_BASE_REF, GITHUB_REF_NAME }: RunnerEnvironment,
  { pull_request: pullRequest, workflow_run: run }: EventPayload,
): string[] {
  const names = [GITHUB_HEAD_REF, GITHUB_BASE_REF, GITHUB_REF_NAME, pullRequest?.head?.ref, run?.head_branch];
  return names.flatMap(name => name || []);
}

/** Whether the event is about a pull request. */
export function isPullRequest({ GITHUB_EVENT_NAME = '' }: RunnerEnvironment): boolean {
  return GITHUB_EVENT_NAME.startsWith('pull_request');
}

/** Whether the head of a pull request is in another repository than its base. */
export function isForkOf(pullRequest: PullRequest | undefined): boolean {
  return pullRequest !== undefined && pullRequest.head?.repo?.full_name !== pullRequest.base?.repo?.full_name;
}
