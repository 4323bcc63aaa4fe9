import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import {
  CreateRepositoryCommand as CreatePublicRepositoryCommand,
  DescribeRepositoriesCommand as DescribePublicRepositoriesCommand,
} from '@aws-sdk/client-ecr-public';
import { startAws } from './aws.ts';
import type { ConditionBlock } from './policy-document.ts';
import { clientsOf } from './sample.ts';
import type { Clients } from './sample.ts';

/** The clients of a user who may do all of ECR, where a condition holds. */
async function start() {
  const aws = await startAws({ oidcProviders: [] });
  const clients = clientsOf(aws, 'ecr:*', 'ecr-public:*');
  const only = (Condition: ConditionBlock, action = '*'): Clients => {
    const user = {
      name: 'tester',
      accessKeyId: 'AKIATESTER123456789012',
      secretAccessKey: 'a/secret+of/a+tester',
    };
    const Statement = { Effect: 'Allow' as const, Action: action, Resource: '*', Condition };
    aws.iam.putUser({ ...user, policies: [{ Version: '2012-10-17', Statement }] });
    return clients;
  };
  return { aws, only, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}

const refused = { name: 'AccessDeniedException' };

const ofRequest: [condition: ConditionBlock, holds: boolean][] = [
  [{ StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, true],
  [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, false],
  [{ StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } }, false],
  [{ StringEquals: { 'aws:PrincipalAccount': '123456789012' } }, true],
  [{ StringEquals: { 'aws:PrincipalAccount': '210987654321' } }, false],
  [{ StringEquals: { 'aws:PrincipalType': 'User' } }, true],
  [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:user/tester' } }, true],
  [{ Bool: { 'aws:SecureTransport': 'false' } }, false],
  [{ IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, true],
  [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
  [{ NotIpAddress: { 'aws:SourceIp': '127.0.0.1' } }, false],
  [{ Null: { 'aws:RequestTag/team': 'true' } }, true],
  [{ Null: { 'aws:TagKeys': 'false' } }, false],
  [{ StringEquals: { 'aws:ResourceTag/team': 'web' } }, false],
  [{ StringEqualsIfExists: { 'aws:ResourceTag/team': 'web' } }, true],
];

for (const [condition, holds] of ofRequest) {
  test(`any request ${holds ? 'meets' : 'does not meet'} ${JSON.stringify(condition)}`, async () => {
    await using world = await start();
    const ask = world.only(condition).ecr.send(new GetAuthorizationTokenCommand({}));
    if (holds) await ask;
    else await assert.rejects(ask, refused);
  });
}

test("a date is compared with the service's clock", async () => {
  await using world = await start();
  const ask = (condition: ConditionBlock) =>
    world.only(condition).ecr.send(new GetAuthorizationTokenCommand({}));
  const past = '2026-01-01T00:00:00Z';
  await ask({ DateGreaterThan: { 'aws:CurrentTime': past, 'aws:EpochTime': '1767225600' } });
  for (const key of ['aws:CurrentTime', 'aws:EpochTime']) {
    await assert.rejects(ask({ DateLessThan: { [key]: past } }), refused);
  }
});

test('a public registry is in one region, whatever the account uses', async () => {
  await using world = await start();
  const inside = (region: string) => world.only({ StringEquals: { 'aws:RequestedRegion': region } });
  await inside('us-east-1').ecrPublic.send(new DescribePublicRepositoriesCommand({}));
  const ask = inside('eu-central-1').ecrPublic.send(new DescribePublicRepositoriesCommand({}));
  await assert.rejects(ask, refused);
});

test("a repository's tags are in what is asked of it, by two keys, and in nothing else", async () => {
  await using world = await start();
  const create = new CreateRepositoryCommand({
    repositoryName: 'app',
    tags: [{ Key: 'Team', Value: 'web' }],
  });
  // What is about to be created has no tags yet.
  for (const key of ['aws:ResourceTag/Team', 'ecr:ResourceTag/Team']) {
    await assert.rejects(world.only({ StringEquals: { [key]: 'web' } }).ecr.send(create), refused);
  }
  await world.only({}).ecr.send(create);
  await world.only({}).ecr.send(new CreateRepositoryCommand({ repositoryName: 'bare' }));
  const describe = (ecr: ECRClient, ...repositoryNames: string[]) =>
    ecr.send(new DescribeRepositoriesCommand({ repositoryNames }));
  for (const key of ['aws:ResourceTag/Team', 'ecr:ResourceTag/Team', 'ecr:ResourceTag/team']) {
    const { ecr } = world.only({ StringEquals: { [key]: 'web' } });
    await describe(ecr, 'app');
    await assert.rejects(describe(ecr, 'app', 'bare'), refused, key);
    await assert.rejects(ecr.send(new GetAuthorizationTokenCommand({})), refused, key);
  }
  const { ecr } = world.only({ StringEquals: { 'ecr:ResourceTag/Team': 'mobile' } });
  await assert.rejects(describe(ecr, 'app'), refused);

  await world
    .only({})
    .ecrPublic.send(
      new CreatePublicRepositoryCommand({ repositoryName: 'app', tags: [{ Key: 'Team', Value: 'web' }] }),
    );
  const byKey = (key: string) =>
    world
      .only({ StringEquals: { [key]: 'web' } })
      .ecrPublic.send(new DescribePublicRepositoriesCommand({ repositoryNames: ['app'] }));
  await byKey('ecr-public:ResourceTag/Team');
  await byKey('aws:ResourceTag/Team');
  await assert.rejects(byKey('ecr:ResourceTag/Team'), refused);
});

test('the tags that a request brings are told by their values and by all of their keys', async () => {
  await using world = await start();
  const create = (repositoryName: string, tags: Record<string, string>) =>
    new CreateRepositoryCommand({
      repositoryName,
      tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
  const condition = {
    StringEquals: { 'aws:RequestTag/team': 'web' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
  };
  const { ecr } = world.only(condition);
  await ecr.send(create('one', { team: 'web', stage: 'test' }));
  for (const tags of [{ team: 'mobile' }, { stage: 'test' }, { team: 'web', owner: 'me' }]) {
    await assert.rejects(ecr.send(create('two', tags)), refused, JSON.stringify(tags));
  }
  await assert.rejects(ecr.send(new CreateRepositoryCommand({ repositoryName: 'two' })), refused);
  const resourceArn = world.aws.ecr.repository('one')?.arn;
  await ecr.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'team', Value: 'web' }] }));
  const keys = world.only({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'stage' } }).ecr;
  await assert.rejects(keys.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] })), refused);
  await keys.send(new UntagResourceCommand({ resourceArn, tagKeys: ['stage'] }));
  assert.deepEqual(world.aws.ecr.repository('one')?.resourceTags, { team: 'web' });
});
