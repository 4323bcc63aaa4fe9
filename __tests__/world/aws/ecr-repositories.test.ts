import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  GetAuthorizationTokenCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  PutImageCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr';
import type {
  CreateRepositoryCommandInput,
  DescribeRepositoryCreationTemplatesCommandInput,
  ImageTagMutability,
  ImageTagMutabilityExclusionFilter,
} from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import { allow, clientsOf, isRefusal, sampleImage } from './sample.ts';

test('a repository is created with what was asked, and described so', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*', 'kms:*');
  const kmsKey = aws.kms.putKey({ alias: 'alias/team' });
  const { repository: created } = await ecr.send(
    new CreateRepositoryCommand({
      repositoryName: 'team/app',
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'buildcache*' }],
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'alias/team' },
      tags: [{ Key: 'team', Value: 'blue' }],
    }),
  );
  assert.ok(Math.abs((created?.createdAt?.getTime() ?? 0) - Date.now()) < 5000);
  assert.deepEqual(
    { ...created, createdAt: undefined },
    {
      repositoryArn: 'arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
      registryId: '123456789012',
      repositoryName: 'team/app',
      repositoryUri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app',
      createdAt: undefined,
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'buildcache*' }],
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey },
    },
  );
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['team/app'] }));
  assert.deepEqual(repositories, [created]);
});

interface RefusedRepository {
  what: string;
  input: Partial<CreateRepositoryCommandInput>;
  code: string;
  message: string | RegExp;
}

const filters = (...wildcards: string[]): ImageTagMutabilityExclusionFilter[] =>
  wildcards.map(filter => ({ filterType: 'WILDCARD', filter }));
const refused: RefusedRepository[] = [
  {
    what: 'a capital letter',
    input: { repositoryName: 'Team/app' },
    code: 'InvalidParameterException',
    message:
      "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression " +
      String.raw`'[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*''`,
  },
  {
    what: 'one letter',
    input: { repositoryName: 'a' },
    code: 'InvalidParameterException',
    message:
      "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must have length greater than or equal to 2'",
  },
  {
    what: '257 letters',
    input: { repositoryName: 'a'.repeat(257) },
    code: 'InvalidParameterException',
    message: /'must have length less than or equal to 256'$/,
  },
  {
    what: 'a digit first',
    input: { repositoryName: '1app' },
    code: 'InvalidParameterException',
    message: /must start with a letter/,
  },
  {
    what: 'an exclusion without the setting for it',
    input: { imageTagMutability: 'IMMUTABLE', imageTagMutabilityExclusionFilters: filters('a*') },
    code: 'InvalidParameterException',
    message: /must not be provided/,
  },
  {
    what: 'the setting for an exclusion without one',
    input: { imageTagMutability: 'MUTABLE_WITH_EXCLUSION' },
    code: 'InvalidParameterException',
    message: /must be provided/,
  },
  {
    what: 'six exclusions',
    input: {
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: filters('a', 'b', 'c', 'd', 'e', 'f'),
    },
    code: 'InvalidParameterException',
    message: /'imageTagMutabilityExclusionFilters' .*less than or equal to 5/,
  },
  {
    what: 'three wildcards in an exclusion',
    input: {
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: filters('*a*b*'),
    },
    code: 'InvalidParameterException',
    message: /at most 2 wildcards/,
  },
  {
    what: 'a slash in an exclusion',
    input: {
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: filters('a/b'),
    },
    code: 'InvalidParameterException',
    message: /'imageTagMutabilityExclusionFilters\.1\.member\.filter' failed/,
  },
  {
    what: 'a key and no use for it',
    input: { encryptionConfiguration: { encryptionType: 'AES256', kmsKey: 'alias/aws/ecr' } },
    code: 'InvalidParameterException',
    message: /kmsKey must not be provided/,
  },
  {
    what: '51 tags',
    input: { tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })) },
    code: 'TooManyTagsException',
    message: /50/,
  },
  {
    what: 'a tag of AWS’s own',
    input: { tags: [{ Key: 'aws:team', Value: 'x' }] },
    code: 'InvalidTagParameterException',
    message: /aws:team/,
  },
];

for (const { what, input, code, message } of refused) {
  test(`a repository with ${what} is refused`, async () => {
    await using aws = await startAws({ oidcProviders: [] });
    const { ecr } = clientsOf(aws, 'ecr:*');
    const command = new CreateRepositoryCommand({ repositoryName: 'team/app', ...input });
    await assert.rejects(ecr.send(command), error => isRefusal(error, code, message));
    assert.deepEqual(aws.ecr.repositories(), []);
  });
}

