import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CacheChoice } from '../../src/cache/choose-backend.ts';
import {
  coldSecondsIn,
  canRecordColdTime,
  nextColdSeconds,
  sayTimeSaved,
  parseSeconds,
  timeSaved,
  withColdSeconds,
} from '../../src/cache/cold-build-time.ts';
import { planCache } from '../../src/cache/plan.ts';
import { makePlan } from '../../src/plan.ts';
import { storedImage, storedText } from '../ecr/stored-manifest.ts';
import { commit, inputs, noAffixes } from '../sample.ts';

const use = (cached: number, steps = 4) => {
  const workdir = { name: '[build 2/6] WORKDIR /src', isCached: true };
  const runs = Array.from({ length: steps }, (_, at) => ({
    name: `[build ${at + 3}/6] RUN ${at}`,
    isCached: at < cached,
  }));
  const each = [workdir, ...runs];
  return { cacheUse: { steps: each.length, cached: cached + 1, fetched: 0, trouble: [], each }, seconds: 3 };
};

test('the time is noted in the manifest beside what it has, and read from it', () => {
  const manifest = storedImage([], { annotations: { kept: 'yes' } });
  const noted = storedText('image', withColdSeconds(manifest, 12.34));
  assert.deepEqual(JSON.parse(noted.text), {
    ...JSON.parse(manifest.text),
    annotations: { kept: 'yes', 'io.github.ecr-image.cold-seconds': '12.3' },
  });
  assert.equal(coldSecondsIn(noted), 12.3);
  assert.equal(withColdSeconds(noted, 12.3), noted.text);
  assert.equal(coldSecondsIn(manifest), undefined);
  const twice = storedText('image', noted.text.replace('{', '{"layers":[],'));
  assert.equal(coldSecondsIn(twice), undefined, 'a cache never fails a build');
});

test('what is no number of seconds is no time', () => {
  assert.deepEqual(['12.3\n', '7', '', 'soon', '-1', undefined].map(parseSeconds), [
    12.3,
    7,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a build is cold where no step was cached; others are compared with the last that was', () => {
  assert.equal(nextColdSeconds(use(0), 12), 3);
  assert.equal(nextColdSeconds(use(1), 12), 12);
  assert.equal(nextColdSeconds(use(1), undefined), undefined);
  assert.equal(nextColdSeconds(use(0, 0), 12), 12);
  assert.deepEqual(timeSaved(use(1), 12), { seconds: 9, cold: 12 });
  assert.equal(timeSaved(use(0), 12), undefined);
  assert.equal(timeSaved(use(1), undefined), undefined);
});

test('the time saved is told in seconds, and that there is none', () => {
  assert.equal(
    sayTimeSaved({ seconds: 9.04, cold: 12.3 }),
    'about 9.0 s saved against the last cold build (12 s)',
  );
  assert.equal(sayTimeSaved({ seconds: -1, cold: 2 }), 'no time saved against the last cold build (2.0 s)');
});

test('only a cache that the step itself writes keeps the time, and none of ECR Public', () => {
  const { layers } = makePlan(inputs, commit);
  const plan = makePlan(inputs, commit);
  const surroundings = {
    push: true,
    commit,
    affixes: noAffixes,
    build: plan.build,
    isUntrusted: false,
    repository: plan.repository,
  };
  const raw = planCache({ ...inputs.layers, cache: 'registry', to: ['type=gha'] }, surroundings);
  const open = planCache(
    { ...inputs.layers, cache: 'registry' },
    { ...surroundings, repository: { type: 'public', name: 'app' } },
  );
  const registry: Pick<CacheChoice, 'kind' | 'to'> = { kind: 'registry', to: ['type=registry'] };
  assert.equal(canRecordColdTime(layers, registry), true);
  assert.equal(canRecordColdTime(layers, { ...registry, to: [] }), false);
  assert.equal(canRecordColdTime(layers, { kind: 'gha', to: ['type=gha'] }), false);
  assert.equal(canRecordColdTime(layers, { kind: 'actions', to: ['type=local'] }), true);
  assert.equal(canRecordColdTime(raw, registry), false);
  assert.equal(canRecordColdTime(open, registry), false);
  assert.equal(canRecordColdTime(open, { kind: 'actions', to: ['type=local'] }), true);
});
