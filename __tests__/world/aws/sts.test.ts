import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type {
  AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommandInput,
  Credentials,
} from '@aws-sdk/client-sts';
import type { JWTPayload } from 'jose';
import { startAws } from './aws.ts';
import type { Aws, AwsOptions } from './aws.ts';
import type { Role } from './identities.ts';
import type { ConditionBlock, PolicyDocument } from './policy-document.ts';
import { allow, clientsOf, createIssuer, isRefusal, trustOf } from './sample.ts';
import type { Issuer } from './sample.ts';

const roleArn = 'arn:aws:iam::123456789012:role/ci';

test('a token that the trust policy admits opens a session of the role', async () => {
  await using world = await start();
  const { aws } = world;
  const answer = await assume(world);
  assert.equal(answer.AssumedRoleUser?.Arn, 'arn:aws:sts::123456789012:assumed-role/ci/a-job');
  assert.equal(answer.SubjectFromWebIdentityToken, 'repo:octo-org/app:ref:refs/heads/main');
  assert.equal(answer.Audience, 'sts.amazonaws.com');
  const minutes = ((answer.Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 60_000;
  assert.ok(minutes > 59 && minutes <= 60, `${minutes} minutes`);

  const identity = await stsOf(aws, answer.Credentials).send(new GetCallerIdentityCommand({}));
  assert.equal(identity.Arn, 'arn:aws:sts::123456789012:assumed-role/ci/a-job');
  assert.equal(identity.Account, '123456789012');
  assert.equal(identity.UserId, answer.AssumedRoleUser.AssumedRoleId);
});

test('the record of requests tells no secret', async () => {
  await using world = await start();
  await assume(world);
  const [request] = world.aws.requests;
  assert.equal(request?.operation, 'AssumeRoleWithWebIdentity');
  assert.deepEqual(request.parameters, {
    RoleArn: roleArn,
    RoleSessionName: 'a-job',
    WebIdentityToken: '***',
  });
});

interface RefusedToken {
  what: string;
  claims?: JWTPayload;
  input?: Partial<AssumeRoleWithWebIdentityCommandInput>;
  role?: Partial<Role>;
  code: string;
  message: RegExp | string;
}

const notAuthorized = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
const past = Math.floor(Date.now() / 1000) - 10;
const refusedTokens: RefusedToken[] = [
  {
    what: 'a subject that the trust policy does not name',
    claims: { sub: 'repo:octo-org/other:ref:refs/heads/main' },
    code: 'AccessDenied',
    message: notAuthorized,
  },
  {
    what: 'a role that does not exist',
    input: { RoleArn: 'arn:aws:iam::123456789012:role/none' },
    code: 'AccessDenied',
    message: notAuthorized,
  },
  {
    what: 'a role that trusts a user only',
    role: { trustPolicy: { Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:*' } } },
    code: 'AccessDenied',
    message: notAuthorized,
  },
  {
    what: 'a trust policy with an explicit deny',
    role: {
      trustPolicy: {
        Statement: [
          { Effect: 'Allow', Principal: { Federated: '*' }, Action: 'sts:*' },
          { Effect: 'Deny', Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithWebIdentity' },
        ],
      },
    },
    code: 'AccessDenied',
    message: notAuthorized,
  },
  {
    what: 'an issuer that the account does not know',
    claims: { iss: 'https://gitlab.example' },
    code: 'InvalidIdentityToken',
    message: 'No OpenIDConnect provider found in your account for https://gitlab.example',
  },
  {
    what: 'a role of an account without the provider',
    input: { RoleArn: 'arn:aws:iam::999999999999:role/ci' },
    code: 'InvalidIdentityToken',
    message: /^No OpenIDConnect provider found in your account for/,
  },
  {
    what: 'an audience that is not registered',
    claims: { aud: 'https://github.com/octo-org' },
    code: 'InvalidIdentityToken',
    message: 'Incorrect token audience',
  },
  {
    what: 'a token whose time is over',
    claims: { exp: past },
    code: 'ExpiredTokenException',
    message: /^Token expired: current date\/time \d{10} must be before the expiration date\/time \d{10}$/,
  },
  {
    what: 'a token whose time has not come',
    claims: { nbf: past + 120 },
    code: 'InvalidIdentityToken',
    message: /not valid yet/,
  },
  {
    what: 'something that is no token',
    input: { WebIdentityToken: 'nothing.of.it' },
    code: 'InvalidIdentityToken',
    message: /^The ID Token provided is not a valid JWT/,
  },
  {
    what: 'a session name of one letter',
    input: { RoleSessionName: 'x' },
    code: 'ValidationError',
    message:
      "1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: " +
      'Member must have length greater than or equal to 2',
  },
  {
    what: 'a session name with a blank and too short a duration',
    input: { RoleSessionName: 'a job', DurationSeconds: 60 },
    code: 'ValidationError',
    message:
      /^2 validation errors detected: .*'roleSessionName' .* pattern: \[\\w\+=,\.@-\]\*; .*'durationSeconds' .* value greater than or equal to 900$/,
  },
  {
    what: 'no role',
    input: { RoleArn: undefined },
    code: 'ValidationError',
    message: /Value null at 'roleArn' failed to satisfy constraint: Member must not be null/,
  },
  {
    what: 'a role that is no ARN',
    input: { RoleArn: 'the-role-of-the-ci-jobs' },
    code: 'ValidationError',
    message: 'the-role-of-the-ci-jobs is invalid',
  },
  {
    what: 'a duration beyond the role',
    input: { DurationSeconds: 3601 },
    code: 'ValidationError',
    message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  },
  {
    what: 'a session policy that is no JSON',
    input: { Policy: '{' },
    code: 'MalformedPolicyDocument',
    message: 'This policy contains invalid Json',
  },
  {
    what: 'eleven managed policies',
    input: {
      PolicyArns: Array.from({ length: 11 }, (_, index) => ({ arn: `arn:aws:iam::aws:policy/p${index}` })),
    },
    code: 'ValidationError',
    message: /'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10/,
  },
];

for (const { what, claims, input, role, code, message } of refusedTokens) {
  test(`${what} is refused as ${code}`, async () => {
    await using world = await start({ role });
    await assert.rejects(assume(world, { claims, input }), error => isRefusal(error, code, message));
  });
}

const host = 'token.actions.githubusercontent.com';
const everyClaim = {
  actor: 'octocat',
  actor_id: '583231',
  enterprise_id: '7',
  environment: 'prod',
  event_name: 'push',
  job_workflow_ref: 'octo-org/app/.github/workflows/release.yml@refs/heads/main',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  repository_id: '740000074',
  repository_owner: 'octo-org',
  repository_owner_id: '650065',
  runner_environment: 'github-hosted',
  workflow: 'Release',
};
const compared = new Set([
  'actor',
  'actor_id',
  'enterprise_id',
  'environment',
  'job_workflow_ref',
  'ref',
  'repository_id',
  'workflow',
]);

test('of what a token claims AWS compares what it has condition keys for, and the rest is never there', async () => {
  await using world = await start();
  const admits = async (Condition: ConditionBlock): Promise<boolean> => {
    const Principal = { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` };
    const Statement = {
      Effect: 'Allow' as const,
      Principal,
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    };
    world.aws.iam.putRole({ name: 'ci', trustPolicy: { Statement }, policies: [] });
    return await assume(world, { claims: everyClaim }).then(
      () => true,
      (error: unknown) => !isRefusal(error, 'AccessDenied', notAuthorized),
    );
  };
  for (const [name, value] of Object.entries(everyClaim)) {
    const isThere = compared.has(name);
    const key = `${host}:${name}`;
    const answers = {
      StringEquals: await admits({ StringEquals: { [key]: value } }),
      StringLike: await admits({ StringLike: { [key]: '*' } }),
      StringNotEquals: await admits({ StringNotEquals: { [key]: value } }),
      StringEqualsIfExists: await admits({ StringEqualsIfExists: { [key]: 'other' } }),
      Null: await admits({ Null: { [key]: 'true' } }),
    };
    assert.deepEqual(
      answers,
      {
        StringEquals: isThere,
        StringLike: isThere,
        StringNotEquals: !isThere,
        StringEqualsIfExists: !isThere,
        Null: !isThere,
      },
      name,
    );
  }
});

test('a token that another key signed is refused', async () => {
  const impostor = await createIssuer();
  await using world = await start();
  const WebIdentityToken = await impostor.issue();
  await assert.rejects(assume(world, { input: { WebIdentityToken } }), error =>
    isRefusal(error, 'InvalidIdentityToken', 'Invalid token signature'),
  );
});

test('a provider without a key for the token is refused', async () => {
  const issuer = await createIssuer();
  await using aws = await startAws({ oidcProviders: [{ ...issuer.provider, jwks: { keys: [] } }] });
  aws.iam.putRole({ name: 'ci', trustPolicy: trustOf('octo-org/app'), policies: [] });
  await assert.rejects(assume({ aws, issuer }), error =>
    isRefusal(
      error,
      'InvalidIdentityToken',
      /^Couldn't retrieve verification key from your identity provider, /,
    ),
  );
});

test('a session outlives its seconds as little as a real one its hour', async () => {
  let elapsedMs = 0;
  await using world = await start({
    options: { sessionLifetimeSeconds: 2, now: () => new Date(Date.now() + elapsedMs) },
  });
  const { Credentials: credentials } = await assume(world);
  const ecr = ecrOf(world.aws, credentials);
  await ecr.send(new DescribeRepositoriesCommand({}));
  elapsedMs = 3000;
  await assert.rejects(ecr.send(new DescribeRepositoriesCommand({})), error =>
    isRefusal(error, 'ExpiredTokenException', 'The security token included in the request is expired'),
  );
});

test('a session policy takes away from what the role may do', async () => {
  await using world = await start();
  const Policy = JSON.stringify(allow('ecr:DescribeRepositories', 's3:*'));
  const { Credentials: credentials } = await assume(world, { input: { Policy } });
  const ecr = ecrOf(world.aws, credentials);
  await ecr.send(new DescribeRepositoriesCommand({}));
  await assert.rejects(ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' })), error =>
    isRefusal(
      error,
      'AccessDeniedException',
      /because no session policy allows the ecr:CreateRepository action$/,
    ),
  );
});

test('a managed policy narrows a session too, if there is one', async () => {
  await using world = await start();
  const arn = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly';
  const input = { PolicyArns: [{ arn }] };
  await assert.rejects(assume(world, { input }), error =>
    isRefusal(error, 'ValidationError', /does not exist/),
  );
  world.aws.iam.putManagedPolicy({ arn, document: allow('ecr:Describe*') });
  const { Credentials: credentials } = await assume(world, { input });
  await ecrOf(world.aws, credentials).send(new DescribeRepositoriesCommand({}));
});

test('a session goes on to a role that trusts its role, for an hour at most', async () => {
  await using world = await start();
  const { aws } = world;
  const trustPolicy: PolicyDocument = {
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: { StringEquals: { 'sts:ExternalId': 'shared:between-us', 'aws:RequestTag/team': 'blue' } },
    },
  };
  aws.iam.putRole({ name: 'next', trustPolicy, policies: [], maxSessionDurationSeconds: 7200 });
  const sts = stsOf(aws, (await assume(world)).Credentials);
  const input = {
    RoleArn: 'arn:aws:iam::123456789012:role/next',
    RoleSessionName: 'next-job',
    ExternalId: 'shared:between-us',
    Tags: [{ Key: 'team', Value: 'blue' }],
  };
  const { AssumedRoleUser: user } = await sts.send(new AssumeRoleCommand(input));
  assert.equal(user?.Arn, 'arn:aws:sts::123456789012:assumed-role/next/next-job');

  await assert.rejects(sts.send(new AssumeRoleCommand({ ...input, DurationSeconds: 7200 })), error =>
    isRefusal(
      error,
      'ValidationError',
      /exceeds the 1 hour session limit for roles assumed by role chaining\.$/,
    ),
  );
  await assert.rejects(sts.send(new AssumeRoleCommand({ ...input, ExternalId: 'guess' })), error =>
    isRefusal(
      error,
      'AccessDenied',
      'User: arn:aws:sts::123456789012:assumed-role/ci/a-job is not authorized to perform: sts:AssumeRole ' +
        'on resource: arn:aws:iam::123456789012:role/next',
    ),
  );
});

const conflicts =
  "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.";
const tagFaults: [
  what: string,
  input: Partial<AssumeRoleCommandInput>,
  code: string,
  message: string | RegExp,
][] = [
  [
    'the same key in another case',
    {
      Tags: [
        { Key: 'team', Value: 'a' },
        { Key: 'Team', Value: 'b' },
      ],
    },
    'InvalidParameterValue',
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  ],
  ["AWS's prefix", { Tags: [{ Key: 'aws:team', Value: 'a' }] }, 'InvalidParameterValue', /aws:/],
  [
    'a transitive key that is no tag',
    { Tags: [{ Key: 'team', Value: 'a' }], TransitiveTagKeys: ['stage'] },
    'InvalidParameterValue',
    'The specified transitive tag key must be included in the requested tags.',
  ],
  [
    'more than fits once it is packed',
    { Tags: Array.from({ length: 9 }, (_, index) => ({ Key: `T${index}`, Value: 'a'.repeat(250) })) },
    'PackedPolicyTooLarge',
    'Packed size of session tags consumes 498% of allotted space.',
  ],
];

for (const [what, input, code, message] of tagFaults) {
  test(`session tags with ${what} are refused as ${code}`, async () => {
    await using aws = await startAws({ oidcProviders: [] });
    putTagged(aws, { name: 'one', trusts: 'arn:aws:iam::123456789012:root' });
    const { sts } = clientsOf(aws, 'sts:*');
    await assert.rejects(sts.send(new AssumeRoleCommand({ ...nextOf('one'), ...input })), error =>
      isRefusal(error, code, message),
    );
  });
}

test('a transitive tag is on every session after its own, cannot be set again, and needs sts:TagSession each time', async () => {
  await using aws = await startAws({ oidcProviders: [] });
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  putTagged(aws, { name: 'one', trusts: 'arn:aws:iam::123456789012:root' });
  putTagged(aws, { name: 'two', trusts: role('one') });
  putTagged(aws, { name: 'three', trusts: role('two'), condition: { 'aws:PrincipalTag/team': 'web' } });
  putTagged(aws, { name: 'four', trusts: role('two'), actions: ['sts:AssumeRole'] });
  putTagged(aws, { name: 'five', trusts: role('two'), condition: { 'aws:PrincipalTag/stage': 'test' } });
  const assumeBy = async (sts: STSClient, name: string, input: Partial<AssumeRoleCommandInput> = {}) =>
    stsOf(aws, (await sts.send(new AssumeRoleCommand({ ...nextOf(name), ...input }))).Credentials);
  const Tags = [
    { Key: 'team', Value: 'web' },
    { Key: 'stage', Value: 'test' },
  ];
  const one = await assumeBy(clientsOf(aws, 'sts:*').sts, 'one', { Tags, TransitiveTagKeys: ['TEAM'] });
  await assert.rejects(assumeBy(one, 'two', { Tags }), error =>
    isRefusal(error, 'InvalidParameterValue', conflicts),
  );
  const two = await assumeBy(one, 'two');
  await assumeBy(two, 'three');
  for (const [name, action] of [
    ['four', 'sts:TagSession'],
    ['five', 'sts:AssumeRole'],
  ] as const) {
    await assert.rejects(assumeBy(two, name), error =>
      isRefusal(error, 'AccessDenied', new RegExp(`not authorized to perform: ${action} on resource`)),
    );
  }
});

function nextOf(name: string) {
  return { RoleArn: `arn:aws:iam::123456789012:role/${name}`, RoleSessionName: 'next-job' };
}

/** A role that may assume any other, for one principal. */
function putTagged(
  aws: Aws,
  role: { name: string; trusts: string; actions?: string[]; condition?: Record<string, string> },
): void {
  const { name, trusts, actions = ['sts:AssumeRole', 'sts:TagSession'], condition = {} } = role;
  const Condition = { StringEquals: condition };
  const Statement = { Effect: 'Allow' as const, Principal: { AWS: trusts }, Action: actions, Condition };
  aws.iam.putRole({ name, trustPolicy: { Statement }, policies: [allow('sts:*')] });
}

test('a role that trusts the account leaves it to the caller’s own policies', async () => {
  await using world = await start();
  const { aws } = world;
  const trustPolicy: PolicyDocument = {
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'sts:AssumeRole',
    },
  };
  aws.iam.putRole({ name: 'next', trustPolicy, policies: [], accountId: '222222222222' });
  const input = { RoleArn: 'arn:aws:iam::222222222222:role/next', RoleSessionName: 'next-job' };
  const { sts } = clientsOf(aws, 'ecr:*');
  await assert.rejects(sts.send(new AssumeRoleCommand(input)), error =>
    isRefusal(error, 'AccessDenied', /User: /),
  );
  const { sts: permitted } = clientsOf(aws, 'sts:AssumeRole');
  const { AssumedRoleUser: user } = await permitted.send(new AssumeRoleCommand(input));
  assert.equal(user?.Arn, 'arn:aws:sts::222222222222:assumed-role/next/next-job');
});

test('unsigned calls and unknown operations are refused', async () => {
  await using world = await start();
  const post = (body: string) => fetch(world.aws.url, { method: 'POST', body: new URLSearchParams(body) });
  const missing = await post('Action=GetCallerIdentity&Version=2011-06-15');
  assert.equal(missing.status, 403);
  assert.match(await missing.text(), /<Code>MissingAuthenticationToken<\/Code>/);
  const unknown = await post('Action=AssumeRoleWithWebIdentity&Version=2011-06-15&Roll=%3Cci%3E');
  assert.equal(unknown.status, 400);
  assert.match(await unknown.text(), /<Type>Sender<\/Type>\s*<Code>ValidationError<\/Code>/);
});

test('faults are worded as STS words them', async () => {
  await using world = await start();
  const { faults } = world.aws;
  const match = 'sts:AssumeRoleWithWebIdentity';
  faults.add({ match, times: 1, kind: 'throttle' });
  faults.add({ match, times: 1, kind: 'server-error' });
  faults.add({
    match,
    times: 1,
    kind: 'refuse',
    error: { code: 'IDPCommunicationError', message: 'No.', status: 400 },
  });
  await assert.rejects(assume(world), error => isRefusal(error, 'Throttling', 'Rate exceeded'));
  await assert.rejects(assume(world), error => isRefusal(error, 'InternalFailure', /unknown error/));
  await assert.rejects(assume(world), error => isRefusal(error, 'IDPCommunicationErrorException', 'No.'));
  await assume(world);
});

interface World extends AsyncDisposable {
  aws: Aws;
  issuer: Issuer;
}

async function start({
  role,
  options,
}: { role?: Partial<Role> | undefined; options?: Partial<AwsOptions> } = {}): Promise<World> {
  const issuer = await createIssuer();
  const aws = await startAws({ oidcProviders: [issuer.provider], ...options });
  aws.iam.putRole({ name: 'ci', trustPolicy: trustOf('octo-org/app'), policies: [allow('ecr:*')], ...role });
  return { aws, issuer, [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose]() };
}

async function assume(
  { aws, issuer }: { aws: Aws; issuer: Issuer },
  {
    claims,
    input,
  }: {
    claims?: JWTPayload | undefined;
    input?: Partial<AssumeRoleWithWebIdentityCommandInput> | undefined;
  } = {},
) {
  const sts = new STSClient({ endpoint: aws.url, region: aws.region, maxAttempts: 1 });
  const WebIdentityToken = await issuer.issue(claims);
  const request = { RoleArn: roleArn, RoleSessionName: 'a-job', WebIdentityToken, ...input };
  return await sts.send(new AssumeRoleWithWebIdentityCommand(request));
}

function stsOf(aws: Aws, credentials: Credentials | undefined): STSClient {
  return new STSClient(clientOptions(aws, credentials));
}

function ecrOf(aws: Aws, credentials: Credentials | undefined): ECRClient {
  return new ECRClient(clientOptions(aws, credentials));
}

function clientOptions({ url: endpoint, region }: Aws, credentials: Credentials | undefined) {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = credentials ?? {};
  assert.ok(accessKeyId && secretAccessKey && sessionToken);
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey, sessionToken }, maxAttempts: 1 };
}
