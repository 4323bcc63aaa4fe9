import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateRepositoryCommand,
  DeleteLifecyclePolicyCommand,
  DeleteRepositoryPolicyCommand,
  DescribeImagesCommand,
  GetAuthorizationTokenCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { startAws } from './aws.ts';
import type { Aws } from './aws.ts';
import { clientsIn, clientsOf, isRefusal } from './sample.ts';

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

test('a lifecycle policy comes back without white space, its rules by their priority', async () => {
  await using world = await start();
  const tagged = {
    ...rule(1),
    selection: { ...rule(1).selection, tagStatus: 'tagged', tagPrefixList: ['v'] },
  };
  const lifecyclePolicyText = JSON.stringify({ rules: [rule(2), tagged] }, undefined, 2);
  const put = await world.ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
  const got = await world.ecr.send(new GetLifecyclePolicyCommand({ repositoryName }));
  assert.equal(put.lifecyclePolicyText, got.lifecyclePolicyText);
  assert.equal(got.lifecyclePolicyText, JSON.stringify({ rules: [tagged, rule(2)] }));
});

const wide = ' '.repeat(100);
const policyOf = (...rules: unknown[]) => JSON.stringify({ rules });
const changed = (selection: object, action: object = { type: 'expire' }) =>
  policyOf({ ...rule(1), selection: { ...rule(1).selection, ...selection }, action });
const tagged = (...tagPatternList: string[]) => ({ tagStatus: 'tagged', tagPatternList });
const archived = { storageClass: 'archive', countType: 'sinceImageTransitioned', countNumber: 90 };
const archive = { type: 'transition', targetStorageClass: 'archive' };

const accepted: [what: string, text: string][] = [
  ['prefixes', changed({ tagStatus: 'tagged', tagPrefixList: ['v', 'release-'] })],
  ['four wildcards', changed(tagged('*test*1*2*3'))],
  ['a count', changed({ countType: 'imageCountMoreThan', countUnit: undefined })],
  ['a last pull', changed({ countType: 'sinceImagePulled' }, archive)],
  ['a time in the archive', changed(archived)],
  [
    'two rules for all images of the two classes',
    policyOf(rule(1), { ...rule(2), ...JSON.parse(changed(archived)).rules[0], rulePriority: 2 }),
  ],
];

for (const [what, lifecyclePolicyText] of accepted) {
  test(`a lifecycle policy with ${what} is taken`, async () => {
    await using world = await start();
    await world.ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
  });
}

const refused: [what: string, text: string, message: RegExp][] = [
  ['fewer than 100 characters', '{"rules":[]}', /'must have length greater than or equal to 100'/],
  ['more than 30720', ' '.repeat(30_721), /'must have length less than or equal to 30720'/],
  [
    'no JSON',
    `{${wide}`,
    /^Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: Could not map policyString into LifecyclePolicy\.'$/,
  ],
  ['no member for rules', `{${wide}}`, /missing required properties \(\["rules"\]\)/],
  ['no rules', `{"rules":[]${wide}}`, /array is too short/],
  [
    '51 rules',
    policyOf(...Array.from({ length: 51 }, (_, index) => rule(index + 1))),
    /array is too long: must have at most 50 elements but instance has 51 elements/,
  ],
  ['a rule without an action', `{"rules":[{"rulePriority":1,"selection":{}}]${wide}}`, /\["action"\]/],
  ['a misspelt member', policyOf({ ...rule(1), priority: 1 }), /not allowed by the schema: \["priority"\]/],
  ['a priority of 0', policyOf(rule(0)), /lower than the required minimum \(minimum: 1, found: 0\)/],
  [
    'a priority in quotes',
    policyOf({ ...rule(1), rulePriority: '1' }),
    /instance type \(string\).*"integer"/,
  ],
  ['two rules of one priority', policyOf(rule(1), rule(1)), /unique/],
  [
    'another action',
    changed({}, { type: 'delete' }),
    /"delete"\) not found in enum .*\["expire","transition"\]/,
  ],
  [
    'an unused class to move to',
    changed({}, { type: 'expire', targetStorageClass: null }),
    /matched 0 out of 2/,
  ],
  ['a move to nowhere', changed({}, { type: 'transition' }), /matched 0 out of 2/],
  ['another tag status', changed({ tagStatus: 'ANY' }), /not found in enum/],
  [
    'tagged images of no tag',
    changed({ tagStatus: 'tagged' }),
    /Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED/,
  ],
  ['tags for untagged images', changed({ tagPrefixList: ['v'] }), /matched 0/],
  ['both kinds of tags', changed({ ...tagged('v*'), tagPrefixList: ['v'] }), /matched 0/],
  ['five wildcards', changed(tagged('*1*2*3*4*5')), /wildcards/],
  ['another count', changed({ countType: 'sinceImageBuilt' }), /matched 0 out of 2/],
  ['a count of 0', changed({ countNumber: 0 }), /minimum: 1, found: 0/],
  ['days without their unit', changed({ countUnit: undefined }), /matched 0/],
  ['hours', changed({ countUnit: 'hours' }), /matched 0/],
  ['a unit for a number of images', changed({ countType: 'imageCountMoreThan' }), /matched 0/],
  ['an expiry by the last pull', changed({ countType: 'sinceImagePulled' }), /matched 0/],
  ['89 days in the archive', changed({ ...archived, countNumber: 89 }), /minimum: 90, found: 89/],
  ['a time in the archive without saying so', changed({ ...archived, storageClass: undefined }), /matched 0/],
  [
    'two rules for untagged images',
    policyOf(rule(1), rule(2)),
    /Only one rule can select Untagged images per storage class/,
  ],
  [
    'all images before others',
    policyOf(...JSON.parse(changed({ tagStatus: 'any' })).rules, rule(2)),
    /Rule for tagStatus=ANY must have the lowest priority per storage class/,
  ],
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

