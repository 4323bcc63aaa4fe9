import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

test('an account that is not allowed stops the step before it does anything', async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { 'allowed-account-ids': '210987654321' } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /role\/ci\/\S+ is in account 123456789012, which `allowed-account-ids` does not name\.\nAllowed: 210987654321/,
  );
  assert.deepEqual(
    world.aws.requests.map(({ operation }) => operation),
    ['AssumeRoleWithWebIdentity', 'GetCallerIdentity'],
  );
});

test('an allowed account goes on, and is told as an output', async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { 'allowed-account-ids': '123456789012', cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(run.outputs['aws-account-id'], '123456789012');
});

test('the keys are exported to those who ask, and masked all the same', async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { 'output-env-credentials': 'true', cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(Object.keys(run.env).toSorted(), [
    'AWS_ACCESS_KEY_ID',
    'AWS_DEFAULT_REGION',
    'AWS_REGION',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
  ]);
  assert.ok(run.masks.includes(run.env['AWS_SECRET_ACCESS_KEY'] ?? ''));
  assert.ok(!run.log.includes(run.env['AWS_SECRET_ACCESS_KEY'] ?? ''));
});

test('a masked account is shown nowhere, and what other jobs need is handed on without it', async () => {
  await using world = await startWorld();
  const job = {
    workspace: await world.checkout(),
    event: pullRequest(describeJob(), {
      number: 7,
      mergeSha: 'e'.repeat(40),
      headSha: 'd'.repeat(40),
      headRef: 'feature',
    }),
    permissions: { 'id-token': 'write', 'pull-requests': 'write' } as const,
  };
  const masked = { 'mask-aws-account-id': 'true' };
  const build = { ...masked, cache: 'off', mode: 'build', 'allowed-account-ids': '123456789012' };
  const piece = await world.run({ ...job, with: build });
  assert.equal(piece.outcome, 'success', piece.log);
  const log = piece.log.slice(piece.log.indexOf('##[endgroup]'));
  assert.match(log, /^Role {8}arn:aws:iam::\*\*\*:role\/ci$/m);
  assert.ok(!`${log}${piece.summary}${JSON.stringify(piece.state)}`.includes('123456789012'));
  assert.deepEqual(
    piece.masks.filter(each => /^\d{12}$/.test(each)),
    ['123456789012'],
  );
  assert.match(
    piece.annotations.map(({ message }) => message).join('\n'),
    /GitHub hands on no output to other jobs in which the account id is/,
  );
  // The world's registry has no account in its host, as AWS's has.
  const told: { repository: string } = JSON.parse(piece.outputs['build'] ?? '{}');
  assert.equal(told.repository, 'team/hello');
  assert.equal(piece.outputs['aws-account-id'], '123456789012');

  const merge = {
    ...masked,
    mode: 'merge',
    builds: piece.outputs['build'] ?? '',
    comment: 'true',
    'wait-for-scan': 'false',
  };
  const joined = await world.run({ ...job, with: { ...merge, 'build-args': '' } });
  assert.equal(joined.outcome, 'success', joined.log);
  const [comment] = world.github.comments;
  assert.match(comment?.body ?? '', /^<!-- ecr-image: eu-central-1\/team\/hello -->\n/);
  assert.doesNotMatch(comment?.body ?? '', /123456789012/);
});
