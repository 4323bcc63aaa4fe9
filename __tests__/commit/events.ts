import { commitOf } from '../../src/commit/commit.ts';
import type { Commit, CommitOptions } from '../../src/commit/commit.ts';
import type { EventPayload } from '../../src/commit/event-payload.ts';
import { sha } from '../sample.ts';

/** The merge that GitHub makes of a pull request, or the commit of the branch that it goes into. */
export const other = 'e'.repeat(40);

const head = { ref: 'feature/login', sha, repo: { full_name: 'octo-org/octo-repo' } };

const base = { ref: 'main', sha: other, repo: { full_name: 'octo-org/octo-repo' } };

/** What GitHub says of the repository in nearly every payload. */
export const repository = {
  name: 'octo-repo',
  description: 'Says hello',
  html_url: 'https://github.com/octo-org/octo-repo',
  default_branch: 'main',
  license: { spdx_id: 'MIT' },
};

interface Happening {
  name: string;
  ref: string;
  sha?: string;
  event?: EventPayload;
}

/** A commit as it is read when something happens on GitHub, with nothing checked out. */
export function happening(
  { name, ref, sha: builtSha = sha, event = {} }: Happening,
  surroundings: Partial<CommitOptions> = {},
): Commit {
  const kind = ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  const environment = {
    GITHUB_EVENT_NAME: name,
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: kind,
    GITHUB_SHA: builtSha,
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: '42',
  };
  return commitOf(environment, {
    event: { repository, ...event },
    checkedOut: undefined,
    eventCommit: undefined,
    folders: {},
    now: new Date('2026-11-21T22:30:05.000Z'),
    ...surroundings,
  });
}

const timestamp = '2026-10-01T14:00:00+02:00';

export const branch = (name: string): Commit =>
  happening({ name: 'push', ref: `refs/heads/${name}`, event: { head_commit: { id: sha, timestamp } } });

export const tag = (name: string): Commit =>
  happening({
    name: 'push',
    ref: `refs/tags/${name}`,
    event: { base_ref: 'refs/heads/release/1.x', head_commit: { id: sha, timestamp } },
  });

const pull = { pull_request: { number: 7, head, base } };

const main = 'refs/heads/main';

/** One commit of each kind of event. */
export const events = {
  pullRequest: happening({ name: 'pull_request', ref: 'refs/pull/7/merge', sha: other, event: pull }),
  pullRequestTarget: happening({ name: 'pull_request_target', ref: main, sha: other, event: pull }),
  schedule: happening({ name: 'schedule', ref: main }),
  /** As its payload is where it says nothing of the repository. */
  scheduleAlone: happening({ name: 'schedule', ref: main }, { event: {} }),
  dispatch: happening({ name: 'workflow_dispatch', ref: main }),
  dispatchOfTag: happening({ name: 'workflow_dispatch', ref: 'refs/tags/v1.2.3' }),
  release: happening({ name: 'release', ref: 'refs/tags/v1.2.3' }),
  mergeGroup: happening({
    name: 'merge_group',
    ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc',
    event: { merge_group: { base_ref: main } },
  }),
  workflowRun: happening({ name: 'workflow_run', ref: main }),
  delete: happening({ name: 'delete', ref: main }),
  createTag: happening({ name: 'create', ref: 'refs/tags/v1.2.3' }),
  createBranch: happening({ name: 'create', ref: 'refs/heads/feature/login' }),
  issueComment: happening({ name: 'issue_comment', ref: main }),
  /** A payload with nothing in it. */
  empty: happening({ name: 'repository_dispatch', ref: main, event: { repository: {} } }),
} as const satisfies Record<string, Commit>;