test('a second repository of the same name is refused, and a missing one is not found', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const create = () => ecr.send(new CreateRepositoryCommand({ repositoryName: 'app' }));
  await create();
  await assert.rejects(create(), error =>
    isRefusal(
      error,
      'RepositoryAlreadyExistsException',
      "The repository with name 'app' already exists in the registry with id '123456789012'",
    ),
  );
  await assert.rejects(
    ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['app', 'other'] })),
    error =>
      isRefusal(
        error,
        'RepositoryNotFoundException',
        "The repository with name 'other' does not exist in the registry with id '123456789012'",
      ),
  );
});

test('of two who create the same repository at once, one is told that it is there', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const create = () => ecr.send(new CreateRepositoryCommand({ repositoryName: 'app' }));
  const results = await Promise.allSettled([create(), create()]);
  const reasons = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
  assert.deepEqual(
    reasons.map(({ name }) => name),
    ['RepositoryAlreadyExistsException'],
  );
});

test('all four settings for tags can be put later, each with its filters or without', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const repositoryName = 'app';
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const put = async (imageTagMutability: ImageTagMutability, ...wildcards: string[]) => {
    const excluded =
      wildcards.length > 0 ? { imageTagMutabilityExclusionFilters: filters(...wildcards) } : {};
    await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability, ...excluded }));
    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
    assert.equal(repositories?.[0]?.imageTagMutability, imageTagMutability);
    assert.deepEqual(
      repositories[0].imageTagMutabilityExclusionFilters,
      excluded.imageTagMutabilityExclusionFilters,
    );
  };
  await put('IMMUTABLE_WITH_EXCLUSION', 'buildcache*', '*-dev-*');
  await put('MUTABLE_WITH_EXCLUSION', 'v*');
  await put('IMMUTABLE');
  await put('MUTABLE');
  await assert.rejects(put('IMMUTABLE', 'a*'), { message: /must not be provided/ });
  await assert.rejects(put('MUTABLE_WITH_EXCLUSION'), { message: /must be provided/ });
  await assert.rejects(put('MUTABLE_WITH_EXCLUSION', '*a*b*'), { message: /at most 2 wildcards/ });
});

test('repositories come in pages', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  for (const repositoryName of ['a1', 'a2', 'a3', 'a4', 'a5']) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  }
  const pages: string[] = [];
  for await (const { repositories = [] } of paginateDescribeRepositories({ client: ecr, pageSize: 2 }, {})) {
    pages.push(repositories.map(({ repositoryName }) => repositoryName).join(' '));
  }
  assert.deepEqual(pages, ['a1 a2', 'a3 a4', 'a5']);
  await assert.rejects(ecr.send(new DescribeRepositoriesCommand({ nextToken: 'made up' })), error =>
    isRefusal(error, 'InvalidParameterException', /'nextToken'/),
  );
  await assert.rejects(ecr.send(new DescribeRepositoriesCommand({ maxResults: 1001 })), error =>
    isRefusal(error, 'InvalidParameterException', /'maxResults' .*less than or equal to 1000/),
  );
});

test('creation templates come in pages of a hundred, and by their prefixes', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  for (let index = 0; index < 150; index += 1) aws.ecr.createOnPush({ prefix: `team-${index}` });
  const list = async (input: DescribeRepositoryCreationTemplatesCommandInput) => {
    const answer = await ecr.send(new DescribeRepositoryCreationTemplatesCommand(input));
    return { ...answer, prefixes: answer.repositoryCreationTemplates?.map(({ prefix }) => prefix) };
  };
  const { prefixes = [], nextToken } = await list({});
  assert.equal(prefixes.length, 100);
  assert.ok(nextToken !== undefined);
  const rest = await list({ nextToken });
  assert.equal(new Set([...prefixes, ...(rest.prefixes ?? [])]).size, 150);
  assert.equal(rest.nextToken, undefined);
  assert.deepEqual((await list({ maxResults: 2 })).prefixes, ['team-0', 'team-1']);
  const named = await list({ prefixes: ['team-7/', 'team-9', 'none'] });
  assert.deepEqual(named.prefixes, ['team-7', 'team-9']);
  await assert.rejects(list({ prefixes: ['Team'] }), { name: 'InvalidParameterException' });
});

test('what is not permitted is refused with who, what and why', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:DescribeRepositories');
  await assert.rejects(ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' })), error =>
    isRefusal(
      error,
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/tester is not authorized to perform: ecr:CreateRepository ' +
        'on resource: arn:aws:ecr:eu-central-1:123456789012:repository/team/app ' +
        'because no identity-based policy allows the ecr:CreateRepository action',
    ),
  );
  await assert.rejects(ecr.send(new GetAuthorizationTokenCommand({})), error =>
    isRefusal(error, 'AccessDeniedException', /ecr:GetAuthorizationToken on resource: \* because/),
  );
});

