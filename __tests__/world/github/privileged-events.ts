import { common, named } from './event-payload.ts';
import type { EventRepository } from './event-payload.ts';
import { pullRequest } from './event.ts';
import type { Event, PullRequestOptions } from './event.ts';

/**
 * A pull request whose job runs for its base: with the base's commit, the repository's secrets and an identity token, wherever the
 * head is.
 */
export function pullRequestTarget(
  repository: EventRepository,
  options: Omit<PullRequestOptions, 'mergeSha'> & { baseSha: string },
): Event {
  const { payload } = pullRequest(repository, { ...options, mergeSha: 'e'.repeat(40) });
  const { baseSha: sha, baseRef = repository.defaultBranch, headRef } = options;
  const name = 'pull_request_target';
  return {
    name,
    payload,
    job: { eventName: name, ref: `refs/heads/${baseRef}`, sha, headRef, baseRef },
  };
}

export interface WorkflowRunOptions {
  /** The last commit of the default branch, for which the job runs. */
  sha: string;
  /** What started the run that this one follows. */
  after: { event: string; headBranch: string; headSha: string; fork?: string };
}

/** A run after another workflow's, always of the default branch, with an identity token whoever caused the other one. */
export function workflowRun(repository: EventRepository, { sha, after }: WorkflowRunOptions): Event {
  const { repository: own, sender } = common(repository);
  const { event, headBranch, headSha, fork } = after;
  const head = fork ? { ...own, ...named(fork), fork: true } : own;
  const name = 'workflow_run';
  return {
    name,
    job: { eventName: name, ref: `refs/heads/${repository.defaultBranch}`, sha, headRef: '', baseRef: '' },
    payload: {
      action: 'completed',
      workflow_run: {
        id: 30433642,
        name: 'CI',
        event,
        status: 'completed',
        conclusion: 'success',
        head_branch: headBranch,
        head_sha: headSha,
        head_repository: head,
        repository: own,
        // GitHub leaves it empty for a head in a fork.
        pull_requests: [],
      },
      repository: own,
      sender,
    },
  };
}

/** A comment on an issue or a pull request: anybody can write one. Its payload says nothing of a pull request's head. */
export function issueComment(
  repository: EventRepository,
  { sha, number }: { sha: string; number: number },
): Event {
  const name = 'issue_comment';
  const { repository: own, sender } = common(repository);
  return {
    name,
    job: { eventName: name, ref: `refs/heads/${repository.defaultBranch}`, sha, headRef: '', baseRef: '' },
    payload: {
      action: 'created',
      issue: { number, title: 'Say hello', pull_request: { html_url: `${own.html_url}/pull/${number}` } },
      comment: { id: 1, body: '/build', user: sender, author_association: 'NONE' },
      repository: own,
      sender,
    },
  };
}
