import { common, named } from './event-payload.ts';
import type { EventRepository } from './event-payload.ts';
import type { Job } from './job.ts';

/** What started a workflow: the payload at `GITHUB_EVENT_PATH`, and what it makes of the job. */
export interface Event {
  /** `GITHUB_EVENT_NAME` */
  name: string;
  payload: object;
  /** The parts of the job that follow from the event, from which `GITHUB_REF`, `GITHUB_SHA` and the like come. */
  job?: Partial<Job>;
}

export interface CommitOptions {
  sha: string;
  /** ISO 8601, with which the payload dates the commit. */
  timestamp?: string;
  /** The commit that the branch was on before; none for a new one. */
  before?: string;
}

const NO_COMMIT = '0'.repeat(40);

/** A push of commits to a branch, or of a tag: `ref` says which, such as `refs/tags/v1.2.3`. */
export function push(
  repository: EventRepository,
  ref: string,
  { sha, timestamp = '2026-10-01T12:00:00Z', before = NO_COMMIT }: CommitOptions,
): Event {
  const isTag = ref.startsWith('refs/tags/');
  const commit = {
    id: sha,
    message: 'Say hello',
    timestamp,
    url: `https://github.com/${repository.repository}/commit/${sha}`,
    author: { name: 'Octo Cat', email: 'octocat@github.com', username: repository.actor },
    committer: { name: 'GitHub', email: 'noreply@github.com', username: 'web-flow' },
    distinct: true,
  };
  return {
    name: 'push',
    job: { eventName: 'push', ref, sha, headRef: '', baseRef: '' },
    payload: {
      ref,
      before,
      after: sha,
      base_ref: isTag ? `refs/heads/${repository.defaultBranch}` : null,
      created: isTag,
      deleted: false,
      forced: false,
      head_commit: commit,
      commits: isTag ? [] : [commit],
      pusher: { name: repository.actor, email: 'octocat@github.com' },
      ...common(repository),
    },
  };
}

export interface PullRequestOptions {
  number: number;
  /** The merge of head into base that the job checks out: `GITHUB_SHA`. */
  mergeSha: string;
  headSha: string;
  headRef: string;
  baseRef?: string;
  baseSha?: string;
  action?: 'opened' | 'synchronize' | 'reopened';
  /** `owner/name` of the fork that the head is in; none if it is in the repository itself. */
  fork?: string;
}

/** A pull request. The job of one from a fork gets no identity token. */
export function pullRequest(repository: EventRepository, options: PullRequestOptions): Event {
  const { number, mergeSha, headSha, headRef, baseRef = repository.defaultBranch } = options;
  const { baseSha = NO_COMMIT, action = 'synchronize', fork } = options;
  const { repository: base, sender } = common(repository);
  const head = fork ? { ...base, ...named(fork), fork: true } : base;
  return {
    name: 'pull_request',
    job: {
      eventName: 'pull_request',
      ref: `refs/pull/${number}/merge`,
      sha: mergeSha,
      headRef,
      baseRef,
      ...(fork && { idToken: false }),
    },
    payload: {
      action,
      number,
      pull_request: {
        number,
        title: 'Say hello',
        state: 'open',
        merge_commit_sha: mergeSha,
        html_url: `https://github.com/${repository.repository}/pull/${number}`,
        head: { ref: headRef, sha: headSha, label: `${head.owner.login}:${headRef}`, repo: head },
        base: { ref: baseRef, sha: baseSha, label: `${base.owner.login}:${baseRef}`, repo: base },
        user: sender,
      },
      repository: base,
      sender,
    },
  };
}

/** Something that happens to a release on GitHub: it runs for the release's tag. */
export function release(
  repository: EventRepository,
  tag: string,
  { sha, draft = false, prerelease = false }: { sha: string; draft?: boolean; prerelease?: boolean },
): Event {
  return {
    name: 'release',
    job: { eventName: 'release', ref: `refs/tags/${tag}`, sha, headRef: '', baseRef: '' },
    payload: {
      action: 'published',
      release: {
        id: 7,
        tag_name: tag,
        target_commitish: repository.defaultBranch,
        name: tag,
        draft,
        prerelease,
      },
      ...common(repository),
    },
  };
}

/** A run by the clock: always of the default branch. */
export function schedule(repository: EventRepository, cron: string, { sha }: { sha: string }): Event {
  return {
    name: 'schedule',
    job: {
      eventName: 'schedule',
      ref: `refs/heads/${repository.defaultBranch}`,
      sha,
      headRef: '',
      baseRef: '',
    },
    payload: { schedule: cron, workflow: '.github/workflows/release.yml', ...common(repository) },
  };
}

export interface WorkflowDispatchOptions {
  sha: string;
  /** A branch or tag, as a full ref; the default branch if not said. */
  ref?: string;
  inputs?: Record<string, string>;
}

/** A run that somebody started by hand. */
export function workflowDispatch(repository: EventRepository, options: WorkflowDispatchOptions): Event {
  const { sha, ref = `refs/heads/${repository.defaultBranch}`, inputs = {} } = options;
  return {
    name: 'workflow_dispatch',
    job: { eventName: 'workflow_dispatch', ref, sha, headRef: '', baseRef: '' },
    payload: { inputs, ref, workflow: '.github/workflows/release.yml', ...common(repository) },
  };
}
