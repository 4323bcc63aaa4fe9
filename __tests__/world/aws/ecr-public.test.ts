import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeRepositoriesCommand as DescribePrivateCommand } from '@aws-sdk/client-ecr';
import {
  BatchCheckLayerAvailabilityCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeImageTagsCommand,
  DescribeRegistriesCommand,
  DescribeRepositoriesCommand,
  ECRPUBLICClient,
  GetAuthorizationTokenCommand,
  GetRepositoryCatalogDataCommand,
  ListTagsForResourceCommand,
  PutImageCommand,
  PutRepositoryCatalogDataCommand,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ecr-public';
import type { CreateRepositoryCommandInput } from '@aws-sdk/client-ecr-public';
import { startAws } from './aws.ts';
import { clientsOf, isRefusal, sampleImage } from './sample.ts';

const repositoryName = 'team/app';

test('a public repository is created with what the gallery shows, and has no settings', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr, ecrPublic } = clientsOf(aws, 'ecr-public:*', 'ecr:*');
  const catalogData = {
    description: 'An app',
    architectures: ['x86-64', 'ARM 64'],
    operatingSystems: ['Linux'],
    aboutText: '# App',
    usageText: 'Run it.',
  };
  const created = await ecrPublic.send(
    new CreateRepositoryCommand({
      repositoryName,
      catalogData: { ...catalogData, logoImageBlob: Buffer.from('a picture') },
      tags: [{ Key: 'team', Value: 'blue' }],
    }),
  );
  const { createdAt, ...repository } = created.repository ?? {};
  assert.ok(createdAt);
  assert.deepEqual(repository, {
    repositoryArn: 'arn:aws:ecr-public::123456789012:repository/team/app',
    registryId: '123456789012',
    repositoryName: 'team/app',
    repositoryUri: 'public.ecr.aws/a6789012/team/app',
  });
  const { logoUrl, ...shown } = created.catalogData ?? {};
  assert.match(logoUrl ?? '', /^https:\/\/public\.ecr\.aws\/logo\//);
  assert.deepEqual(shown, catalogData);

  const { repositories } = await ecrPublic.send(
    new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
  );
  assert.deepEqual(repositories, [created.repository]);
  const resourceArn = repository.repositoryArn;
  await ecrPublic.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'team', Value: 'green' }] }));
  const { tags } = await ecrPublic.send(new ListTagsForResourceCommand({ resourceArn }));
  assert.deepEqual(tags, [{ Key: 'team', Value: 'green' }]);
  const own = await ecr.send(new DescribePrivateCommand({}));
  assert.deepEqual(own.repositories, [], 'the private registry has none of it');
});

test('what the gallery shows can be changed', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*');
  const shown = async () =>
    (await ecrPublic.send(new GetRepositoryCatalogDataCommand({ repositoryName }))).catalogData;
  await ecrPublic.send(new CreateRepositoryCommand({ repositoryName }));
  assert.deepEqual(await shown(), {});
  const catalogData = { description: 'An app' };
  await ecrPublic.send(new PutRepositoryCatalogDataCommand({ repositoryName, catalogData }));
  assert.deepEqual(await shown(), catalogData);
});

const refused: [what: string, input: Partial<CreateRepositoryCommandInput>, message: RegExp][] = [
  ['a name of 206 letters', { repositoryName: 'a'.repeat(206) }, /less than or equal to 205/],
  ['two underscores', { repositoryName: 'team__app' }, /'repositoryName' .*regular expression/],
  [
    'a long description',
    { catalogData: { description: 'a'.repeat(1025) } },
    /\.description' .*equal to 1024/,
  ],
  ['much about it', { catalogData: { aboutText: 'a'.repeat(25_601) } }, /\.aboutText' .*equal to 25600/],
  ['much about its use', { catalogData: { usageText: 'a'.repeat(25_601) } }, /\.usageText' .*equal to 25600/],
  ['51 systems', { catalogData: { operatingSystems: Array.from({ length: 51 }, () => 'x') } }, /equal to 50/],
  ['a large logo', { catalogData: { logoImageBlob: Buffer.alloc(512_001) } }, /equal to 512000/],
];

for (const [what, input, message] of refused) {
  test(`a public repository with ${what} is refused`, async () => {
    await using aws = await startAws({ oidcProviders: [] });
    const { ecrPublic } = clientsOf(aws, 'ecr-public:*');
    await assert.rejects(ecrPublic.send(new CreateRepositoryCommand({ repositoryName, ...input })), error =>
      isRefusal(error, 'InvalidParameterException', message),
    );
  });
}

test('of two who create the same public repository, one is told that it is there', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*');
  const create = () => ecrPublic.send(new CreateRepositoryCommand({ repositoryName }));
  const results = await Promise.allSettled([create(), create()]);
  const reasons = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
  assert.equal(reasons.length, 1);
  isRefusal(
    reasons[0],
    'RepositoryAlreadyExistsException',
    "The repository with name 'team/app' already exists in the registry with id '123456789012'",
  );
});

test('a public password comes alone, and needs two permissions', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const send = (...actions: string[]) =>
    clientsOf(aws, ...actions).ecrPublic.send(new GetAuthorizationTokenCommand({}));
  await assert.rejects(send('ecr-public:*'), error =>
    isRefusal(
      error,
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/tester is not authorized to perform: sts:GetServiceBearerToken ' +
        'on resource: * because no identity-based policy allows the sts:GetServiceBearerToken action',
    ),
  );
  await assert.rejects(send('ecr:*', 'sts:*'), error =>
    isRefusal(error, 'AccessDeniedException', /ecr-public:GetAuthorizationToken on resource: \*/),
  );
  const { authorizationData } = await send('ecr-public:GetAuthorizationToken', 'sts:GetServiceBearerToken');
  const { authorizationToken = '', expiresAt, ...rest } = authorizationData ?? {};
  assert.deepEqual(rest, {});
  assert.ok(Math.abs((expiresAt?.getTime() ?? 0) - Date.now() - 12 * 60 * 60 * 1000) < 5000);
  const [, password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(':');
  assert.equal(aws.ecrPublic.whoHas(password).arn, 'arn:aws:iam::123456789012:user/tester');
  assert.throws(() => aws.ecr.whoHas(password), { code: 'DENIED' });
  assert.ok(aws.secrets().includes(password));
});

test('a permission is for the public repository’s own ARN', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr:*');
  await assert.rejects(ecrPublic.send(new CreateRepositoryCommand({ repositoryName })), error =>
    isRefusal(
      error,
      'AccessDeniedException',
      /ecr-public:CreateRepository on resource: arn:aws:ecr-public::123456789012:repository\/team\/app because/,
    ),
  );
  const { ecrPublic: poor } = clientsOf(aws, 'ecr-public:CreateRepository');
  const tags = [{ Key: 'a', Value: 'b' }];
  await assert.rejects(poor.send(new CreateRepositoryCommand({ repositoryName, tags })), error =>
    isRefusal(error, 'AccessDeniedException', /ecr-public:TagResource/),
  );
});

