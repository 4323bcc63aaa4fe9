import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('a job without `id-token: write` is told the permission to add', async t => {
  await using world = await startWorld();
  const run = await world.run({ permissions: {} });
  assert.equal(run.outcome, 'failure');
  assert.deepEqual(world.aws.requests, []);
  assertTranscript(t, world, run);
});
