import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const push = 'arn:aws:iam::123456789012:role/push';
const between = 'arn:aws:iam::123456789012:role/between';

// They wait more than they work.
describe('a chain of roles', { concurrency: 3 }, () => {
  test('roles are assumed one after the other, with external id, tags and a policy that narrows the last', async () => {
    await using world = await startWorld({ policies: [allow('sts:AssumeRole', 'sts:TagSession')] });
    putPushRole(world, { 'sts:ExternalId': 'team:42', 'aws:RequestTag/team': 'web' });
    const run = await world.run({
      with: {
        'role-to-assume': `${world.roleArn}\n${push}`,
        'role-external-id': 'team:42',
        'custom-tags': '{"team": "web"}',
        'transitive-tag-keys': 'team',
        'inline-session-policy': JSON.stringify(allow('ecr:*')),
        cache: 'off',
      },
    });
    assert.equal(run.outcome, 'success', run.log);
    assert.match(
      run.log,
      /^Role {8}arn:aws:iam::123456789012:role\/ci\nRole {8}arn:aws:iam::123456789012:role\/push$/m,
    );
    const calls = world.aws.requests.map(({ operation }) => operation);
    assert.deepEqual(calls.slice(0, 2), ['AssumeRoleWithWebIdentity', 'AssumeRole']);
  });

  test('a tag that is handed on is set once, on the first role of a longer chain', async () => {
    await using world = await startWorld({ policies: [allow('sts:AssumeRole', 'sts:TagSession')] });
    // The tags of the job are set on every session of the chain, or handed on as any other.
    const conditions = {
      'aws:PrincipalTag/team': 'web',
      'aws:RequestTag/stage': 'prod',
      'aws:PrincipalTag/Repository': 'octo-org/octo-repo',
      'aws:RequestTag/GitHub': 'Actions',
      'aws:RequestTag/Branch': 'refs/heads/main',
    };
    putPushRole(world, conditions, between);
    const statement = { Effect: 'Allow' as const, Action: ['sts:AssumeRole', 'sts:TagSession'] };
    world.aws.iam.putRole({
      name: 'between',
      trustPolicy: { Statement: { ...statement, Principal: { AWS: world.roleArn } } },
      policies: [allow('sts:AssumeRole', 'sts:TagSession')],
    });
    const run = await world.run({
      with: {
        'role-to-assume': [world.roleArn, between, push].join('\n'),
        'custom-tags': '{"team": "web", "stage": "prod"}',
        'role-skip-session-tagging': 'false',
        'transitive-tag-keys': 'team\nRepository',
        'wait-for-scan': 'false',
        cache: 'off',
      },
    });
    assert.equal(run.outcome, 'success', run.log);
  });

  test('a role that does not let the one before it in is told who has to admit whom', async t => {
    await using world = await startWorld({ policies: [allow('sts:AssumeRole')] });
    putPushRole(world, { 'sts:ExternalId': 'team:42' });
    const run = await world.run({ with: { 'role-to-assume': `${world.roleArn}\n${push}` } });
    assert.equal(run.outcome, 'failure');
    assertTranscript(t, world, run);
  });

  test('a session policy that takes a permission away is named as what denies the call', async () => {
    await using world = await startWorld();
    const policy = allow('ecr:GetAuthorizationToken', 'ecr:DescribeRepositories', 'ecr:BatchGetImage');
    const run = await world.run({ with: { 'inline-session-policy': JSON.stringify(policy) } });
    assert.equal(run.outcome, 'failure');
    assert.match(
      run.annotations[0]?.message ?? '',
      /ecr:CreateRepository.*\n.*`inline-session-policy` or `managed-session-policies` has to allow it too/,
    );
  });

  test('the first role can be assumed with the keys that the job has', async () => {
    await using world = await startWorld();
    const keys = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    world.aws.iam.putUser({ name: 'builder', ...keys, policies: [allow('sts:AssumeRole')] });
    putPushRole(world, {}, 'arn:aws:iam::123456789012:user/builder');
    const run = await world.run({
      permissions: {},
      with: { 'role-to-assume': push, 'role-chaining': 'true', cache: 'off' },
      environment: { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
    });
    assert.equal(run.outcome, 'success', run.log);
    assert.match(run.log, /^From {8}the job's own credentials$/m);
  });

  /** A role for the role `ci`, or another principal, under these conditions. */
  function putPushRole(world: World, condition: Record<string, string>, principal = world.roleArn): void {
    const trustPolicy: PolicyDocument = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: principal },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          ...(Object.keys(condition).length > 0 && { Condition: { StringEquals: condition } }),
        },
      ],
    };
    world.aws.iam.putRole({ name: 'push', trustPolicy, policies: [allow('ecr:*')] });
  }
});
