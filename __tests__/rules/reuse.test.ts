import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, fingerprintAnnotation, fingerprintIn, fingerprintOf } from '../../src/rules/reuse.ts';
import type { Earlier } from '../../src/rules/reuse.ts';
import type { Mutability } from '../../src/rules/cache.ts';
import { inputs, sha } from './sample.ts';

const build = inputs.build;
const tags = {
  candidate: sha,
  releases: ['1.2.3'],
  names: ['1.2.3'],
  notes: [],
  moving: [],
  claims: [],
  readings: [],
  mayClaim: false,
};
const mine = fingerprintOf(build);
const immutable: Mutability = { setting: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['buildcache*'] };
const mutable: Mutability = { setting: 'MUTABLE', exclusions: [] };

const table: [name: string, earlier: Earlier, mutability: Mutability, kind: string][] = [
  ['nothing there', { releases: {} }, immutable, 'build'],
  ['the same inputs', { candidate: { digest: 'a', fingerprint: mine }, releases: {} }, immutable, 'reuse'],
  [
    'the same inputs, where tags move',
    { candidate: { digest: 'a', fingerprint: mine }, releases: {} },
    mutable,
    'reuse',
  ],
  ['other inputs', { candidate: { digest: 'a', fingerprint: 'x' }, releases: {} }, immutable, 'conflict'],
  [
    'another tool',
    { candidate: { digest: 'a', fingerprint: undefined }, releases: {} },
    immutable,
    'conflict',
  ],
  [
    'other inputs, where tags move',
    { candidate: { digest: 'a', fingerprint: 'x' }, releases: {} },
    mutable,
    'build',
  ],
  [
    'released already',
    { candidate: { digest: 'a', fingerprint: mine }, releases: { '1.2.3': 'a' } },
    immutable,
    'reuse',
  ],
  ['a version of another image', { releases: { '1.2.3': 'b' } }, immutable, 'conflict'],
  ['a version of another image, where tags move', { releases: { '1.2.3': 'b' } }, mutable, 'build'],
  [
    'the same inputs, but the version is taken',
    { candidate: { digest: 'a', fingerprint: mine }, releases: { '1.2.3': 'b' } },
    immutable,
    'conflict',
  ],
];

test('what is there already decides before the build', () => {
  for (const [name, earlier, mutability, kind] of table) {
    assert.equal(decide(build, tags, { earlier, mutability }).kind, kind, name);
  }
});

test('each input makes another fingerprint', () => {
  const others = [
    { ...build, context: 'api' },
    { ...build, file: 'Dockerfile' },
    { ...build, target: 'final' },
    { ...build, platforms: ['linux/arm64'] },
    { ...build, buildArgs: ['A=1'] },
    { ...build, labels: ['A=1'] },
  ];
  assert.equal(new Set([build, ...others].map(each => fingerprintOf(each))).size, 7);
});

test('the fingerprint is read from an index and from a single manifest', () => {
  const annotations = { [fingerprintAnnotation]: mine };
  assert.equal(fingerprintIn(JSON.stringify({ manifests: [{ annotations: {} }, { annotations }] })), mine);
  assert.equal(fingerprintIn(JSON.stringify({ annotations, layers: [] })), mine);
  assert.equal(fingerprintIn(JSON.stringify({ layers: [] })), undefined);
});
