import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Commit } from '../../src/commit/commit.ts';
import { sha } from '../sample.ts';
import { branch, events, happening, other, repository, tag } from './events.ts';

const table: [name: string, commit: Commit, said: Partial<Commit>][] = [
  [
    'a push to a branch',
    branch('main'),
    { event: 'push', sha, checkedOut: sha, branch: 'main', committedAt: '2026-10-01T12:00:00.000Z' },
  ],
  ['a pushed tag', tag('v1.2.3'), { tag: 'v1.2.3', tagBranch: 'release/1.x', isPullRequest: false }],
  [
    'a pull request',
    events.pullRequest,
    {
      sha,
      checkedOut: other,
      branch: 'feature/login',
      baseBranch: 'main',
      isPullRequest: true,
      pullRequest: 7,
    },
  ],
  ['a pull request that runs beside its base', events.pullRequestTarget, { sha: other, checkedOut: other }],
  ['a merge queue', events.mergeGroup, { sha, baseBranch: 'main', isPullRequest: false }],
  ['the clock', events.schedule, { sha, checkedOut: sha, defaultBranch: 'main' }],
  ['a comment', events.issueComment, { sha, isPullRequest: false }],
];

test('the commit that is meant, and the one that is built, are read from the event', () => {
  for (const [name, commit, said] of table) {
    for (const [member, value] of Object.entries(said))
      assert.deepEqual(
        Object.entries(commit).find(([each]) => each === member)?.[1],
        value,
        `${name}: ${member}`,
      );
  }
});

test('what is checked out is what is built, whatever the event says', () => {
  const checkedOut = { sha: 'a'.repeat(40), committedAt: '2026-09-01T00:00:00.000Z' };
  const dispatched = { name: 'workflow_dispatch', ref: 'refs/heads/main' };
  assert.equal(happening(dispatched, { checkedOut }).checkedOut, checkedOut.sha);
  assert.equal(happening(dispatched, { checkedOut }).sha, sha);
});

test('a pull request that runs beside its base is its head only where that is checked out', () => {
  const event = { pull_request: { number: 7, head: { sha, repo: { full_name: 'octo-org/octo-repo' } } } };
  const beside = { name: 'pull_request_target', ref: 'refs/heads/main', sha: other, event };
  const at = (built: string) => ({ sha: built, committedAt: '2026-09-01T00:00:00.000Z' });
  const eventCommit = { sha, committedAt: '2026-08-01T00:00:00.000Z' };
  const said = (built: string) => {
    const { sha: is, checkedOut, committedAt } = happening(beside, { checkedOut: at(built), eventCommit });
    return [is, checkedOut, committedAt];
  };
  assert.deepEqual(said(other), [other, other, '2026-09-01T00:00:00.000Z']);
  assert.deepEqual(said(sha), [sha, sha, '2026-08-01T00:00:00.000Z']);
  const merge = 'b'.repeat(40);
  assert.deepEqual(said(merge), [sha, merge, '2026-08-01T00:00:00.000Z']);
});

test('what is checked out beside a base is named after itself where a stranger chose the head', () => {
  const base = { ref: 'main', sha: 'c'.repeat(40), repo: { full_name: 'octo-org/octo-repo' } };
  const saidOf = (fork: string, built: string): string => {
    const event = { pull_request: { number: 7, base, head: { sha, repo: { full_name: fork } } } };
    const beside = { name: 'pull_request_target', ref: 'refs/heads/main', sha: other, event };
    return happening(beside, { checkedOut: { sha: built, committedAt: '2026-09-01T00:00:00.000Z' } }).sha;
  };
  const pushedMeanwhile = 'b'.repeat(40);
  assert.equal(saidOf('mallory/octo-repo', sha), sha);
  assert.equal(saidOf('mallory/octo-repo', pushedMeanwhile), pushedMeanwhile);
  assert.equal(saidOf('mallory/octo-repo', base.sha), base.sha);
  assert.equal(saidOf('octo-org/octo-repo', base.sha), base.sha);
  assert.equal(saidOf('octo-org/octo-repo', pushedMeanwhile), sha);
});

test('a schedule runs on the default branch, whether or not the payload names it', () => {
  const without = (name: string, ref: string) =>
    happening({ name, ref }, { event: { repository: {} } }).defaultBranch;
  assert.equal(without('schedule', 'refs/heads/main'), 'main');
  assert.equal(without('push', 'refs/heads/main'), undefined);
  assert.equal(without('workflow_dispatch', 'refs/heads/main'), undefined);
});

test('the time is that of the commit that is meant, and never the present', () => {
  const push = { name: 'push', ref: 'refs/heads/main' };
  const timeOf = (...[what, around]: Parameters<typeof happening>) => happening(what, around).committedAt;
  const checkedOut = { sha: other, committedAt: '2026-09-01T00:00:00.000Z' };
  const eventCommit = { sha, committedAt: '2026-08-01T00:00:00.000Z' };
  const timestamp = '2026-07-01T02:00:00+02:00';
  assert.equal(timeOf(push), undefined);
  assert.equal(timeOf({ ...push, event: { head_commit: { id: other, timestamp } } }), undefined);
  assert.equal(timeOf(push, { checkedOut }), undefined);
  assert.equal(timeOf(push, { checkedOut: { ...checkedOut, sha } }), checkedOut.committedAt);
  const pullRequest = { pull_request: { number: 7, head: { sha } } };
  const merged = { name: 'pull_request', ref: 'refs/pull/7/merge', sha: other, event: pullRequest };
  assert.equal(timeOf(merged, { checkedOut }), undefined, "a merge's time is not the head's");
  assert.equal(timeOf(merged, { checkedOut, eventCommit }), eventCommit.committedAt);
  assert.equal(timeOf(push, { checkedOut, eventCommit }), eventCommit.committedAt);
  const pushed = { ...push, event: { head_commit: null, commits: [{ id: other }, { id: sha, timestamp }] } };
  assert.equal(timeOf(pushed, { checkedOut, eventCommit }), '2026-07-01T00:00:00.000Z');
});

test('a repository is described as far as GitHub does it', () => {
  assert.deepEqual(branch('main').about, {
    name: 'octo-repo',
    description: 'Says hello',
    url: 'https://github.com/octo-org/octo-repo',
    license: 'MIT',
  });
  const bare = { ...repository, description: null, license: null };
  const { about } = happening({ name: 'push', ref: 'refs/heads/main', event: { repository: bare } });
  assert.deepEqual(about, { name: 'octo-repo', url: 'https://github.com/octo-org/octo-repo' });
  assert.deepEqual(events.empty.about, {
    name: 'octo-repo',
    url: 'https://github.com/octo-org/octo-repo',
  });
});
