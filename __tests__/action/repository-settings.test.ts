import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  PutRegistryScanningConfigurationCommand,
} from '@aws-sdk/client-ecr';
import { clientsIn } from '../world/aws/sample.ts';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const fast = { cache: 'off', 'wait-for-scan': 'false' };

const lifecycle = {
  rules: [
    {
      rulePriority: 1,
      description: 'Untagged images go after two weeks',
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
      action: { type: 'expire' },
    },
  ],
};

test('a repository is created as it is asked for, with policies, tags and encryption', async t => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'lifecycle.json'), JSON.stringify(lifecycle, null, 2));
  const asked = {
    ...fast,
    repository: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/hello',
    'aws-region': '',
    'image-tag-mutability-exclusions': 'latest, buildcache*',
    'scan-on-push': 'false',
    'encryption-type': 'KMS',
    'repository-tags': 'team=web\ncost-centre=4711',
    'lifecycle-policy': 'lifecycle.json',
    'pull-accounts': '210987654321',
    'pull-services': 'lambda',
  };
  const run = await world.run({ workspace, with: asked });
  assert.equal(run.outcome, 'success', run.log);
  const made = world.aws.ecr.repository('team/hello');
  assert.ok(made);
  assert.equal(made.mutability, 'IMMUTABLE_WITH_EXCLUSION');
  assert.deepEqual(
    made.exclusionFilters.map(({ filter }) => filter),
    ['latest', 'buildcache*'],
  );
  assert.equal(made.scanOnPush, false);
  assert.equal(made.encryption.encryptionType, 'KMS');
  assert.deepEqual(made.resourceTags, { team: 'web', 'cost-centre': '4711' });
  assert.deepEqual(JSON.parse(made.lifecyclePolicy ?? '{}'), lifecycle);
  assert.match(made.policy?.text ?? '', /"Service":"lambda.amazonaws.com"/);
  assertTranscript(t, world, run);

  const { ecr: guest } = clientsIn(world.aws, '210987654321', { actions: ['ecr:*'] });
  const image = { registryId: '123456789012', repositoryName: 'team/hello' };
  const imageIds = [{ imageDigest: run.outputs['digest'] }];
  const { images } = await guest.send(new BatchGetImageCommand({ ...image, imageIds }));
  assert.equal(images?.length, 1);
  await assert.rejects(
    guest.send(new DescribeImagesCommand(image)),
    /no resource-based policy allows the ecr:DescribeImages/,
  );

  const again = await world.run({ workspace, with: asked });
  assert.equal(again.outcome, 'success', again.log);
  assert.match(again.log, /As asked \(/);
  assert.deepEqual(
    again.annotations.filter(({ level }) => level === 'warning'),
    [],
  );
});

