import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('a permission that the role lacks is told as the statement that grants it', async t => {
  await using world = await startWorld({
    policies: [allow('ecr:GetAuthorizationToken', 'ecr:DescribeRepositories', 'ecr:BatchGetImage')],
  });
  const run = await world.run();
  assert.equal(run.outcome, 'failure');
  assertTranscript(t, world, run);
});

test('a push that the role may not make names the action too', async () => {
  await using world = await startWorld({
    policies: [
      allow(
        'ecr:GetAuthorizationToken',
        'ecr:DescribeRepositories',
        'ecr:CreateRepository',
        'ecr:BatchGetImage',
      ),
    ],
  });
  const run = await world.run({ with: { cache: 'off' } });
  assert.equal(run.outcome, 'failure');
  assert.match(run.annotations[0]?.message ?? '', /403 Forbidden\n.*allow ecr:BatchCheckLayerAvailability/);
});