test('tags at the creation need the permission to tag', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:CreateRepository');
  const command = new CreateRepositoryCommand({ repositoryName: 'app', tags: [{ Key: 'a', Value: 'b' }] });
  await assert.rejects(ecr.send(command), error =>
    isRefusal(error, 'AccessDeniedException', /ecr:TagResource/),
  );
});

test('another account’s registry is out of reach', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const command = new DeleteRepositoryCommand({ repositoryName: 'app', registryId: '999999999999' });
  await assert.rejects(ecr.send(command), error =>
    isRefusal(
      error,
      'AccessDeniedException',
      /:999999999999:repository\/app because no resource-based policy allows/,
    ),
  );
});

test('settings and tags can be changed later', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const repositoryName = 'app';
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const resourceArn = repository?.repositoryArn;
  await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }));
  const imageScanningConfiguration = { scanOnPush: true };
  await ecr.send(new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration }));
  await ecr.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'team', Value: 'blue' }] }));
  await ecr.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'team', Value: 'green' }] }));
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
  assert.equal(repositories?.[0]?.imageTagMutability, 'IMMUTABLE');
  assert.deepEqual(repositories[0].imageScanningConfiguration, { scanOnPush: true });
  const { tags } = await ecr.send(new ListTagsForResourceCommand({ resourceArn }));
  assert.deepEqual(tags, [{ Key: 'team', Value: 'green' }]);
  const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
  await assert.rejects(ecr.send(new TagResourceCommand({ resourceArn, tags: many })), {
    name: 'TooManyTagsException',
  });
  await ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team', 'none'] }));
  await ecr.send(new TagResourceCommand({ resourceArn, tags: many }));
});

test('a repository with images is deleted only by force', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  const repositoryName = 'app';
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const { manifest: imageManifest } = sampleImage(aws.ecr, repositoryName);
  await ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'one' }));
  await assert.rejects(ecr.send(new DeleteRepositoryCommand({ repositoryName })), error =>
    isRefusal(
      error,
      'RepositoryNotEmptyException',
      "The repository with name 'app' in registry with id '123456789012' cannot be deleted because it still contains images",
    ),
  );
  await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
  assert.deepEqual(aws.ecr.repositories(), []);
});

test('a registry password is for twelve hours', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:GetAuthorizationToken');
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const { authorizationToken = '', expiresAt, proxyEndpoint } = authorizationData?.[0] ?? {};
  assert.equal(proxyEndpoint, 'https://123456789012.dkr.ecr.eu-central-1.amazonaws.com');
  assert.ok(Math.abs((expiresAt?.getTime() ?? 0) - Date.now() - 12 * 60 * 60 * 1000) < 5000);
  const [user, password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(':');
  assert.equal(user, 'AWS');
  assert.equal(aws.ecr.whoHas(password).arn, 'arn:aws:iam::123456789012:user/tester');
});

test('what ECR would not understand is refused', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  aws.iam.putUser({ name: 'raw', accessKeyId: 'AKIARAW', secretAccessKey: 'x', policies: [allow('ecr:*')] });
  const principal = aws.ecr.whoHas((await passwordOf(aws)) ?? '');
  const perform = (operation: string, request: unknown) =>
    aws.ecr.perform(operation, JSON.stringify(request), { principal });
  await assert.rejects(perform('MakeRepository', {}), { code: 'UnknownOperationException' });
  await assert.rejects(perform('CreateRepository', { repositoryName: 'app', tag: [] }), {
    code: 'SerializationException',
    message: 'Unknown member: tag',
  });
  await assert.rejects(perform('CreateRepository', { repositoryName: 1 }), {
    code: 'SerializationException',
    message: 'NUMBER_VALUE can not be converted to a String',
  });
  await assert.rejects(perform('CreateRepository', {}), { message: /'repositoryName' .*must not be null/ });
  await assert.rejects(perform('CreateRepository', { repositoryName: 'app', imageTagMutability: 'FIXED' }), {
    code: 'InvalidParameterException',
    message: /'imageTagMutability' .*enum value set: \[MUTABLE, IMMUTABLE, /,
  });
  await assert.rejects(perform('CreateRepository', 'app'), { code: 'SerializationException' });
});

async function passwordOf(aws: Awaited<ReturnType<typeof startAws>>): Promise<string | undefined> {
  const { authorizationData } = await clientsOf(aws, 'ecr:*').ecr.send(new GetAuthorizationTokenCommand({}));
  return Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':')[1];
}
