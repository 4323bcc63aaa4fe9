import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PutAccountSettingCommand } from '@aws-sdk/client-ecr';
import { digestOf } from '../../src/ecr/manifest.ts';
import { clientsIn, sampleImage } from '../world/aws/sample.ts';
import type { SampleImage } from '../world/aws/sample.ts';
import { pull, sampleTree, startRegistries } from './in-process-registries.ts';
import type { CopyResult, Registries } from './in-process-registries.ts';

let world: Registries;
before(async () => {
  world = await startRegistries();
});
after(() => world[Symbol.asyncDispose]());

test('an image with attestations, referrers and cosign tags arrives whole at two accounts, each blob read once, and a re-run copies nothing', async () => {
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
  assert.deepEqual(
    results,
    places.map(() => ({ status: 'fulfilled', value: copied })),
  );
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

  const askedBefore = aws.requests.length;
  const again = await world.copy(tree, places);
  const there = { kind: 'there', manifests: 0, sentBytes: 0, mountedBytes: 0, presentBytes: blobBytes };
  assert.deepEqual(
    again.results,
    places.map(() => ({ status: 'fulfilled', value: there })),
  );
  assert.deepEqual(
    aws.requests.slice(askedBefore).map(({ operation }) => operation),
    ['BatchGetImage', 'BatchGetImage'],
  );
});

test('of repositories in one registry only the first is sent a layer, where the account lets the others mount it', async () => {
  const { aws } = world;
  const { index, platforms, attestation } = sampleTree(world.source, { story: 'mounted' });
  for (const image of [...platforms, attestation]) await world.put(image);
  const tree = await world.read(await world.put(index));
  const names = ['team/a', 'team/b', 'team/c'];
  const region = 'us-east-1';
  const openAll = (prefix: string) =>
    Promise.all(names.map(name => world.open({ region, name: `${prefix}/${name}` })));
  const bytes = tree.blobs.reduce((sum, { size }) => sum + size, 0);
  const sumUp = ({ results }: CopyResult) =>
    results
      .map(each => {
        if (each.status === 'rejected') throw each.reason;
        return { sent: each.value.sentBytes, mounted: each.value.mountedBytes };
      })
      .toSorted((one, other) => one.sent - other.sent);
  const [isSent, isMounted] = [
    { sent: bytes, mounted: 0 },
    { sent: 0, mounted: bytes },
  ];

  const sent = await world.copy(tree, await openAll('sent'));
  assert.deepEqual(sumUp(sent), [isSent, isSent, isSent]);
  assert.equal(sent.readBytes, bytes);

  const { ecr } = clientsIn(aws, aws.accountId, { actions: ['ecr:*'], region });
  await ecr.send(new PutAccountSettingCommand({ name: 'BLOB_MOUNTING', value: 'ENABLED' }));
  const mounted = await world.copy(tree, await openAll('mounted'));
  assert.deepEqual(sumUp(mounted), [isMounted, isMounted, isSent]);
});

test("another tool's tag goes where it may, stays where it has more already, and takes nothing away", async () => {
  const { source } = world;
  const image = sampleImage(source.registry, 'team/app', { labels: { story: 'tags' } });
  const root = await world.put(image);
  const tag = `${image.digest.replace(':', '-')}.sig`;
  const signature = (...names: string[]) => {
    const layers = names.map(name => {
      return {
        mediaType: 'x/y',
        digest: source.registry.layers.putBlob('team/app', name),
        size: name.length,
      };
    });
    const empty = { mediaType: 'x/y', digest: source.registry.layers.putBlob('team/app', '{}'), size: 2 };
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: image.mediaType, config: empty, layers });
    return { manifest, digest: digestOf(manifest), mediaType: image.mediaType };
  };
  const [other, ours, more] = [
    signature('other'),
    signature('ours', 'other'),
    signature('ours', 'other', 'own'),
  ];
  const own = signature('own');
  /** A repository that has the image, and what somebody else has put under the tag there. */
  const openWith = async (name: string, held: SampleImage, settings = {}) => {
    const place = await world.open({ region: 'us-east-1', name, settings });
    await world.put(held, tag);
    await world.copy(await world.read(root), [place]);
    return place;
  };
  const places = [
    await openWith('team/moves', other),
    await openWith('team/more', more),
    await openWith('team/stays', other, { imageTagMutability: 'IMMUTABLE' }),
    await openWith('team/own', own),
  ];
  await world.put(ours, tag);
  const { results, lines } = await world.copy(await world.read(root), places);
  const holders = places.map(({ registry, repository }) =>
    registry.repository(repository.name)?.imageTags.get(tag),
  );
  assert.deepEqual(holders, [ours.digest, more.digest, other.digest, own.digest]);
  assert.deepEqual(
    results.map(each => (each.status === 'fulfilled' ? each.value.kind : each.reason.message)),
    [
      'copied',
      'there',
      `${places[2]?.repository.uri} has another manifest under ${tag}, by which signatures and the like are found, and does not let that tag move.`,
      `${places[3]?.repository.uri} has under ${tag}, by which signatures and the like are found, something that the source has not, which would be lost there if the tag moved.`,
    ],
  );
  assert.ok(lines.includes(`${tag} stays on ${more.digest}, which has all of ${ours.digest} and more`));
});
