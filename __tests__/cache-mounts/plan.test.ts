import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseMounts } from '../../src/cache-mounts/dockerfile.ts';
import { readMounts } from '../../src/cache-mounts/inputs.ts';
import { chooseMountStore, planMounts } from '../../src/cache-mounts/plan.ts';
import type { PlanMountsOptions } from '../../src/cache-mounts/plan.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { storedImage } from '../ecr/stored-manifest.ts';

const run = (mount: string): string => `FROM debian:12 AS base\nFROM base\nRUN --mount=${mount} make\n`;
const kept = (id: string, options = '') => [
  { args: '', from: 'FROM debian:12', image: 'debian:12', mounts: [{ id, options }] },
];

describe('the cache mounts of a Dockerfile', () => {
  const table: [mount: string, groups: object[], skipped: string[]][] = [
    ['type=cache,target=/root/.npm', kept('/root/.npm'), []],
    ['type=cache,dst=/a/../b//c/', kept('/b/c'), []],
    ['type=cache,id=npm,target=/x,uid=1000,gid=5,mode=0700', kept('npm', ',uid=1000,gid=5,mode=0700'), []],
    ['type=cache,id=npm,sharing=locked,target=/x', kept('npm'), []],
    ['type=bind,target=/x', [], []],
    ['type=cache,id=$ID,target=/x', [], ['$ID has a variable in it']],
    ['type=cache,id=a,from=seed,target=/x', [], ['a begins with the files of an image (`from`)']],
  ];
  for (const [mount, groups, skipped] of table) {
    it(mount, () => assert.deepEqual(parseMounts(run(mount), undefined), { groups, skipped }));
  }

  it('are filled in the image of their stage, with the ARGs that name it', () => {
    const text = `ARG NODE=22\nFROM --platform=$BUILDPLATFORM node:\${NODE} AS one\nRUN --mount=type=cache,target=/a true\nFROM scratch\nRUN --mount=type=cache,target=/b true\n`;
    const { groups, skipped } = parseMounts(text, undefined);
    assert.deepEqual(
      groups.map(({ args, from }) => [args, from]),
      [['ARG NODE=22\n', 'FROM --platform=$BUILDPLATFORM node:${NODE}']],
    );
    assert.deepEqual(skipped, ['/b stands on scratch, which has no shell']);
  });

  it('can be named', () => {
    const named = [
      { id: 'npm', target: '/x' },
      { id: 'pip', target: '/y' },
    ];
    assert.deepEqual(parseMounts(run('type=cache,id=npm,target=/x'), named), {
      groups: kept('npm'),
      skipped: ['pip is not in the Dockerfile, nor a mount at /y'],
    });
  });

  it('can be named by their place where the Dockerfile gives them no id', () => {
    const named = [{ id: 'npm', target: '/root/.npm/' }];
    const found = parseMounts(run('type=cache,target=/root/.npm'), named);
    assert.deepEqual(found, { groups: kept('/root/.npm'), skipped: [] });
  });

  it('are all kept where BuildKit keeps several under one id', () => {
    const text = `FROM debian:12\nRUN --mount=type=cache,id=npm,target=/x true\nRUN --mount=type=cache,id=npm,target=/x,uid=7 true\n`;
    const { groups } = parseMounts(text, [{ id: 'npm', target: '/x' }]);
    assert.deepEqual(
      groups.flatMap(({ mounts }) => mounts),
      [
        { id: 'npm', options: '' },
        { id: 'npm', options: ',uid=7' },
      ],
    );
  });
});

describe('the input cache-mounts', () => {
  const table: [text: string, expected: object | RegExp][] = [
    ['', { kind: 'off' }],
    ['auto', { kind: 'auto' }],
    [
      'npm=/root/.npm\n/a=/a',
      {
        kind: 'named',
        mounts: [
          { id: 'npm', target: '/root/.npm' },
          { id: '/a', target: '/a' },
        ],
      },
    ],
    ['npm', /is not a cache mount/],
    ['npm=relative', /is not a cache mount/],
    ['auto\nnpm=/x', /among mounts that are named/],
  ];
  for (const [text, expected] of table) {
    it(JSON.stringify(text), () => {
      const reader = readerOf(() => text);
      const read = readMounts(reader);
      const refusal = reader.close();
      if (expected instanceof RegExp) assert.match(refusal?.message ?? '', expected);
      else assert.deepEqual([read, refusal], [expected, undefined]);
    });
  }
});

describe('where the contents of cache mounts are kept', () => {
  const github = { reads: true, writes: true, v2: true };
  const nothing = { reads: false, writes: false, v2: true, limit: 'has no token' };
  const manifests = new Map([
    [
      'buildcache-mounts-main',
      storedImage([
        { digest: 'sha256:a', size: 40 },
        { digest: 'sha256:b', size: 2 },
      ]),
    ],
  ]);
  const fixed = { uri: 'host/app', manifests, mutability: { setting: 'IMMUTABLE' as const, exclusions: [] } };
  const filtered = {
    uri: 'host/app',
    manifests,
    mutability: { setting: 'IMMUTABLE_WITH_EXCLUSION' as const, exclusions: ['buildcache*'] },
  };
  const plan: PlanMountsOptions = {
    scopes: { writeTag: 'main', readTags: ['main'] },
    name: 'app',
    push: true,
    isPublic: false,
    cache: 'auto',
    service: github,
  };
  const choose = (over: Partial<PlanMountsOptions>, place: typeof fixed | typeof filtered | undefined) => {
    const mounts = planMounts({ kind: 'auto' }, { ...plan, ...over });
    return mounts.kind === 'off' ? undefined : chooseMountStore(mounts, place);
  };
  it('ECR where the tag may move', () => {
    const writeReference = 'host/app:buildcache-mounts-main';
    const inEcr = { kind: 'registry', writeReference, why: 'the registry' };
    const reads = [{ reference: writeReference, bytes: 42 }];
    assert.deepEqual(choose({}, filtered), { ...inEcr, reads });
    const scopes = { writeTag: 'main', readTags: ['main', 'next'] };
    assert.deepEqual(choose({ scopes }, filtered), { ...inEcr, reads }, 'what is not there is not asked for');
  });
  it('ECR to be read alone, where nothing is written under the ref', () => {
    const scopes = { readTags: ['main'], whyReadOnly: 'nobody would read it' };
    const store = choose({ scopes }, filtered);
    assert.equal(store?.kind === 'registry' && store.writeReference, undefined);
    assert.equal(store?.why, 'the registry, only read: nobody would read it');
  });
  it("GitHub's cache where it may not, or nothing is pushed, or everybody could read", () => {
    assert.equal(choose({}, fixed)?.kind, 'github');
    assert.equal(choose({ push: false }, undefined)?.kind, 'github');
    assert.equal(choose({ isPublic: true }, filtered)?.kind, 'github');
    assert.equal(
      choose({ cache: 'gha' }, filtered)?.kind,
      'github',
      'forks read what layers are kept beside',
    );
    assert.equal(choose({ cache: 'actions' }, filtered)?.kind, 'github');
  });
  it('nowhere without either', () => {
    assert.match(
      choose({ service: nothing }, fixed)?.why ?? '',
      /exclusion filter 'buildcache\*'.* has no token/,
    );
    const why = choose({ service: nothing, cache: 'gha' }, filtered)?.why;
    assert.equal(why, "`cache: gha` keeps nothing in ECR, and GitHub's cache has no token");
  });
});
