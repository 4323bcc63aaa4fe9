import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canMove, registryCache } from '../../src/rules/cache.ts';
import type { Mutability } from '../../src/rules/cache.ts';

const uri = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';
const from = `type=registry,ref=${uri}:buildcache`;
const excluding: Mutability = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['buildcache*'] };

const moves: [tag: string, mutability: Mutability, can: boolean][] = [
  ['buildcache', { setting: 'MUTABLE', exclusions: [] }, true],
  ['buildcache', { setting: 'IMMUTABLE', exclusions: [] }, false],
  ['buildcache', excluding, true],
  ['buildcache-main', excluding, true],
  ['1.2.3', excluding, false],
  ['buildcache', { setting: 'MUTABLE_WITH_EXCLUSION', exclusions: ['v*'] }, true],
  ['v1', { setting: 'MUTABLE_WITH_EXCLUSION', exclusions: ['v*'] }, false],
  ['axb', { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['a.b'] }, false],
  ['my-cache-1', { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['x*', '*cache*'] }, true],
];

test('a tag moves as the repository says', () => {
  for (const [tag, mutability, can] of moves) {
    assert.equal(canMove(tag, mutability), can, `${tag} in ${JSON.stringify(mutability)}`);
  }
});

test('the cache is written as ECR takes it, and its failure is no failure', () => {
  assert.deepEqual(registryCache(uri, { mutability: excluding, readOnly: false, isNew: false }), {
    from: [from],
    to: [`${from},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`],
  });
});

test('who may only read writes nothing, and needs no warning', () => {
  assert.deepEqual(registryCache(uri, { mutability: excluding, readOnly: true, isNew: false }), {
    from: [from],
    to: [],
  });
});

test('a repository that does not let the cache move is read, and told which filter it lacks', () => {
  const cache = registryCache(uri, {
    mutability: { setting: 'IMMUTABLE', exclusions: [] },
    readOnly: false,
    isNew: false,
  });
  assert.deepEqual([cache.from, cache.to], [[from], []]);
  assert.match(cache.warning ?? '', /exclusion filter 'buildcache\*'/);
});

test('a repository made a moment ago has nothing to read', () => {
  const cache = registryCache(uri, { mutability: excluding, readOnly: false, isNew: true });
  assert.deepEqual([cache.from.length, cache.to.length], [0, 1]);
});
