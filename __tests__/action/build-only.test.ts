import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('`push: false` only builds, and needs neither a role nor a region', async t => {
  await using world = await startWorld();
  const run = await world.run({
    permissions: {},
    with: { push: 'false', 'role-to-assume': '', 'aws-region': '' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(world.aws.requests, []);
  assertTranscript(t, world, run);
});
