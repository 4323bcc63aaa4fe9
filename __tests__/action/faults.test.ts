import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

test('a build that outlasts the login logs in again, and only the push is repeated', async () => {
  await using world = await startWorld({ aws: { registryTokenLifetimeSeconds: 4 } });
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo ${Date.now()} > /built && sleep 5\n`,
  );
  const run = await world.run({ workspace, with: { cache: 'off' } });

  assert.equal(run.outcome, 'success', run.log);
  assert.match(
    run.log,
    /^The push failed \((refused without a reason|expired login)\): logging in again and repeating it\.$/m,
  );
  assert.equal(
    await digestOf(world, 'team/hello', '0123456789abcdef0123456789abcdef01234567'),
    run.outputs['digest'],
  );
});

test('throttled and broken calls are tried again', async () => {
  await using world = await startWorld();
  world.aws.faults.add({ match: 'sts:AssumeRoleWithWebIdentity', kind: 'throttle', times: 1 });
  world.aws.faults.add({ match: 'ecr:DescribeRepositories', kind: 'server-error', times: 1 });
  world.aws.faults.add({ match: 'ecr:GetAuthorizationToken', kind: 'cut', times: 1 });
  const run = await world.run({ with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
});

test('a push that is throttled is repeated', async () => {
  await using world = await startWorld();
  // BuildKit itself tries a few times before it gives up.
  world.gateFaults.add({ match: /^registry:PUT .*\/manifests\//, kind: 'throttle', times: 8 });
  const run = await world.run({ with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^The push failed \(throttled\): logging in again and repeating it\.$/m);
});

test('a build that fails is not repeated, and its last error is the message', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo toomanyrequests: Rate exceeded && false\n`,
  );
  const run = await world.run({ workspace });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /failed: process "\/bin\/sh -c .*exit code: 1\nThe build's own output/,
  );
  assert.equal(run.log.match(/^docker buildx build/gm)?.length, 1);
  assert.doesNotMatch(run.log, /logging in again/);
});

test('a registry that takes no `docker login` is no obstacle to the push, and the later steps are told', async () => {
  await using world = await startWorld();
  world.gateFaults.add({ match: /^registry:GET \/v2\/$/, kind: 'server-error' });
  const run = await world.run({ with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  const [warning, ...others] = run.annotations;
  assert.deepEqual([warning?.level, others], ['warning', []]);
  assert.match(
    warning?.message ?? '',
    /^The job's later steps are not logged in to 127\.0\.0\.1:\d+: `docker login` failed: .*500 Internal Server Error/,
  );
  assert.doesNotMatch(run.log, /^docker logout/m);
});

test('a region that cannot be reached is told as that', async () => {
  await using world = await startWorld();
  const run = await world.run({ environment: { AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:9' } });
  assert.equal(run.outcome, 'failure');
  assert.match(run.annotations[0]?.message ?? '', /AWS could not be reached in region 'eu-central-1'/);
});
