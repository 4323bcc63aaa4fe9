import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDescribedElsewhere, descriptionOf } from '../../src/image/description.ts';
import type { ImageOrigin } from '../../src/image/description.ts';
import { digestsByPlatform } from '../../src/report/output-values.ts';
import { storedConfig, storedImage } from '../ecr/stored-manifest.ts';

const config = {
  os: 'linux',
  architecture: 'arm',
  variant: 'v7',
  config: { Labels: { team: 'web', a: '' } },
};
const annotations = { 'io.github.ecr-image.inputs': 'abc', title: 'Hello' };

test('an image says its labels and its annotations', () => {
  const manifest = storedImage([], { annotations });
  assert.deepEqual(descriptionOf({ manifest, config: storedConfig(config) }), {
    labels: ['team=web', 'a='],
    derivedAnnotations: ['manifest:title=Hello'],
    annotations: [],
  });
  const nothing = { labels: [], derivedAnnotations: [], annotations: [] };
  for (const said of [{}, { config: null }])
    assert.deepEqual(descriptionOf({ manifest: storedImage(), config: storedConfig(said) }), nothing);
});

const origins: [origin: ImageOrigin, elsewhere: boolean][] = [
  [{ kind: 'built' }, false],
  [{ kind: 'reused', by: 'commit' }, false],
  [{ kind: 'reused', by: 'content' }, true],
  [{ kind: 'joined' }, true],
  [{ kind: 'found' }, true],
];

test('who made an image decides who knows what it says', () => {
  for (const [origin, elsewhere] of origins)
    assert.equal(isDescribedElsewhere(origin), elsewhere, JSON.stringify(origin));
});

test('a platform that nobody knows is not told', () => {
  const images = ['linux/arm64', ''].map(platform => ({ platform, digest: 'd' }));
  assert.deepEqual(digestsByPlatform(images), { 'linux/arm64': 'd' });
});
