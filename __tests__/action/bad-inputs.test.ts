import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('inputs that cannot be used are all told at once, before anything is asked of anybody', async t => {
  await using world = await startWorld();
  const run = await world.run({
    with: {
      'role-to-assume': 'ci',
      'aws-region': 'Frankfurt',
      repository: 'Team/My App',
      'fail-on': 'critcal',
      'scan-timeout': '10 minutes',
      'role-duration-seconds': '60',
      platforms: 'linux/amd64,Linux ARM',
      tags: 'latest\nteam/app:1',
      cache: 'regsitry',
      push: 'yes',
      file: 'deploy/Dockerfile',
      // A folder of the example.
      'lifecycle-policy': 'almanac',
    },
  });

  assert.equal(run.outcome, 'failure');
  assert.deepEqual(world.aws.requests, []);
  assert.deepEqual(world.gate.requests, []);
  assertTranscript(t, world, run);
});

test('a workspace without a checkout is told as such', async () => {
  await using world = await startWorld();
  const run = await world.run({ workspace: world.scratch });
  assert.match(run.annotations[0]?.message ?? '', /context: '\.' has no Dockerfile\..*actions\/checkout/);
});
