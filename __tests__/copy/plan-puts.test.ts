import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planPuts } from '../../src/copy/plan-puts.ts';
import { digestOf } from '../../src/ecr/manifest.ts';
import type { StoredManifest } from '../../src/ecr/manifest.ts';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const tag = `sha256-${'a'.repeat(64)}.sig`;

/** What cosign puts under the tag of an image: all keys sign one payload, and each signature is an annotation of it. */
function signedBy(...keys: string[]): StoredManifest {
  const layers = keys.map(key => {
    const annotations = {
      'dev.cosignproject.cosign/signature': `by ${key}`,
      'dev.sigstore.cosign/bundle': '{}',
    };
    const type = 'application/vnd.dev.cosign.simplesigning.v1+json';
    return { mediaType: type, digest: digestOf('payload'), size: 7, annotations };
  });
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('{}'), size: 2 };
  const text = JSON.stringify({ schemaVersion: 2, mediaType, config, layers });
  return { digest: digestOf(text), text, mediaType };
}

test('a signature by another key of the same payload is copied, one that is there among others is not, and none is lost', () => {
  const tagsPut = (held: StoredManifest, incoming: StoredManifest) =>
    planPuts(
      {
        root: incoming,
        manifests: [{ ...incoming, tags: [tag], needs: [], blobs: [] }],
        blobs: [],
        bytes: 0,
      },
      {
        to: { repository: { name: 'team/app', registryId: '123456789012', uri: 'host/team/app' } },
        held: { digests: new Set([held.digest]), byTag: new Map([[tag, held]]) },
        log: { info: () => {} },
      },
    ).flatMap(({ tags }) => tags);
  assert.throws(() => tagsPut(signedBy('staging'), signedBy('next')), /something that the source has not/);
  assert.deepEqual(tagsPut(signedBy('staging'), signedBy('staging', 'next')), [tag]);
  assert.deepEqual(tagsPut(signedBy('staging', 'next'), signedBy('next')), []);
  assert.deepEqual(tagsPut(signedBy('staging'), signedBy('staging')), []);
});
