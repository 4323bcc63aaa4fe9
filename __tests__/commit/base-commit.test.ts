import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseCommitOf } from '../../src/commit/base-commit.ts';

const repository = { default_branch: 'main' };

const [own, base] = ['a'.repeat(40), 'b'.repeat(40)];

test('what runs here goes on the base of its pull request or merge queue, or on the default branch', () => {
  const on = (ref: string, event: object) =>
    baseCommitOf({ GITHUB_REF: ref, GITHUB_SHA: own }, { repository, ...event });
  assert.deepEqual(on('refs/pull/7/merge', { pull_request: { base: { sha: base } } }), { sha: base });
  assert.deepEqual(on('refs/heads/main', { pull_request: { base: { sha: base } } }), { sha: base });
  const queue = 'refs/heads/gh-readonly-queue/main/pr-7-abc';
  assert.deepEqual(on(queue, { merge_group: { base_sha: base } }), { sha: base });
  assert.deepEqual(on('refs/heads/main', {}), { sha: own });
  assert.deepEqual(on('refs/heads/feature', {}), { branch: 'main' });
  assert.deepEqual(on('refs/tags/v1.2.3', {}), { branch: 'main' });
  assert.equal(on('refs/heads/main', { repository: {} }), undefined);
});