test('a key of the user, a policy from a file, and filters of tags that cannot move, which reconcile changes alone', async () => {
  await using world = await startWorld({ policies: [allow('ecr:*', 'kms:*')] });
  const workspace = await world.checkout();
  // ECR answers an account that is named by its id by its ARN.
  const statement = {
    Sid: 'Own',
    Effect: 'Allow',
    Principal: { AWS: '210987654321' },
    Action: 'ecr:ListImages',
  };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
  await writeFile(join(workspace, 'policy.json'), policy);
  const key = world.aws.kms.putKey({ alias: 'alias/images' });
  const asked = {
    ...fast,
    'image-tag-mutability': 'MUTABLE_WITH_EXCLUSION',
    'image-tag-mutability-exclusions': 'v*',
    'encryption-type': 'KMS_DSSE',
    'kms-key': 'alias/images',
    'repository-policy': 'policy.json',
    'pull-services': 'lambda',
  };
  const run = await world.run({ workspace, with: asked });
  assert.equal(run.outcome, 'success', run.log);
  const made = world.aws.ecr.repository('team/hello');
  assert.equal(made?.mutability, 'MUTABLE_WITH_EXCLUSION');
  assert.deepEqual(made.encryption, { encryptionType: 'KMS_DSSE', kmsKey: key });
  assert.match(made.policy?.text ?? '', /"Sid":"Own".*210987654321:root.*"Sid":"PullLambda"/);

  const again = await world.run({
    with: { ...asked, 'kms-key': key, 'repository-policy': policy, 'on-drift': 'fail' },
  });
  assert.equal(again.outcome, 'success', again.log);
  assert.match(again.log, /^As asked \(/m);
  const filters = { 'image-tag-mutability-exclusions': 'v*, w*', 'on-drift': 'reconcile' };
  const changed = await world.run({ with: { ...fast, ...filters } });
  assert.equal(changed.outcome, 'success', changed.log);
  assert.match(changed.log, /^image-tag-mutability-exclusions: asked v\*, w\*, is v\*$/m);
  const after = world.aws.ecr.repository('team/hello');
  assert.equal(after?.mutability, 'MUTABLE_WITH_EXCLUSION');
  assert.equal(after.exclusionFilters.length, 2);
});

test('a key that ECR cannot use is told with what it needs, and nothing is left behind', async () => {
  await using world = await startWorld();
  const key = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555566667777';
  const run = await world.run({ with: { ...fast, 'kms-key': key } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /^ecr:CreateRepository failed: .*\nThe key arn:aws:kms.*kms:CreateGrant/,
  );
  assert.deepEqual(world.aws.ecr.repositories(), []);
});

test('a policy that ECR refuses for a new repository is told with the way to put it later', async () => {
  await using world = await startWorld();
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::123456789012:role/nobody' },
    Action: 'ecr:*',
  };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const run = await world.run({ with: { ...fast, 'repository-policy': policy } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /SetRepositoryPolicy failed: .*Principal not found[^]*created without it: .*`on-drift: reconcile` puts it/,
  );
});

test("another account's registry is asked, and its refusal says whose policy has to admit the role", async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { ...fast, 'registry-id': '210987654321' } });
  assert.equal(run.outcome, 'failure');
  const { message = '' } = run.annotations.find(({ level }) => level === 'error') ?? {};
  assert.match(message, /ecr:\w+ failed: .*arn:aws:ecr:eu-central-1:210987654321:repository\/team\/hello/);
  assert.match(message, /repository's own policy/);
});

test("a role of another account pushes where the repository's policy admits it, and is judged by what ECR tells it", async () => {
  await using world = await startWorld({ policies: [allow('ecr:*', 'sts:AssumeRole')] });
  const guest = 'arn:aws:iam::210987654321:role/push';
  world.aws.iam.putRole({
    name: 'push',
    accountId: '210987654321',
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: world.roleArn }, Action: 'sts:AssumeRole' }],
    },
    policies: [allow('ecr:*')],
  });
  const statement = { Sid: 'Push', Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: 'ecr:*' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const asked = { cache: 'off', 'repository-policy': policy, 'scan-on-push': 'false', 'on-drift': 'fail' };
  const first = await world.run({ with: { ...asked, 'wait-for-scan': 'false' } });
  assert.equal(first.outcome, 'success', first.log);
  // The role's own registry has a repository of this name, and other scans: they say nothing of this one.
  const { ecr: own } = clientsIn(world.aws, '210987654321', { actions: ['ecr:*'] });
  const repositoryFilters = [{ filter: '*', filterType: 'WILDCARD' as const }];
  const rules = [{ scanFrequency: 'CONTINUOUS_SCAN' as const, repositoryFilters }];
  await own.send(new CreateRepositoryCommand({ repositoryName: 'team/hello' }));
  await own.send(new PutRegistryScanningConfigurationCommand({ scanType: 'ENHANCED', rules }));
  const run = await world.run({
    sha: 'f'.repeat(40),
    with: { ...asked, 'role-to-assume': `${world.roleArn}\n${guest}`, 'registry-id': '123456789012' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(run.outputs['aws-account-id'], '123456789012');
  assert.equal(run.outputs['scan-verdict'], 'passed');
  assert.equal(world.aws.ecr.repository('team/hello')?.imageTags.get('f'.repeat(40)), run.outputs['digest']);
});
