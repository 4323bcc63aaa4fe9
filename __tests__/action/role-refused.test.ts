import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PolicyDocument } from '../world/aws/policy-document.ts';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { allow, startWorld, trust } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const sub = 'token.actions.githubusercontent.com:sub';

// They wait more than they work.
describe('a role that is refused', { concurrency: 3 }, () => {
  test('an account without an OIDC provider for GitHub is told how to make one, and asked once', async () => {
    await using world = await startWorld();
    const run = await world.run({ with: { 'role-to-assume': 'arn:aws:iam::210987654321:role/ci' } });
    assert.equal(run.outcome, 'failure');
    assert.match(
      run.annotations[0]?.message ?? '',
      /No OpenIDConnect provider found.*\n[^]*create-open-id-connect-provider/,
    );
    assert.equal(world.aws.requests.length, 1);
  });

  test('an audience that the provider does not know is told as that', async () => {
    await using world = await startWorld();
    const run = await world.run({ with: { audience: 'https://example.com' } });
    assert.match(run.annotations[0]?.message ?? '', /Incorrect token audience\n.*client ids/);
    assert.equal(world.aws.requests.length, 1);
  });

  test('a token that somebody else signed is refused, and three fresh ones do not help', async () => {
    await using world = await startWorld({ github: { signWithForeignKey: true } });
    const run = await world.run();
    assert.equal(run.outcome, 'failure');
    assert.match(run.annotations[0]?.message ?? '', /Three fresh tokens were refused/);
    assert.equal(world.aws.requests.length, 3);
  });

  test('a token that has expired is replaced by a fresh one', async () => {
    await using world = await startWorld();
    world.aws.faults.add({
      match: 'sts:AssumeRoleWithWebIdentity',
      kind: 'refuse',
      times: 1,
      error: { code: 'ExpiredTokenException', message: 'Token expired', status: 400 },
    });
    const run = await world.run({ with: { cache: 'off' } });
    assert.equal(run.outcome, 'success', run.log);
    assert.equal(world.github.requests.length, 2);
  });

  test('STS that cannot reach GitHub is asked again', async () => {
    await using world = await startWorld();
    world.aws.faults.add({
      match: 'sts:AssumeRoleWithWebIdentity',
      kind: 'refuse',
      times: 2,
      error: {
        code: 'IDPCommunicationError',
        message: 'The identity provider could not be reached.',
        status: 400,
      },
    });
    const run = await world.run({ with: { cache: 'off' } });
    assert.equal(run.outcome, 'success', run.log);
  });

  test("the immutable form of the subject is told when the policy has only the repository's name", async t => {
    await using world = await startWorld({ trustPolicy: trust({ [sub]: 'repo:octo-org/octo-repo:*' }) });
    const run = await world.run({ job: { subject: 'immutable' } });
    assert.equal(run.outcome, 'failure');
    assertTranscript(t, world, run);
  });

  const enterprise = { slug: 'octocat-inc', id: '123', hasIssuer: true };
  const enterpriseHost = 'token.actions.githubusercontent.com/octocat-inc';
  const ofEnterprise: PolicyDocument = {
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${enterpriseHost}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${enterpriseHost}:aud`]: 'sts.amazonaws.com',
          [`${enterpriseHost}:sub`]: 'repo:octo-org/octo-repo:ref:refs/heads/main',
        },
      },
    },
  };

  test("an enterprise's own issuer is one that the account has to know, and then a policy names it", async () => {
    await using world = await startWorld({ issuer: `https://${enterpriseHost}`, trustPolicy: ofEnterprise });
    const run = await world.run({ job: { enterprise }, with: { cache: 'off', 'wait-for-scan': 'false' } });
    assert.equal(run.outcome, 'success', run.log);
    const known = await world.run({});
    assert.equal(known.outcome, 'failure');

    await using other = await startWorld();
    const unknown = await other.run({ job: { enterprise } });
    assert.equal(unknown.outcome, 'failure');
    const message = unknown.annotations[0]?.message ?? '';
    assert.match(
      message,
      /create-open-id-connect-provider --url https:\/\/token\S+\/octocat-inc --client-id-list/,
    );
    const ofServer = await other.run({ job: { serverUrl: 'https://github.example.com' } });
    assert.match(
      ofServer.annotations[0]?.message ?? '',
      /--url https:\/\/github\.example\.com\/_services\/token --client-id-list sts\.amazonaws\.com\nAWS reads https:\/\/github\.example\.com\/_services/,
    );
  });

  test('a customised subject is told as such, with a policy that admits it', async () => {
    await using world = await startWorld();
    const reusableWorkflow = {
      ref: 'octo-org/workflows/.github/workflows/image.yml@refs/heads/main',
      sha: 'c'.repeat(40),
    };
    for (const subjectClaims of [['repo', 'context', 'job_workflow_ref'], ['repo']]) {
      const job = { subjectClaims, reusableWorkflow };
      world.aws.iam.putRole({
        name: 'ci',
        trustPolicy: trust({ [sub]: 'repo:octo-org/other:*' }),
        policies: [],
      });
      const refused = await world.run({ job });
      const message = refused.annotations[0]?.message ?? '';
      assert.match(message, /- The subject was customised/);
      const told = /^\{$.*^\}$/ms.exec(message)?.[0] ?? '';
      const trustPolicy: PolicyDocument = JSON.parse(told);
      world.aws.iam.putRole({ name: 'ci', trustPolicy, policies: [allow('ecr:*')] });
      const run = await world.run({ job, with: { cache: 'off', 'wait-for-scan': 'false' } });
      assert.equal(run.outcome, 'success', run.log);
    }
  });

  test('a pull request that meets a policy for main is told so', async () => {
    await using world = await startWorld({
      trustPolicy: trust({ [sub]: 'repo:octo-org/octo-repo:ref:refs/heads/main' }),
    });
    const options = { number: 7, mergeSha: 'e'.repeat(40), headSha: 'd'.repeat(40), headRef: 'feature' };
    const run = await world.run({ event: pullRequest(describeJob(), options) });
    assert.match(run.annotations[0]?.message ?? '', / {2}- The job runs for a pull request/);
  });
});
