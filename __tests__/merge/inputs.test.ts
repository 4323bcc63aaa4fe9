import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexAnnotations, isForIndex } from '../../src/build/annotation-levels.ts';
import type { Build } from '../../src/build/build.ts';
import type { BuilderPlan } from '../../src/builder/plan.ts';
import { refuseMisplacedInputs } from '../../src/merge/inputs.ts';
import type { Release } from '../../src/tags/plan.ts';
import type { Mode } from '../../src/validation/mode.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { build, inputs } from '../sample.ts';

interface Given {
  mode: Mode;
  parts?: Partial<Build>;
  builder?: BuilderPlan;
  release?: Release;
}

function faultsOf({ mode, parts = {}, builder = inputs.builder, release = 'after-gate' }: Given): string {
  const reader = readerOf(() => '');
  refuseMisplacedInputs(reader, { mode, build: { ...build, ...parts }, builder, release });
  return reader.close()?.message ?? '';
}

const node = { driverOpts: [], platforms: [] };

const remote: BuilderPlan = { kind: 'made', driver: 'remote', node, append: [] };

const own: BuilderPlan = { ...remote, driver: 'docker-container' };

const arm = { platforms: ['linux/arm64'] };

const table: [given: Given, faults: RegExp][] = [
  [{ mode: 'build', builder: own }, /^$/],
  [{ mode: 'build', builder: remote, parts: arm }, /^$/],
  [{ mode: 'build', builder: remote }, /platforms: '' is empty, and nobody knows yet/],
  [
    { mode: 'build', builder: { ...own, node: { ...node, endpoint: 'ssh://arm' } } },
    /platforms: '' is empty/,
  ],
  [{ mode: 'all', builder: remote }, /^$/],
  [{ mode: 'build', release: 'with-push' }, /release: 'with-push' would release a part of an image/],
  [{ mode: 'all', release: 'with-push' }, /^$/],
  [{ mode: 'build', parts: { annotations: ['a=b', 'manifest-descriptor:a=b'] } }, /^$/],
  [{ mode: 'build', parts: { annotations: ['index:a=b'] } }, /annotations: 'index:a=b' is for the index/],
  [
    { mode: 'build', parts: { annotations: ['manifest,index:a=b'] } },
    /is for the index, which `mode: merge`/,
  ],
  [{ mode: 'merge', parts: { annotations: ['index:a=b'] } }, /^$/],
  [{ mode: 'merge', parts: { annotations: ['a=b'] } }, /annotations: 'a=b' is for images/],
  [{ mode: 'merge', parts: { annotations: ['manifest,index:a=b'] } }, /is for images/],
  [{ mode: 'all', parts: { annotations: ['index:a=b', 'a=b'] } }, /^$/],
];

test('what would be lost when parts are joined is refused where it is given', () => {
  for (const [given, faults] of table) assert.match(faultsOf(given), faults, JSON.stringify(given));
});

test('an annotation says by its kind what it is put on', () => {
  const texts = [
    'index:a=b',
    'manifest,index:a=b',
    'index-descriptor:a=b',
    'manifest:index=b',
    'index=b',
    'a=index:b',
  ];
  assert.deepEqual(texts.map(isForIndex), [true, true, true, false, false, false]);
  assert.deepEqual(indexAnnotations(['index:a=b=c', 'a=b', 'index:d=']), { a: 'b=c', d: '' });
});
