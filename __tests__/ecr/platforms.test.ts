import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platformIn, platformsOf } from '../../src/ecr/platforms.ts';
import { storedImage, storedIndex } from './stored-manifest.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

test('the images of an index are its platforms, without the attestations that BuildKit adds', () => {
  const index = storedIndex([
    { digest: digest('a'), platform: { os: 'linux', architecture: 'amd64' } },
    { digest: digest('b'), platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
    {
      digest: digest('c'),
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    },
  ]);
  assert.deepEqual(platformsOf(index), [
    { platform: 'linux/amd64', digest: digest('a') },
    { platform: 'linux/arm/v7', digest: digest('b') },
  ]);
});

test('an image escapes the scan neither by the name of its platform nor by an annotation', () => {
  const unknown = { os: 'unknown', architecture: 'unknown' };
  const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
  const manifests = [
    { digest: digest('a'), platform: unknown },
    { digest: digest('b'), platform: { os: 'linux', architecture: 'amd64' }, annotations },
    { digest: digest('c') },
  ];
  assert.deepEqual(platformsOf(storedIndex(manifests)), [
    { platform: 'unknown/unknown', digest: digest('a') },
    { platform: 'linux/amd64', digest: digest('b') },
    { platform: '', digest: digest('c') },
  ]);
});

test("an image's config names its platform", () => {
  assert.equal(platformIn({ os: 'linux', architecture: 'arm', variant: 'v7' }), 'linux/arm/v7');
  assert.equal(platformIn({ os: 'linux', architecture: 'amd64' }), 'linux/amd64');
  for (const none of [{}, { os: 'linux' }, { os: 1, architecture: {} }]) assert.equal(platformIn(none), '');
});

test('a single manifest is its own image', () => {
  const image = storedImage();
  assert.deepEqual(platformsOf(image), [{ platform: '', digest: image.digest }]);
});
