import assert from 'node:assert/strict';
import { test } from 'node:test';
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
