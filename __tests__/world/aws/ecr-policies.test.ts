import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  DeleteLifecyclePolicyCommand,
  DeleteRepositoryPolicyCommand,
  DescribeImagesCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import { clientsOf, isRefusal } from './sample.ts';
import type { ECRClient } from '@aws-sdk/client-ecr';
import type { Aws } from './aws.ts';

const repositoryName = 'team/app';
const rule = (rulePriority: number) => ({
  rulePriority,
  description: 'Untagged images go after two weeks',
  selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
  action: { type: 'expire' },
});

test('a lifecycle policy is put, got as it is, and deleted', async () => {
  await using world = await start();
  const lifecyclePolicyText = JSON.stringify({ rules: [rule(1)] });
  await assert.rejects(world.ecr.send(new GetLifecyclePolicyCommand({ repositoryName })), error =>
    isRefusal(
      error,
      'LifecyclePolicyNotFoundException',
      "Lifecycle policy does not exist for the repository with name 'team/app' in the registry with id '123456789012'",
    ),
  );
  await world.ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
  const got = await world.ecr.send(new GetLifecyclePolicyCommand({ repositoryName }));
  assert.equal(got.lifecyclePolicyText, lifecyclePolicyText);
  await world.ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName }));
  assert.equal(world.aws.ecr.repository(repositoryName)?.lifecyclePolicy, undefined);
});

const wide = ' '.repeat(100);
const refused: [what: string, text: string, message: RegExp][] = [
  ['fewer than 100 characters', '{"rules":[]}', /'must have length greater than or equal to 100'/],
  ['more than 30720', ' '.repeat(30_721), /'must have length less than or equal to 30720'/],
  ['no JSON', `{${wide}`, /'Lifecycle policy validation failure: string is not a valid JSON'$/],
  ['no rules', `{${wide}}`, /missing required properties \(\["rules"\]\)/],
  ['51 rules', JSON.stringify({ rules: Array.from({ length: 51 }, (_, index) => rule(index + 1)) }), /50/],
  ['a rule without an action', `{"rules":[{"rulePriority":1,"selection":{}}]${wide}}`, /\["action"\]/],
  ['two rules of one priority', JSON.stringify({ rules: [rule(1), rule(1)] }), /unique/],
];

for (const [what, lifecyclePolicyText, message] of refused) {
  test(`a lifecycle policy of ${what} is refused`, async () => {
    await using world = await start();
    const command = new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText });
    await assert.rejects(world.ecr.send(command), error =>
      isRefusal(error, 'InvalidParameterException', message),
    );
  });
}

test('a repository policy is set, got as it is, and deleted', async () => {
  await using world = await start();
  const policyText = policy('Allow', '*', 'ecr:BatchGetImage');
  await assert.rejects(world.ecr.send(new GetRepositoryPolicyCommand({ repositoryName })), {
    name: 'RepositoryPolicyNotFoundException',
  });
  await world.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  const got = await world.ecr.send(new GetRepositoryPolicyCommand({ repositoryName }));
  assert.equal(got.policyText, policyText);
  await world.ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName }));
  assert.equal(world.aws.ecr.repository(repositoryName)?.policy, undefined);
});

test('a repository policy that is none is refused', async () => {
  await using world = await start();
  const command = new SetRepositoryPolicyCommand({ repositoryName, policyText: '{"Statement":[]}' });
  await assert.rejects(world.ecr.send(command), error =>
    isRefusal(
      error,
      'InvalidParameterException',
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    ),
  );
});

test('a repository policy gives what the caller’s own do not, and denies what they do', async () => {
  await using world = await start();
  const { aws, ecr } = world;
  const tester = 'arn:aws:iam::123456789012:user/tester';
  await ecr.send(
    new SetRepositoryPolicyCommand({
      repositoryName,
      policyText: policy('Allow', tester, 'ecr:DescribeImages'),
    }),
  );
  const { ecr: poor } = clientsOf(aws, 's3:*');
  await poor.send(new DescribeImagesCommand({ repositoryName }));

  const { ecr: rich } = clientsOf(aws, 'ecr:*');
  await rich.send(
    new SetRepositoryPolicyCommand({ repositoryName, policyText: policy('Deny', '*', 'ecr:DescribeImages') }),
  );
  await assert.rejects(rich.send(new DescribeImagesCommand({ repositoryName })), error =>
    isRefusal(error, 'AccessDeniedException', /with an explicit deny in a resource-based policy$/),
  );
});

function policy(Effect: 'Allow' | 'Deny', AWS: string, Action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Principal: { AWS }, Action }] });
}

interface World extends AsyncDisposable {
  aws: Aws;
  ecr: ECRClient;
}

async function start(): Promise<World> {
  const aws = await startAws({ oidcProviders: [] });
  const { ecr } = clientsOf(aws, 'ecr:*');
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  return { aws, ecr, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}
