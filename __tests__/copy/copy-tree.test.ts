import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf } from '../../src/ecr/manifest.ts';
import { sampleImage } from '../world/aws/sample.ts';
import { pull, sampleTree, startRegistries } from './registries.ts';

test('an image with attestations, referrers and cosign tags arrives whole at two accounts, each blob read once, and a re-run copies nothing', async () => {
  await using world = await startRegistries();
  const { aws, source } = world;
  const { index, platforms, attestation } = sampleTree(source);
  const [amd64] = platforms;
  assert.ok(amd64);
  for (const image of [...platforms, attestation]) await world.put(image);
  const root = await world.put(index, '1.2.3');
  const signature = sampleImage(source.registry, 'team/app', { labels: { signature: 'of arm64' } });
  const tag = `${platforms[1]?.digest.replace(':', '-')}.sig`;
  await world.put(signature, tag);
  const sbom = sampleImage(source.registry, 'team/app', {
    subject: amd64,
    artifactType: 'application/spdx+json',
  });
  const about = sampleImage(source.registry, 'team/app', { subject: sbom, artifactType: 'application/sig' });
  const ofIndex = sampleImage(source.registry, 'team/app', {
    subject: index,
    artifactType: 'application/sig',
  });
  for (const referrer of [sbom, about, ofIndex]) await world.put(referrer);

  const tree = await world.read(root);
  assert.deepEqual(
    new Set(tree.manifests.map(({ digest }) => digest)),
    new Set([index, ...platforms, attestation, signature, sbom, about, ofIndex].map(({ digest }) => digest)),
  );
  const places = [
    await world.open({ accountId: '210987654321' }),
    await world.open({ region: 'us-east-1', settings: { imageTagMutability: 'IMMUTABLE' } }),
  ];
  const { results, readBytes } = await world.copy(tree, places);
  const blobBytes = tree.blobs.reduce((sum, { size }) => sum + size, 0);
  const copied = { kind: 'copied', manifests: 8, sentBytes: blobBytes, mountedBytes: 0, presentBytes: 0 };
  assert.deepEqual(results, Array(2).fill({ status: 'fulfilled', value: copied }));
  assert.equal(readBytes, blobBytes);
  assert.equal(aws.layers.done.length, tree.blobs.length);
  for (const place of places) {
    for (const { digest, text } of tree.manifests)
      assert.equal((await pull(place, `manifests/${digest}`)).toString(), text);
    for (const { digest } of tree.blobs)
      assert.equal(digestOf((await pull(place, `blobs/${digest}`)).toString()), digest);
    const { imageTags } = place.registry.repository('team/app') ?? {};
    assert.deepEqual([...(imageTags ?? [])], [[tag, signature.digest]]);
  }

  const before = aws.requests.length;
  const again = await world.copy(tree, places);
  const there = { kind: 'there', manifests: 0, sentBytes: 0, mountedBytes: 0, presentBytes: blobBytes };
  assert.deepEqual(again.results, Array(2).fill({ status: 'fulfilled', value: there }));
  assert.deepEqual(
    aws.requests.slice(before).map(({ operation }) => operation),
    ['BatchGetImage', 'BatchGetImage'],
  );
});
