import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platformsOf } from '../../src/rules/manifest.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

test('the images of an index are its platforms, without the attestations that BuildKit adds', () => {
  const index = JSON.stringify({
    manifests: [
      { digest: digest('a'), platform: { os: 'linux', architecture: 'amd64' } },
      { digest: digest('b'), platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
      { digest: digest('c'), platform: { os: 'unknown', architecture: 'unknown' } },
      {
        digest: digest('d'),
        platform: { os: 'linux', architecture: 'amd64' },
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      },
    ],
  });
  assert.deepEqual(platformsOf(index, digest('e')), [
    { platform: 'linux/amd64', digest: digest('a') },
    { platform: 'linux/arm/v7', digest: digest('b') },
  ]);
});

test('a single manifest is its own image', () => {
  const manifest = JSON.stringify({ config: {}, layers: [] });
  assert.deepEqual(platformsOf(manifest, digest('e')), [{ platform: '', digest: digest('e') }]);
});
