import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImageReplicationStatusCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  GetRegistryPolicyCommand,
  PutImageCommand,
  PutRegistryPolicyCommand,
  PutReplicationConfigurationCommand,
} from '@aws-sdk/client-ecr';
import type { ReplicationRule } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import { clientsIn, isRefusal, sampleImage, sampleIndex } from './sample.ts';

const repositoryName = 'team/app';
const region = 'us-east-1';
const other = '210987654321';
const actions = ['ecr:*'];

test('a push is replicated with all that it is made of, after its time, as the rules say', async () => {
  await using world = await start();
  const { aws, ecr, there, push, statuses } = world;
  assert.deepEqual(await world.rules(), []);
  await world.replicate({ destinations: [{ region, registryId: aws.accountId }] });
  aws.ecr.replication.tell({ listedAfterMs: 1000, takesMs: 3000 });
  aws.ecr.replication.tell({ match: { isTagged: true }, takesMs: 5000 });

  const image = sampleImage(aws.ecr, repositoryName);
  const index = sampleIndex(image);
  await push(image.manifest);
  await push(index.manifest);
  assert.deepEqual(await statuses(index.digest), [], 'the list is empty at first');
  world.pass(1000);
  const destination = { region, registryId: aws.accountId };
  assert.deepEqual(await statuses(index.digest), [{ ...destination, status: 'IN_PROGRESS' }]);
  assert.deepEqual(await there.describe(), []);
  world.pass(2000);
  assert.deepEqual(await statuses(index.digest), [{ ...destination, status: 'COMPLETE' }]);
  assert.deepEqual(await there.read({ imageDigest: index.digest }), index.manifest);
  assert.deepEqual(await there.read({ imageDigest: image.digest }), image.manifest);
  const [made] = await there.describe();
  assert.equal(made?.imageTagMutability, 'MUTABLE', 'the settings of the source stay there');

  await push(index.manifest, 'v1');
  assert.deepEqual(
    await statuses(index.digest),
    [{ ...destination, status: 'COMPLETE' }],
    'the status of the push before says nothing of the tag',
  );
  assert.equal(await there.read({ imageTag: 'v1' }), undefined);
  world.pass(5000);
  assert.equal(await there.read({ imageTag: 'v1' }), index.manifest);
  aws.ecr.replication.startsAgain = true;
  await push(index.manifest, 'v2');
  assert.deepEqual(await statuses(index.digest), [{ ...destination, status: 'IN_PROGRESS' }]);
  await assert.rejects(
    ecr.send(new DescribeImageReplicationStatusCommand({ repositoryName, imageId: { imageTag: 'no' } })),
    { name: 'ImageNotFoundException' },
  );
});

test('replication fails with its code, stays away, and leaves out what no prefix names', async () => {
  await using world = await start();
  const { aws, push, statuses, there } = world;
  const far = { region: 'us-west-2', registryId: aws.accountId };
  const near = { region, registryId: aws.accountId };
  await world.replicate(
    {
      destinations: [near, far],
      repositoryFilters: [{ filter: 'team/', filterType: 'PREFIX_MATCH' }],
    },
    { destinations: [near], repositoryFilters: [{ filter: 'tea', filterType: 'PREFIX_MATCH' }] },
  );
  aws.ecr.replication.tell({ match: { region }, failureCode: 'SomeFailure' });
  aws.ecr.replication.tell({ match: far, isAbsent: true });
  const image = sampleImage(aws.ecr, repositoryName);
  await push(image.manifest, 'v1');
  assert.deepEqual(await statuses(image.digest), [{ ...near, status: 'FAILED', failureCode: 'SomeFailure' }]);
  assert.deepEqual(await there.describe(), []);

  const ownName = 'tools/app';
  await world.ecr.send(new CreateRepositoryCommand({ repositoryName: ownName }));
  const tool = sampleImage(aws.ecr, ownName);
  const put = { repositoryName: ownName, imageManifest: tool.manifest };
  await world.ecr.send(new PutImageCommand(put));
  const imageId = { imageDigest: tool.digest };
  const ask = new DescribeImageReplicationStatusCommand({ repositoryName: ownName, imageId });
  assert.deepEqual((await world.ecr.send(ask)).replicationStatuses, []);

  await assert.rejects(
    world.replicate({ destinations: [{ region: aws.region, registryId: aws.accountId }] }),
    error => isRefusal(error, 'ValidationException', /cannot be a destination of its own/),
  );
});

test('another account’s registry takes what its own policy lets in', async () => {
  await using world = await start();
  const { aws, push, statuses } = world;
  const registryId = other;
  await world.replicate({ destinations: [{ region, registryId }] });
  const image = sampleImage(aws.ecr, repositoryName);
  await push(image.manifest);
  assert.deepEqual(await statuses(image.digest), [
    { region, registryId, status: 'FAILED', failureCode: 'AccessDenied' },
  ]);

  const owner = clientsIn(aws, other, { actions, region }).ecr;
  await assert.rejects(owner.send(new GetRegistryPolicyCommand({})), {
    name: 'RegistryPolicyNotFoundException',
  });
  const policyText = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${aws.accountId}:root` },
      Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
      Resource: `arn:aws:ecr:${region}:${other}:repository/team/*`,
    },
  });
  await owner.send(new PutRegistryPolicyCommand({ policyText }));
  aws.ecr.replication.startsAgain = true;
  await push(image.manifest, 'v1');
  assert.deepEqual(await statuses(image.digest), [{ region, registryId, status: 'COMPLETE' }]);
  assert.equal(aws.registry({ accountId: other, region }).repository(repositoryName)?.imageTags.size, 1);
});

async function start() {
  let passed = 0;
  const aws = await startAws({ oidcProviders: [], now: () => new Date(Date.now() + passed) });
  const { ecr } = clientsIn(aws, aws.accountId, { actions });
  const abroad = clientsIn(aws, aws.accountId, { actions, region }).ecr;
  aws.registry({ region });
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
  return {
    aws,
    ecr,
    pass: (milliseconds: number) => (passed += milliseconds),
    push: (imageManifest: string, imageTag?: string) =>
      ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag })),
    rules: async () =>
      (await ecr.send(new DescribeRegistryCommand({}))).replicationConfiguration?.rules ?? [],
    replicate: (...rules: ReplicationRule[]) =>
      ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } })),
    statuses: async (imageDigest: string) => {
      const ask = new DescribeImageReplicationStatusCommand({ repositoryName, imageId: { imageDigest } });
      return (await ecr.send(ask)).replicationStatuses;
    },
    there: {
      describe: async () => (await abroad.send(new DescribeRepositoriesCommand({}))).repositories ?? [],
      read: async (imageId: { imageDigest?: string; imageTag?: string }) => {
        const { images } = await abroad.send(
          new BatchGetImageCommand({ repositoryName, imageIds: [imageId] }),
        );
        return images?.[0]?.imageManifest;
      },
    },
    [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose](),
  };
}
