import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldersOf, unpinnedContexts } from '../../src/build/contexts.ts';
import { build, sha } from '../sample.ts';

const digest = `sha256:${'0'.repeat(64)}`;

const places: [place: string, isPinned: boolean][] = [
  ['.', true],
  ['../shared', true],
  [`https://github.com/o/r.git#${sha}`, true],
  [`https://github.com/o/r.git#${sha}:services/api`, true],
  [`git@github.com:o/r.git#${sha}`, true],
  [`github.com/o/r#${sha}`, true],
  ['https://github.com/o/r.git', false],
  ['https://github.com/o/r.git#main', false],
  ['https://github.com/o/r.git#refs/pull/7/merge', false],
  [`https://github.com/o/r.git#${sha.slice(0, 12)}`, false],
  [`https://github.com/o/r.git#main:${sha}`, false],
  // No repository: the fragment says nothing.
  [`https://example.com/context.tar.gz#${sha}`, false],
  [`docker-image://alpine@${digest}`, true],
  ['docker-image://alpine:3', false],
  [`oci-layout://base@${digest}`, true],
  ['oci-layout://base:3', false],
];

test('a context is pinned by a full commit SHA or a digest, and a folder by the commit', () => {
  for (const [place, isPinned] of places) {
    assert.deepEqual(unpinnedContexts({ ...build, context: place }), isPinned ? [] : ['context'], place);
    const named = { ...build, buildContexts: [`base=${place}`] };
    assert.deepEqual(unpinnedContexts(named), isPinned ? [] : ['base'], place);
  }
});

test('the folders of a build are its contexts and that of the Dockerfile', () => {
  const buildContexts = ['shared=../shared', 'base=docker-image://alpine:3'];
  assert.deepEqual(foldersOf({ ...build, context: 'src', buildContexts, file: 'ci/app/Dockerfile' }), {
    file: 'ci/app',
    context: 'src',
    shared: '../shared',
  });
  assert.deepEqual(foldersOf({ ...build, file: 'Dockerfile' }), { file: '.', context: '.' });
  assert.deepEqual(
    foldersOf({ ...build, context: 'https://github.com/o/r.git', file: 'app/Dockerfile' }),
    {},
  );
});
