import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCache } from '../../src/cache/choose-backend.ts';
import type { CacheRegistry, CachePlaces } from '../../src/cache/choose-backend.ts';
import { cacheTagsToFind } from '../../src/cache/plan.ts';
import type { CacheInputs } from '../../src/cache/plan.ts';
import type { Commit } from '../../src/commit/commit.ts';
import { makePlan } from '../../src/plan.ts';
import { commit, inputs } from '../sample.ts';

const place: CacheRegistry = {
  uri: 'ecr/app',
  mutability: { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['buildcache*'] },
  has: () => true,
};

const fixed: CacheRegistry = { ...place, mutability: { setting: 'IMMUTABLE', exclusions: [] } };

const empty: CacheRegistry = { ...place, has: () => false };

const caches: CacheRegistry = {
  ...place,
  uri: 'ecr/caches',
  mutability: { setting: 'MUTABLE', exclusions: [] },
};

const folders = { from: '/restored', to: '/layers' };

const noService = { reads: false, writes: false, v2: true, limit: 'has no token in this job' };

const opaque = {
  reads: true,
  writes: true,
  v2: true,
  notByBuildKit: 'has a token that BuildKit cannot read',
};

const readOnly = { reads: true, writes: false, v2: true, limit: 'may only be read by this job' };

interface Case {
  layers?: Partial<CacheInputs>;
  push?: boolean;
  commit?: Partial<Commit>;
  places?: Partial<CachePlaces>;
}

/** Kind, then what is read, then what is written, each without its options. */
type Expected = [kind: string, from: string[], to: string[], says: RegExp];

const main = 'registry ecr/app:buildcache-main';

