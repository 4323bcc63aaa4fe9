import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Build } from '../../src/build/build.ts';
import { isUntrusted } from '../../src/build/untrusted-checkout.ts';
import { scopesOf, limitService } from '../../src/cache/scope.ts';
import type { Scopes } from '../../src/cache/scope.ts';
import type { Commit } from '../../src/commit/commit.ts';
import { branch as pushTo, events } from '../commit/events.ts';
import { build, commit, sha } from '../sample.ts';

const plain = [undefined, undefined, undefined];

const ours = { isUntrusted: false };

const unwritten = 'nobody would read what this ref writes';

const pullRequest = { isPullRequest: true, pullRequest: 7, branch: 'feature', baseBranch: 'next' };

const table: [name: string, commit: Partial<Commit>, scopes: Scopes][] = [
  ['the default branch', {}, { writeTag: 'main', readTags: ['main'] }],
  ['another branch', { branch: 'next' }, { writeTag: 'next', readTags: ['next', 'main'] }],
  [
    'a branch with a slash',
    { branch: 'feature/x' },
    { writeTag: 'feature-x-<hash>', readTags: ['feature-x-<hash>', 'main'] },
  ],
  [
    'a pull request',
    pullRequest,
    { writeTag: 'pr-7-<hash>', readTags: ['pr-7-<hash>', 'feature', 'next', 'main'] },
  ],
  [
    "a fork's pull request, whose branch is called main",
    { ...pullRequest, branch: 'main', isFork: true },
    { writeTag: 'pr-7-<hash>', readTags: ['pr-7-<hash>', 'next', 'main'] },
  ],
  ['a tag', { branch: '', tag: 'v1.2.3' }, { writeTag: 'tags-<hash>', readTags: ['tags-<hash>', 'main'] }],
  [
    'a merge queue',
    { branch: 'gh-readonly-queue/next/pr-7-abc', baseBranch: 'next' },
    { readTags: ['next', 'main'], whyReadOnly: unwritten },
  ],
  [
    'an event that tells nothing',
    { branch: '', defaultBranch: '' },
    { readTags: [], whyReadOnly: unwritten },
  ],
];

for (const [name, known, expected] of table) {
  test(`the caches of ${name}`, () => {
    const { branch, defaultBranch, ...rest } = { ...commit, ...known };
    const scopes = scopesOf(
      { ...rest, ...(branch && { branch }), ...(defaultBranch && { defaultBranch }) },
      plain,
      ours,
    );
    const shown: unknown = JSON.parse(JSON.stringify(scopes).replaceAll(/-[0-9a-f]{8}"/g, '-<hash>"'));
    assert.deepEqual(shown, expected);
  });
}

test('builds that have other layers, and branches whose names look alike, have caches of their own', () => {
  const owns = [
    scopesOf(commit, plain, ours),
    scopesOf(commit, [undefined, 'debug', undefined], ours),
    scopesOf(commit, [undefined, undefined, 'linux/arm64'], ours),
    scopesOf(commit, ['debug', undefined, undefined], ours),
    scopesOf({ ...commit, branch: 'a/b' }, plain, ours),
    scopesOf({ ...commit, branch: 'a-b' }, plain, ours),
    scopesOf({ ...commit, branch: 'pr-7' }, plain, ours),
    scopesOf({ ...commit, ...pullRequest }, plain, ours),
  ].map(({ writeTag: own }) => own);
  assert.equal(new Set(owns).size, owns.length, owns.join());
});

test('a name is always a part of a tag, however long the branch', () => {
  for (const branch of ['x'.repeat(250), 'äöü/€', '.hidden', '-', 'a'.repeat(61)]) {
    assert.match(`buildcache-${scopesOf({ ...commit, branch }, plain, ours).writeTag}`, /^\w[\w.-]{0,127}$/);
  }
});

test("what may be anybody's writes a pull request's cache, and no branch's", () => {
  const untrusted = { isUntrusted: true };
  assert.deepEqual(scopesOf(commit, plain, untrusted), {
    readTags: ['main'],
    whyReadOnly: 'what is checked out is not the commit that the job runs for',
  });
  assert.match(scopesOf({ ...commit, ...pullRequest }, plain, untrusted).writeTag ?? '', /^pr-7-/);
  const service = { reads: true, writes: true, v2: true };
  assert.equal(limitService(service, untrusted).writes, false);
  assert.deepEqual(limitService(service, ours), service);
});

const foreign = 'f'.repeat(40);

const target = { ...events.pullRequestTarget, checkedOut: foreign };

const url = `https://github.com/octo-org/octo-repo.git#${sha}`;

const whose: [name: string, commit: Commit, untrusted: boolean, build?: Partial<Build>][] = [
  ['a push', pushTo('main'), false],
  ['a push that builds a commit of its own making', { ...pushTo('main'), checkedOut: foreign }, false],
  ['a pull request', events.pullRequest, false],
  ["a pull request's head", { ...events.pullRequest, checkedOut: sha }, false],
  ["a pull request's base, beside it", events.pullRequestTarget, false],
  ["a pull request's head, beside its base", target, true],
  ['a run after another', events.workflowRun, false],
  ['another commit, in a run after another', { ...events.workflowRun, checkedOut: foreign }, true],
  ['another commit, for a comment', { ...events.issueComment, checkedOut: foreign }, true],
  ['another commit, by hand', { ...events.dispatch, checkedOut: foreign }, true],
  ['a folder with another commit', { ...events.dispatch, folders: { context: foreign } }, true],
  [
    'a folder with a repository of its own, whose HEAD anybody can forge',
    { ...events.dispatch, hasOtherRepository: true, folders: { context: sha } },
    true,
  ],
  ['files that are not proven to be the commit', { ...events.issueComment, unverified: 'why' }, true],
  [
    'a branch of a fork with the SHA for its name',
    events.dispatch,
    true,
    { context: url.replace('octo-org', 'mallory') },
  ],
  ['the commit of the job, from GitHub', events.dispatch, false, { context: url }],
  ['another address', events.dispatch, true, { context: 'https://github.com/octo-org/octo-repo.git#main' }],
  ['an image as a context', events.dispatch, false, { buildContexts: ['base=docker-image://alpine'] }],
];

for (const [name, known, expected, given] of whose) {
  test(`whether it may be anybody's: ${name}`, () =>
    assert.equal(isUntrusted(known, { ...build, ...given }), expected));
}
