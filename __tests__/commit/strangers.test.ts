import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventPayload } from '../../src/commit/event-payload.ts';
import { forkOf, isOpenToStrangers } from '../../src/commit/strangers.ts';

const main = 'refs/heads/main';

const own = { full_name: 'octo-org/octo-repo' };

const fork = { full_name: 'mallory/octo-repo' };

const after = (
  event: string,
  head_repository: { full_name: string } | null,
  head_branch = 'main',
): EventPayload => ({
  workflow_run: { event, head_branch, head_repository },
  repository: { default_branch: 'main' },
});

const pull = (repo: { full_name: string } | null): EventPayload => ({
  pull_request: { head: { repo }, base: { repo: own } },
});

const table: [name: string, ref: string, event: EventPayload, isOpen: boolean, fork?: string][] = [
  ['push', main, {}, false],
  ['workflow_dispatch', main, {}, false],
  ['repository_dispatch', main, {}, false],
  ['schedule', main, {}, false],
  ['release', 'refs/tags/v1.2.3', {}, false],
  ['merge_group', 'refs/heads/gh-readonly-queue/main/pr-7-abc', {}, false],
  ['pull_request', 'refs/pull/7/merge', pull(fork), false],
  ['pull_request', main, pull(own), false],
  ['pull_request_review', 'refs/pull/7/merge', pull(fork), false],
  ['pull_request_target', main, pull(own), true],
  ['pull_request_target', main, pull(fork), true, 'mallory/octo-repo'],
  ['pull_request_target', main, pull(null), true, 'a repository that is gone'],
  ['workflow_run', main, after('push', own), false],
  ['workflow_run', main, after('schedule', own), false],
  ['workflow_run', main, after('push', own, 'feature'), true],
  ['workflow_run', main, after('pull_request', own), true],
  ['workflow_run', main, after('workflow_run', own), true],
  ['workflow_run', main, after('push', fork), true, 'mallory/octo-repo'],
  ['workflow_run', main, after('pull_request', fork), true, 'mallory/octo-repo'],
  ['workflow_run', main, after('pull_request', null), true, 'a repository that is gone'],
  ['issue_comment', main, {}, true],
  ['issues', main, {}, true],
  ['discussion_comment', main, {}, true],
  ['watch', main, {}, true],
  ['fork', main, {}, true],
  ['an_event_of_next_year', main, {}, true],
];

test('an event is open to strangers unless only somebody with write access causes it', () => {
  for (const [name, ref, event, isOpen, head] of table) {
    const environment = {
      GITHUB_EVENT_NAME: name,
      GITHUB_REF: ref,
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
    };
    const message = `${name} ${JSON.stringify(event)}`;
    assert.equal(isOpenToStrangers(environment, event), isOpen, message);
    assert.equal(forkOf(environment, event), head, message);
  }
});
