import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';

const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

test('without a role the credentials of the job are used', async () => {
  await using world = await startWorld();
  world.aws.iam.putUser({ name: 'builder', ...keys, policies: [allow('ecr:*')] });
  const run = await world.run({
    permissions: {},
    with: { 'role-to-assume': '', cache: 'off' },
    environment: { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^Without role-to-assume: environment variables/m);
});

test('a job that has none is told what to set', async () => {
  await using world = await startWorld();
  const run = await world.run({
    with: { 'role-to-assume': '' },
    environment: { AWS_EC2_METADATA_DISABLED: 'true' },
  });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /There are no AWS credentials in this job: set `role-to-assume`/,
  );
});