test('ECR Public answers in one region only', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*', 'sts:*');
  const there = new ECRPUBLICClient({
    endpoint: aws.url,
    region: 'eu-central-1',
    credentials: ecrPublic.config.credentials,
    maxAttempts: 1,
  });
  await assert.rejects(there.send(new GetAuthorizationTokenCommand({})), error =>
    isRefusal(
      error,
      'UnsupportedCommandException',
      'GetAuthorizationToken command is only supported in us-east-1.',
    ),
  );
  await ecrPublic.send(new GetAuthorizationTokenCommand({}));
  assert.deepEqual(
    aws.requests.map(({ service, status }) => [service, status]),
    [
      ['ecr-public', 400],
      ['ecr-public', 200],
    ],
  );
});

test('what private registries do is unknown to public ones', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*', 'sts:*');
  const { authorizationData } = await ecrPublic.send(new GetAuthorizationTokenCommand({}));
  const [, password = ''] = Buffer.from(authorizationData?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':');
  const principal = aws.ecrPublic.whoHas(password);
  for (const operation of [
    'BatchGetImage',
    'PutLifecyclePolicy',
    'PutImageTagMutability',
    'StartImageScan',
  ]) {
    await assert.rejects(aws.ecrPublic.perform(operation, '{}', { principal }), {
      code: 'UnknownOperationException',
    });
  }
  const request = JSON.stringify({ repositoryName, imageTagMutability: 'IMMUTABLE' });
  await assert.rejects(aws.ecrPublic.perform('CreateRepository', request, { principal }), {
    code: 'SerializationException',
    message: 'Unknown member: imageTagMutability',
  });
});

test('an image is put into a public repository, and its tag moves', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*');
  await ecrPublic.send(new CreateRepositoryCommand({ repositoryName }));
  const images = ['1', '2'].map(number => sampleImage(aws.ecrPublic, repositoryName, { labels: { number } }));
  for (const { manifest: imageManifest } of images) {
    await ecrPublic.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'latest' }));
  }
  const { imageDetails = [] } = await ecrPublic.send(new DescribeImagesCommand({ repositoryName }));
  assert.deepEqual(
    imageDetails.map(({ imageDigest, imageTags }) => [imageDigest, imageTags]),
    [
      [images[0]?.digest, undefined],
      [images[1]?.digest, ['latest']],
    ],
  );
  const { imageTagDetails } = await ecrPublic.send(new DescribeImageTagsCommand({ repositoryName }));
  assert.deepEqual(
    imageTagDetails?.map(({ imageTag, imageDetail }) => [imageTag, imageDetail?.imageDigest]),
    [['latest', images[1]?.digest]],
  );
  const { layers } = await ecrPublic.send(
    new BatchCheckLayerAvailabilityCommand({
      repositoryName,
      layerDigests: [`sha256:${'0'.repeat(64)}`],
    }),
  );
  assert.equal(layers?.[0]?.layerAvailability, 'UNAVAILABLE');
});

test('a registry tells the alias that its repositories are found under', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*');
  const { registries } = await ecrPublic.send(new DescribeRegistriesCommand({}));
  assert.equal(registries?.[0]?.registryUri, 'public.ecr.aws/a6789012');
  assert.equal(registries[0].aliases?.[0]?.name, 'a6789012');
});

test('the policy of a public repository is of its own actions', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecrPublic } = clientsOf(aws, 'ecr-public:*');
  await ecrPublic.send(new CreateRepositoryCommand({ repositoryName }));
  const set = (Action: string) => {
    const statement = { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action };
    const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    return ecrPublic.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  };
  await set('ecr-public:PutImage');
  await assert.rejects(set('ecr:PutImage'), error =>
    isRefusal(error, 'InvalidParameterException', /Invalid repository policy provided/),
  );
});