const anyone = { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' };
const statement = (members: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...anyone, ...members }] });
const unfit = 'Invalid repository policy provided';
const refusedPolicies: [what: string, text: string, constraint: string][] = [
  ['no statement', '{"Statement":[]}', unfit],
  ['no JSON', '{', unfit],
  ['a resource', statement({ Resource: '*' }), unfit],
  ['no principal', statement({ Principal: undefined }), unfit],
  ['an action of another service', statement({ Action: ['ecr:BatchGetImage', 's3:GetObject'] }), unfit],
  ['an account that is too short', statement({ Principal: { AWS: '12345678901' } }), unfit],
  ['a whole account with a star', statement({ Principal: { AWS: 'arn:aws:iam::222222222222:*' } }), unfit],
  ['a service that is none', statement({ Principal: { Service: 'lambda' } }), unfit],
  [
    'a role that is not there',
    statement({ Principal: { AWS: 'arn:aws:iam::123456789012:role/gone' } }),
    'Principal not found',
  ],
];

for (const [what, policyText, constraint] of refusedPolicies) {
  test(`a repository policy with ${what} is refused`, async () => {
    await using world = await start();
    const command = new SetRepositoryPolicyCommand({ repositoryName, policyText });
    await assert.rejects(world.ecr.send(command), error =>
      isRefusal(
        error,
        'InvalidParameterException',
        `Invalid parameter at 'PolicyText' failed to satisfy constraint: '${constraint}'`,
      ),
    );
    assert.equal(world.aws.ecr.repository(repositoryName)?.policy, undefined);
  });
}

test('a repository policy of more than 10240 characters is refused', async () => {
  await using world = await start();
  const policyText = statement({ Sid: 'a'.repeat(10_240) });
  const command = new SetRepositoryPolicyCommand({ repositoryName, policyText });
  await assert.rejects(world.ecr.send(command), error =>
    isRefusal(error, 'InvalidParameterException', /'policyText' .*less than or equal to 10240/),
  );
});

test('accounts, their users and services can be let in', async () => {
  await using world = await start();
  const AWS = ['222222222222', 'arn:aws:iam::333333333333:root', 'arn:aws:iam::333333333333:role/deploy'];
  const policyText = statement({ Principal: { AWS, Service: 'lambda.amazonaws.com' } });
  await world.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
});

test('a policy that locks its maker out is set by force only', async () => {
  await using world = await start();
  const policyText = statement({ Effect: 'Deny', Action: 'ecr:*' });
  await assert.rejects(
    world.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText })),
    error => isRefusal(error, 'InvalidParameterException', /prevent you from setting another policy/),
  );
  await world.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText, force: true }));
  await assert.rejects(world.ecr.send(new GetRepositoryPolicyCommand({ repositoryName })), {
    name: 'AccessDeniedException',
  });
});

test('another account is let in by the repository and by itself, or not at all', async () => {
  await using world = await start();
  const { aws, ecr } = world;
  const guestOf = (...actions: string[]) => clientsIn(aws, '222222222222', { actions }).ecr;
  const describe = (client: ECRClient, registryId?: string) =>
    client.send(new DescribeImagesCommand({ repositoryName, registryId }));

  await assert.rejects(describe(guestOf('ecr:*')), error =>
    isRefusal(error, 'RepositoryNotFoundException', /in the registry with id '222222222222'$/),
  );
  await assert.rejects(describe(guestOf('ecr:*'), aws.accountId), error =>
    isRefusal(
      error,
      'AccessDeniedException',
      'User: arn:aws:iam::222222222222:user/tester is not authorized to perform: ecr:DescribeImages ' +
        'on resource: arn:aws:ecr:eu-central-1:123456789012:repository/team/app ' +
        'because no resource-based policy allows the ecr:DescribeImages action',
    ),
  );
  const policyText = policy('Allow', '222222222222', 'ecr:DescribeImages');
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  await describe(guestOf('ecr:*'), aws.accountId);
  await assert.rejects(describe(guestOf('s3:*'), aws.accountId), error =>
    isRefusal(error, 'AccessDeniedException', /because no identity-based policy allows/),
  );
});

test('each account has a registry of its own, and a password opens them all', async () => {
  await using world = await start();
  const { ecr } = clientsIn(world.aws, '222222222222', { actions: ['ecr:*'] });
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  assert.equal(
    repository?.repositoryArn,
    `arn:aws:ecr:eu-central-1:222222222222:repository/${repositoryName}`,
  );
  assert.equal(repository.repositoryUri, `222222222222.dkr.ecr.eu-central-1.amazonaws.com/${repositoryName}`);
  assert.equal(world.aws.ecr.repositories().length, 1);
  const endpointOf = async (...registryIds: string[]) => {
    const input = registryIds.length > 0 ? { registryIds } : {};
    const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand(input));
    return authorizationData?.map(({ proxyEndpoint }) => proxyEndpoint);
  };
  assert.deepEqual(await endpointOf(), ['https://222222222222.dkr.ecr.eu-central-1.amazonaws.com']);
  assert.deepEqual(await endpointOf('123456789012'), [
    'https://123456789012.dkr.ecr.eu-central-1.amazonaws.com',
  ]);
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