const table: [name: string, given: Case, expected: Expected][] = [
  ['the registry can be written', {}, ['registry', [main], [main], /^the registry$/]],
  ['nothing is there yet', { places: { registry: empty } }, ['registry', [], [main], /^the registry$/]],
  [
    'the registry cannot be written',
    { places: { registry: fixed } },
    ['gha', ['gha team-app'], ['gha team-app'], /as the repository is IMMUTABLE without/],
  ],
  [
    'neither can be written',
    { places: { registry: fixed }, layers: { service: noService } },
    ['registry', [main], [], /only read; GitHub's cache has no token.*exclusion filter 'buildcache\*'/],
  ],
  ['nothing is pushed', { push: false }, ['gha', ['gha team-app'], ['gha team-app'], /as nothing is pushed/]],
  [
    "the registry cannot be written, and BuildKit cannot read the server's token",
    { places: { registry: fixed }, layers: { service: opaque } },
    ['registry', [main], [], /only read; GitHub's cache has a token that BuildKit cannot read/],
  ],
  [
    "GitHub is asked for, and BuildKit cannot read the server's token",
    { layers: { cache: 'gha', service: opaque } },
    ['off', [], [], /Layers are not cached: GitHub's cache has a token .*`cache: actions`/],
  ],
  [
    "an archive is asked for, for which the server's token is good",
    { layers: { cache: 'actions', service: opaque } },
    ['actions', ['local /restored'], ['local /layers'], /one archive/],
  ],
  [
    'nothing is pushed and GitHub lets nobody in',
    { push: false, layers: { service: noService } },
    ['off', [], [], /nothing is pushed.*; GitHub's cache has no token/],
  ],
  [
    'a merge queue builds',
    { commit: { branch: 'gh-readonly-queue/main/pr-7' } },
    ['registry', [main], [], /nobody would read/],
  ],
  [
    'anybody may have written what is built',
    { commit: { event: 'workflow_run', checkedOut: 'f'.repeat(40) } },
    ['registry', [main], [], /only read: what is checked out is not the commit that the job runs for/],
  ],
  [
    'anybody may have written what is built, and GitHub is asked for',
    { layers: { cache: 'gha' }, commit: { event: 'issue_comment', checkedOut: 'f'.repeat(40) } },
    ['gha', ['gha team-app'], [], /which is only read, as what is checked out is not the commit/],
  ],
  [
    'the registry is asked for and cannot be written',
    { layers: { cache: 'registry' }, places: { registry: fixed } },
    ['registry', [main], [], /only read.*exclusion filter/],
  ],
  [
    'the registry is asked for and nothing is pushed',
    { layers: { cache: 'registry' }, push: false },
    ['off', [], [], /nothing is pushed/],
  ],
  [
    'caches have a repository of their own',
    { layers: { repository: 'caches' }, places: { cacheRegistry: caches } },
    [
      'registry',
      ['registry ecr/caches:buildcache-main-<hash>'],
      ['registry ecr/caches:buildcache-main-<hash>'],
      /^the repository 'caches'$/,
    ],
  ],
  [
    'that repository cannot be had',
    { layers: { repository: 'caches' } },
    ['gha', ['gha team-app'], ['gha team-app'], /as the repository 'caches' cannot be used/],
  ],
  [
    'GitHub is asked for',
    { layers: { cache: 'gha' } },
    ['gha', ['gha team-app'], ['gha team-app'], /^GitHub/],
  ],
  [
    'GitHub may only be read',
    { layers: { cache: 'gha', service: readOnly } },
    ['gha', ['gha team-app'], [], /which may only be read/],
  ],
  [
    'GitHub lets nobody in',
    { layers: { cache: 'gha', service: noService } },
    ['off', [], [], /has no token in this job.*Layers are not cached/],
  ],
  [
    'an archive is asked for',
    { layers: { cache: 'actions' } },
    ['actions', ['local /restored'], ['local /layers'], /one archive/],
  ],
  [
    'no archive was found',
    { layers: { cache: 'actions' }, places: { folders: { from: undefined, to: '/layers' } } },
    ['actions', [], ['local /layers'], /one archive/],
  ],
  [
    'an archive may only be read',
    { layers: { cache: 'actions', service: readOnly } },
    ['actions', ['local /restored'], [], /which may only be read/],
  ],
  [
    'the image itself',
    { layers: { cache: 'inline' }, commit: { earlier: ['abc'] } },
    ['inline', ['registry ecr/app:abc'], ['inline '], /last stage/],
  ],
  ['off', { layers: { cache: 'off' } }, ['off', [], [], /^off$/]],
  [
    'one end is named',
    { layers: { from: ['type=s3,ref=x'] } },
    ['registry', ['s3 x'], [main], /read as `cache-from` says/],
  ],
  [
    'both ends are named',
    { layers: { from: ['type=s3,ref=x'], to: ['type=s3,ref=y'] } },
    ['raw', ['s3 x'], ['s3 y'], /^as `cache-from`/],
  ],
  [
    'nothing but what is named',
    { layers: { cache: 'off', to: ['type=s3,ref=y'] } },
    ['raw', [], ['s3 y'], /^as/],
  ],
];

for (const [name, given, [kind, from, to, says]] of table) {
  test(`where layers are kept when: ${name}`, () => {
    const { branch, ...rest } = { ...commit, ...given.commit };
    const plan = makePlan(
      { ...inputs, push: given.push ?? true, layers: { ...inputs.layers, ...given.layers } },
      { ...rest, ...(branch && { branch }) },
    );
    const registry = given.push === false ? {} : { registry: place };
    const choice = chooseCache(plan.layers, { ...registry, folders, ...given.places });
    assert.deepEqual([choice.kind, choice.from.map(shortly), choice.to.map(shortly)], [kind, from, to]);
    assert.match(`${choice.why} ${choice.warning ?? ''}`.trim(), says);
  });
}

function shortly(cache: string): string {
  const [, type = '', name = ''] = /^type=(\w+)(?:,(?:ref|scope|src|dest)=([^,]+))?/.exec(cache) ?? [];
  return `${type} ${name.replace(/-[0-9a-f]{8}$/, '-<hash>')}`;
}

test('only tags that could be read are looked for', () => {
  const tagsOf = (layers: Partial<CacheInputs>, known: Partial<Commit> = {}) =>
    cacheTagsToFind(
      makePlan({ ...inputs, layers: { ...inputs.layers, ...layers } }, { ...commit, ...known }).layers,
    );
  assert.deepEqual(tagsOf({}, { branch: 'next' }), ['buildcache-next', 'buildcache-main']);
  assert.deepEqual(tagsOf({ cache: 'inline' }, { earlier: ['abc'] }), ['abc']);
  for (const layers of [{ cache: 'off' }, { cache: 'gha' }, { repository: 'caches' }] as const) {
    assert.deepEqual(tagsOf(layers), []);
  }
});
