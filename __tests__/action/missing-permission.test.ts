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

test('an action that the registry asks for and no input tells of is in the statement too', async () => {
  await using world = await startWorld();
  const profile = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/team';
  const message =
    `User: arn:aws:sts::123456789012:assumed-role/ci/job is not authorized to perform: signer:SignPayload on resource: ${profile} ` +
    'because no identity-based policy allows the signer:SignPayload action';
  world.aws.faults.add({
    match: 'ecr:PutImage',
    kind: 'refuse',
    error: { code: 'AccessDeniedException', message, status: 400 },
  });
  const run = await world.run({ with: { cache: 'off', 'wait-for-scan': 'false', tags: '1.2.3' } });
  assert.equal(run.outcome, 'failure');
  const told = run.annotations.find(({ level }) => level === 'error')?.message ?? '';
  assert.match(told, /The role lacks signer:SignPayload on arn:aws:signer:\S+\/team\./);
  assert.match(told, /"Action": "signer:SignPayload",\n\s*"Resource": "arn:aws:signer:\S+\/team"/);
});
