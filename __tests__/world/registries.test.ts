import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  PutImageCommand,
  PutReplicationConfigurationCommand,
  CompleteLayerUploadCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { digestOf } from './aws/ecr/content.ts';
import { clientsIn } from './aws/sample.ts';
import { startWorld } from './world.ts';

const repositoryName = 'team/hello';
const region = 'us-east-1';
const accountId = '210987654321';
const configType = 'application/vnd.oci.image.config.v1+json';
const mediaType = 'application/vnd.oci.image.manifest.v1+json';

test('a registry of another account and region has a host of its own, which images come to by API and replication', async () => {
  await using world = await startWorld();
  const opened = await world.openRegistry({ accountId, region });
  assert.equal(await world.openRegistry({ accountId, region }), opened);
  assert.equal((await world.openRegistry({})).gate, world.gate);
  assert.notEqual(opened.gate.host, world.gate.host);
  assert.notEqual(opened.registryUrl, world.registryUrl);
  assert.equal(world.putRole({ accountId, name: 'copy' }), `arn:aws:iam::${accountId}:role/copy`);

  const { ecr } = clientsIn(world.aws, accountId, { actions: ['ecr:*'], region });
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  assert.equal(repository?.repositoryUri, `${opened.gate.host}/${repositoryName}`);
  const config = await upload(ecr, JSON.stringify({ os: 'linux', architecture: 'amd64' }));
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: { mediaType: configType, ...config },
    layers: [],
  });
  const replica = await world.openRegistry({ accountId });
  const rules = [{ destinations: [{ region: world.aws.region, registryId: accountId }] }];
  await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }));
  await ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v1' }));
  await world.aws.ecr.settle();

  const layer = { repositoryName, layerDigest: config.digest };
  const { downloadUrl = '' } = await ecr.send(new GetDownloadUrlForLayerCommand(layer));
  assert.equal((await (await fetch(downloadUrl)).text()).length, config.size);
  assert.equal(world.aws.layers.done[0]?.bytes, config.size);
  const byPlace = new Map([
    [opened, region],
    [replica, world.aws.region],
  ]);
  for (const [{ gate }, place] of byPlace) {
    const { ecr: reader } = clientsIn(world.aws, accountId, { actions: ['ecr:*'], region: place });
    const { authorizationData } = await reader.send(new GetAuthorizationTokenCommand({}));
    const [{ authorizationToken = '', proxyEndpoint } = {}] = authorizationData ?? [];
    assert.equal(proxyEndpoint, `http://${gate.host}`);
    const authorization = `Basic ${authorizationToken}`;
    const read = (path: string, host = gate.host) =>
      fetch(`http://${host}/v2/${repositoryName}/${path}`, { headers: { authorization, accept: mediaType } });
    assert.equal(await (await read('manifests/v1')).text(), imageManifest);
    // The password of another region is unknown there; that of another account is known and may do nothing.
    const elsewhere = await read('manifests/v1', world.gate.host);
    assert.equal(elsewhere.status, place === world.aws.region ? 403 : 401);
    await (await read(`blobs/${config.digest}`)).text();
    assert.equal(gate.requests.at(-1)?.sentBytes, config.size);
  }
  assert.deepEqual(world.aws.ecr.repositories(), []);

  world.addLatency(60);
  const { gate: late } = await world.openRegistry({ accountId: '222233334444' });
  const asked = [
    () => ecr.send(new DescribeRepositoriesCommand({})),
    () => fetch(downloadUrl).then(answer => answer.text()),
    ...[opened.gate, late].map(
      ({ host }) =>
        () =>
          fetch(`http://${host}/v2/`).then(answer => answer.text()),
    ),
  ];
  for (const ask of asked) {
    const startedAt = performance.now();
    await ask();
    assert.ok(performance.now() - startedAt > 59);
  }
});

async function upload(ecr: ECRClient, text: string): Promise<{ digest: string; size: number }> {
  const layerPartBlob = Buffer.from(text);
  const digest = digestOf(text);
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
  const place = { repositoryName, uploadId };
  const part = { layerPartBlob, partFirstByte: 0, partLastByte: layerPartBlob.length - 1 };
  await ecr.send(new UploadLayerPartCommand({ ...place, ...part }));
  await ecr.send(new CompleteLayerUploadCommand({ ...place, layerDigests: [digest] }));
  return { digest, size: layerPartBlob.length };
}
