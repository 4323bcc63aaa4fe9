import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Build } from '../../src/build/build.ts';
import {
  isCacheRequired,
  isOldBuildx,
  missingCapabilities,
  builderKindOf,
  whyNotLoaded,
  needsCache,
  neededCapabilities,
} from '../../src/builder/capabilities.ts';
import type { BuilderKind, Capability } from '../../src/builder/capabilities.ts';
import type { CacheChoice } from '../../src/cache/choose-backend.ts';
import { planCache } from '../../src/cache/plan.ts';
import type { CacheInputs } from '../../src/cache/plan.ts';
import { build, commit, inputs, noAffixes } from '../sample.ts';

const natures: [nature: BuilderKind, wish: Capability, can: boolean][] = [
  ['docker', 'cache', false],
  ['docker', 'platforms', false],
  ['docker', 'attestations', false],
  ['docker', 'annotations', false],
  ['docker', 'attributes', false],
  ['docker', 'outputs', false],
  ['docker', 'privileges', false],
  ['docker with containerd', 'cache', true],
  ['docker with containerd', 'platforms', true],
  ['docker with containerd', 'attestations', true],
  ['docker with containerd', 'annotations', true],
  ['docker with containerd', 'attributes', true],
  ['docker with containerd', 'outputs', true],
  ['docker with containerd', 'privileges', false],
  ['another', 'cache', true],
  ['another', 'platforms', true],
  ['another', 'attestations', true],
  ['another', 'annotations', true],
  ['another', 'attributes', true],
  ['another', 'outputs', true],
  ['another', 'privileges', true],
];

test('what a builder cannot do is known before it is asked', () => {
  for (const [nature, wish, can] of natures)
    assert.equal(missingCapabilities(nature, [wish]).length === 0, can, `${nature}: ${wish}`);
});

const wished: [parts: Partial<Build>, pushed: Capability[], built: Capability[]][] = [
  [{}, [], []],
  [{ attests: ['type=provenance,disabled=true'] }, [], []],
  [{ attests: ['type=sbom'] }, ['attestations'], ['attestations']],
  [{ platforms: ['linux/amd64', 'linux/arm64'] }, ['platforms'], ['platforms']],
  [{ allow: ['security.insecure'] }, ['privileges'], ['privileges']],
  [{ annotations: ['a=b'] }, ['annotations'], []],
  [{ imageAttributes: ['compression=zstd'] }, ['attributes'], []],
  // The engine writes these by itself, one after the other, but not beside a push.
  [{ load: true }, ['outputs'], []],
  [{ outputs: ['out', 'type=tar,dest=a.tar'] }, ['outputs'], []],
  [
    { outputs: ['type=oci,dest=a.tar'], annotations: ['a=b'] },
    ['annotations', 'outputs'],
    ['annotations', 'outputs'],
  ],
  [{ outputs: ['dest=a.tar,type=docker'] }, ['outputs'], ['outputs']],
];

test('a build wishes what its inputs say and what it writes can hold', () => {
  for (const [parts, pushed, built] of wished) {
    assert.deepEqual(
      neededCapabilities({ ...build, ...parts }, { push: true }),
      pushed,
      JSON.stringify(parts),
    );
    assert.deepEqual(
      neededCapabilities({ ...build, ...parts }, { push: false }),
      built,
      JSON.stringify(parts),
    );
  }
});

test('the image itself can hold layers, whoever builds it', () => {
  const off: CacheChoice = { kind: 'off', why: '', from: [], to: [] };
  assert.equal(needsCache(off), false);
  assert.equal(needsCache({ ...off, kind: 'registry', to: ['type=registry,ref=a'] }), true);
  assert.equal(needsCache({ ...off, kind: 'inline', to: ['type=inline'] }), false);
  assert.equal(needsCache({ ...off, kind: 'raw', from: ['a'], to: ['type=inline'] }), false);
  assert.equal(needsCache({ ...off, kind: 'raw', to: ['a'] }), true);
});

const asked: [parts: Partial<CacheInputs>, isAsked: boolean][] = [
  [{}, false],
  [{ cache: 'off' }, false],
  [{ cache: 'inline' }, false],
  [{ cache: 'registry' }, true],
  [{ cache: 'gha' }, true],
  [{ to: ['type=registry,ref=a'] }, true],
  [{ cache: 'off', to: ['type=inline'] }, false],
  [{ cache: 'off', from: ['a'] }, false],
];

test('only a cache that somebody named is asked for', () => {
  for (const [parts, isAsked] of asked) {
    const layers = planCache(
      { ...inputs.layers, ...parts },
      { push: true, commit, affixes: noAffixes, build, isUntrusted: false, repository: inputs.repository },
    );
    assert.equal(isCacheRequired(layers), isAsked, JSON.stringify(parts));
  }
});

test('an engine with the classic image store holds no index', () => {
  const [classic, containerd] = [{ containerdStore: false }, { containerdStore: true }];
  const platforms = ['linux/amd64', 'linux/arm64'];
  assert.equal(whyNotLoaded({ ...build, platforms }, classic), undefined);
  assert.equal(whyNotLoaded({ ...build, load: true }, classic), undefined);
  assert.equal(whyNotLoaded({ ...build, load: true, platforms }, containerd), undefined);
  assert.match(whyNotLoaded({ ...build, load: true, platforms }, classic) ?? '', /one platform/);
  assert.match(whyNotLoaded({ ...build, load: true, attests: ['type=sbom'] }, classic) ?? '', /attestations/);
});

test('a driver is what the engine behind it makes of it', () => {
  const [classic, containerd] = [{ containerdStore: false }, { containerdStore: true }];
  assert.equal(builderKindOf('docker', classic), 'docker');
  assert.equal(builderKindOf('docker', containerd), 'docker with containerd');
  assert.equal(builderKindOf('remote', classic), 'another');
});

test('buildx before 0.12 is too old; one that does not say its version is taken as it is', () => {
  const versions = ['0.11.2', '0.9.1+azure-1', '0.12.0', '0.29.1+ds1', '1.2.3', '0.0.0+unknown', 'main'];
  assert.deepEqual(versions.map(isOldBuildx), [true, true, false, false, false, false, false]);
});
