import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ghaCache, inlineCache, localCache, registryCache } from '../../src/cache/backends.ts';
import type { CacheArguments } from '../../src/cache/backends.ts';
import { isMutableTag } from '../../src/ecr/mutability.ts';
import type { TagMutability } from '../../src/ecr/mutability.ts';

const uri = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';

const excluding: TagMutability = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['buildcache*'] };

const moves: [tag: string, mutability: TagMutability, can: boolean][] = [
  ['buildcache-main', { setting: 'MUTABLE', exclusions: [] }, true],
  ['buildcache-main', { setting: 'IMMUTABLE', exclusions: [] }, false],
  ['buildcache-main', excluding, true],
  ['1.2.3', excluding, false],
  ['buildcache-main', { setting: 'MUTABLE_WITH_EXCLUSION', exclusions: ['v*'] }, true],
  ['v1', { setting: 'MUTABLE_WITH_EXCLUSION', exclusions: ['v*'] }, false],
  ['axb', { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['a.b'] }, false],
  ['my-cache-1', { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['x*', '*cache*'] }, true],
];

test('a tag moves as the repository says', () => {
  for (const [tag, mutability, can] of moves) {
    assert.equal(isMutableTag(tag, mutability), can, `${tag} in ${JSON.stringify(mutability)}`);
  }
});

const everything = 'mode=max,ignore-error=true';

const kinds: [name: string, cache: CacheArguments, expected: CacheArguments][] = [
  [
    'the registry, as ECR takes it',
    registryCache(uri, { readTags: ['buildcache-a', 'buildcache-main'], writeTag: 'buildcache-a' }),
    {
      from: [`type=registry,ref=${uri}:buildcache-a`, `type=registry,ref=${uri}:buildcache-main`],
      to: [`type=registry,ref=${uri}:buildcache-a,${everything},image-manifest=true,oci-mediatypes=true`],
    },
  ],
  [
    'the registry, read only',
    registryCache(uri, { readTags: ['buildcache-main'], writeTag: undefined }),
    { from: [`type=registry,ref=${uri}:buildcache-main`], to: [] },
  ],
  [
    "GitHub's cache",
    ghaCache('team-app', { v2: true, writes: true }),
    {
      from: ['type=gha,scope=team-app,version=2,timeout=2m'],
      to: [`type=gha,scope=team-app,version=2,${everything}`],
    },
  ],
  [
    "an older server's cache, read only",
    ghaCache('team-app', { v2: false, writes: false }),
    { from: ['type=gha,scope=team-app,timeout=2m'], to: [] },
  ],
  [
    'folders',
    localCache({ from: '/a', to: '/b' }),
    { from: ['type=local,src=/a'], to: [`type=local,dest=/b,${everything}`] },
  ],
  ['no folder', localCache({ from: undefined, to: undefined }), { from: [], to: [] }],
  [
    'earlier images',
    inlineCache(uri, ['abc']),
    { from: [`type=registry,ref=${uri}:abc`], to: ['type=inline'] },
  ],
];

for (const [name, cache, expected] of kinds) {
  test(`buildx is told of ${name}; only what cannot fail is written without leave to fail`, () => {
    assert.deepEqual(cache, expected);
  });
}
