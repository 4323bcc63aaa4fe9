import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr';
import { clientsOf } from '../world/aws/sample.ts';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

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

test('who may not ask for the repository pushes to where the login points, and ECR refuses what cannot move', async () => {
  await using world = await startWorld({
    policies: [
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'ecr:*', Resource: '*' },
          { Effect: 'Deny', Action: 'ecr:DescribeRepositories', Resource: '*' },
        ],
      },
    ],
  });
  const { ecr } = clientsOf(world.aws, 'ecr:CreateRepository');
  const made = { repositoryName: 'team/hello', imageTagMutability: 'IMMUTABLE' as const };
  await ecr.send(new CreateRepositoryCommand(made));
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const asked = {
    'build-args': '',
    'create-repository': 'false',
    'registry-id': world.aws.accountId,
    cache: 'off',
    'wait-for-scan': 'false',
    tags: 'type=edge',
  };
  const first = await world.run({ workspace, with: { ...asked, 'scan-on-push': 'true' } });
  assert.equal(first.outcome, 'success', first.log);
  assert.equal(await digestOf(world, 'team/hello', 'edge'), first.outputs['digest']);
  assert.match(first.log, /^Tags +not known; what the repository does not let move, ECR refuses$/m);
  assert.match(first.log, /^Scanning +not known$/m);
  assert.equal(
    first.annotations[0]?.message,
    'team/hello: `scan-on-push` cannot be compared, as the role may not ask for the repository. Allow ecr:DescribeRepositories, or set `on-drift: ignore`.',
  );
  assert.match(first.summary, /existing, `settings not known`/);

  const next = await world.run({ workspace, sha: 'f'.repeat(40), with: asked });
  assert.equal(next.outcome, 'failure');
  const error = next.annotations.find(({ level }) => level === 'error');
  assert.match(
    error?.message ?? '',
    /^The tag 'edge' names another image already .* does not let it move\.\n/,
  );
  assert.equal(await digestOf(world, 'team/hello', 'f'.repeat(40)), next.outputs['digest']);
  assert.equal(await digestOf(world, 'team/hello', 'edge'), first.outputs['digest']);
});
