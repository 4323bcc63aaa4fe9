import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scopesOf } from '../../src/rules/cache-scope.ts';
import type { Scopes } from '../../src/rules/cache-scope.ts';
import type { Commit } from '../../src/rules/plan.ts';
import { commit } from './sample.ts';

const plain = [undefined, undefined, undefined];
const pullRequest = { isPullRequest: true, pullRequest: 7, branch: 'feature', baseBranch: 'next' };

const table: [name: string, commit: Partial<Commit>, scopes: Scopes][] = [
  ['the default branch', {}, { own: 'main', reads: ['main'] }],
  ['another branch', { branch: 'next' }, { own: 'next', reads: ['next', 'main'] }],
  [
    'a branch with a slash',
    { branch: 'feature/x' },
    { own: 'feature-x-<hash>', reads: ['feature-x-<hash>', 'main'] },
  ],
  ['a pull request', pullRequest, { own: 'pr-7-<hash>', reads: ['pr-7-<hash>', 'feature', 'next', 'main'] }],
  [
    "a fork's pull request, whose branch is called main",
    { ...pullRequest, branch: 'main', isFork: true },
    { own: 'pr-7-<hash>', reads: ['pr-7-<hash>', 'next', 'main'] },
  ],
  ['a tag', { branch: '', tag: 'v1.2.3' }, { own: 'tags-<hash>', reads: ['tags-<hash>', 'main'] }],
  [
    'a merge queue',
    { branch: 'gh-readonly-queue/next/pr-7-abc', baseBranch: 'next' },
    { reads: ['next', 'main'] },
  ],
  ['an event that tells nothing', { branch: '', defaultBranch: '' }, { reads: [] }],
];

for (const [name, known, expected] of table) {
  test(`the caches of ${name}`, () => {
    const { branch, defaultBranch, ...rest } = { ...commit, ...known };
    const scopes = scopesOf(
      { ...rest, ...(branch && { branch }), ...(defaultBranch && { defaultBranch }) },
      plain,
    );
    const shown: unknown = JSON.parse(JSON.stringify(scopes).replaceAll(/-[0-9a-f]{8}"/g, '-<hash>"'));
    assert.deepEqual(shown, expected);
  });
}

test('builds that have other layers, and branches whose names look alike, have caches of their own', () => {
  const owns = [
    scopesOf(commit, plain),
    scopesOf(commit, [undefined, 'debug', undefined]),
    scopesOf(commit, [undefined, undefined, 'linux/arm64']),
    scopesOf(commit, ['debug', undefined, undefined]),
    scopesOf({ ...commit, branch: 'a/b' }, plain),
    scopesOf({ ...commit, branch: 'a-b' }, plain),
    scopesOf({ ...commit, branch: 'pr-7' }, plain),
    scopesOf({ ...commit, ...pullRequest }, plain),
  ].map(({ own }) => own);
  assert.equal(new Set(owns).size, owns.length, owns.join());
});

test('a name is always a part of a tag, however long the branch', () => {
  for (const branch of ['x'.repeat(250), 'äöü/€', '.hidden', '-', 'a'.repeat(61)]) {
    assert.match(`buildcache-${scopesOf({ ...commit, branch }, plain).own}`, /^\w[\w.-]{0,127}$/);
  }
});
