import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import type { Aws } from './aws.ts';
import { digestOf } from './ecr/content.ts';
import { clientsOf, isRefusal } from './sample.ts';

const repositoryName = 'team/app';
const megabyte = Buffer.alloc(1024 * 1024, 'a layer of tar, more or less');

test('a layer that was sent in parts is there, and can be fetched by its address for an hour', async () => {
  const clock = { now: new Date() };
  await using world = await start(() => clock.now);
  const { aws, ecr } = world;
  const layer = Buffer.concat([...Array.from({ length: 5 }, () => megabyte), Buffer.from('the end')]);
  const upload = await begin(ecr);
  assert.equal(upload.partSize, 10_485_760);
  const first = await upload.send(layer.subarray(0, 5 * megabyte.length), 0);
  assert.equal(first.lastByteReceived, 5 * megabyte.length - 1);
  await upload.send(layer.subarray(5 * megabyte.length), 5 * megabyte.length);
  const { layerDigest = '' } = await upload.complete(digestOf(layer));
  assert.equal(layerDigest, digestOf(layer));
  assert.equal(aws.ecr.uploads.receivedBytes, layer.length);

  const { downloadUrl = '' } = await ecr.send(
    new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
  );
  const answer = await fetch(downloadUrl);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), layer);
  const place = { registryId: '123456789012', region: 'eu-central-1', repositoryName, layerDigest };
  assert.deepEqual(aws.layers.done, [{ ...place, status: 200, bytes: layer.length }]);
  const signature = new URL(downloadUrl).searchParams.get('X-Amz-Signature') ?? '';
  assert.ok(aws.secrets().includes(signature), 'whoever has the address has the layer');

  const statusOf = async (url: string, headers = {}) => (await fetch(url, { headers })).status;
  assert.equal(await statusOf(downloadUrl, { authorization: 'Basic eA==' }), 400);
  assert.equal(await statusOf(downloadUrl.replace(signature, 'f'.repeat(64))), 403);
  aws.layers.faults.add({ match: `layer:GET ${layerDigest}`, kind: 'throttle', times: 1 });
  assert.equal(await statusOf(downloadUrl), 503);
  clock.now = new Date(clock.now.getTime() + 3_600_000);
  assert.equal(await statusOf(downloadUrl), 403);
});

test('a layer that is not what it was said to be is refused, in ECR’s own words', async () => {
  await using world = await start();
  const { ecr } = world;
  const there = await begin(ecr);
  await there.send(megabyte, 0);
  await there.complete(digestOf(megabyte));

  const empty = await begin(ecr);
  await refused(empty.complete(digestOf('')), 'EmptyUploadException', /contains no layer parts$/);

  const gap = await begin(ecr);
  await gap.send(megabyte, 0);
  await refused(gap.send(megabyte, 5), 'InvalidLayerPartException', /not consecutive/);
  await refused(
    gap.send(megabyte, megabyte.length, 3),
    'InvalidLayerPartException',
    /part size is not valid/,
  );
  await gap.send(Buffer.from('and a little'), megabyte.length);
  await refused(gap.complete(digestOf('x')), 'LayerPartTooSmallException', /at least 5 MiB/);

  const wrong = await begin(ecr);
  await wrong.send(Buffer.from('this'), 0);
  await refused(wrong.complete(digestOf('that')), 'InvalidLayerException', /does not match/);

  const twice = await begin(ecr);
  await twice.send(megabyte, 0);
  await refused(twice.complete(digestOf(megabyte)), 'LayerAlreadyExistsException', /already exists/);
  await refused(twice.complete(digestOf(megabyte)), 'UploadNotFoundException', /does not exist/);
  await refused(begin(ecr, 'no/such'), 'RepositoryNotFoundException', /'no\/such' does not exist/);
});

async function refused(call: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(call, error => isRefusal(error, code, message));
}

async function begin(ecr: ECRClient, name = repositoryName) {
  const place = { repositoryName: name };
  const { uploadId, partSize } = await ecr.send(new InitiateLayerUploadCommand(place));
  return {
    partSize,
    send: (layerPartBlob: Buffer, partFirstByte: number, length = layerPartBlob.length) => {
      const partLastByte = partFirstByte + length - 1;
      const part = { layerPartBlob, partFirstByte, partLastByte };
      return ecr.send(new UploadLayerPartCommand({ ...place, uploadId, ...part }));
    },
    complete: (digest: string) =>
      ecr.send(new CompleteLayerUploadCommand({ ...place, uploadId, layerDigests: [digest] })),
  };
}

async function start(now = () => new Date()): Promise<AsyncDisposable & { aws: Aws; ecr: ECRClient }> {
  const aws = await startAws({ oidcProviders: [], now });
  const { ecr } = clientsOf(aws, 'ecr:*');
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  return { aws, ecr, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}
