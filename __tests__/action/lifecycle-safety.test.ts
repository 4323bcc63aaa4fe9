import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

const fast = { cache: 'off', 'wait-for-scan': 'false' };

/** Keeps the newest image alone. */
const greedy = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
      action: { type: 'expire' },
    },
  ],
});

test('a lifecycle policy that would expire a released image is refused with the list, before anything is built', async () => {
  await using world = await startWorld();
  const first = await world.run({ with: { ...fast, tags: 'production', 'image-tag-mutability': 'MUTABLE' } });
  assert.equal(first.outcome, 'success', first.log);
  world.aws.ecr.addImage('team/hello', { tags: ['newer'], pushedAt: new Date(Date.now() + 1000) });
  const next = { ...fast, tags: 'production', 'lifecycle-policy': greedy, 'on-drift': 'reconcile' };

  const refused = await world.run({ sha: 'f'.repeat(40), with: next });
  assert.equal(refused.outcome, 'failure');
  const message = refused.annotations.find(({ level }) => level === 'error')?.message ?? '';
  assert.match(message, /`lifecycle-policy` was not put, as it would expire an image that is in use:/);
  assert.match(message, new RegExp(`- ${first.outputs['digest']} \\(.*production.*\\), by rule 1`));
  assert.match(message, /`allow-lifecycle-expiry: true` puts it all the same/);
  assert.doesNotMatch(refused.log, /^#\d+ /m);
  assert.equal(world.aws.ecr.repository('team/hello')?.lifecyclePolicy, undefined);

  const allowed = await world.run({ with: { ...next, 'allow-lifecycle-expiry': 'true' } });
  assert.equal(allowed.outcome, 'success', allowed.log);
  assert.deepEqual(
    JSON.parse(world.aws.ecr.repository('team/hello')?.lifecyclePolicy ?? ''),
    JSON.parse(greedy),
  );
});

test('a policy that would expire the image being pushed is not put, and the image is told all the same', async () => {
  await using world = await startWorld();
  const pushed = JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
        action: { type: 'expire' },
      },
    ],
  });
  // The cache is pushed after the image, so that one image alone is one too few.
  const run = await world.run({ with: { ...fast, cache: 'registry', 'lifecycle-policy': pushed } });
  assert.equal(run.outcome, 'failure', run.log);
  assert.match(run.annotations.at(-1)?.message ?? '', /the image being pushed\), by rule 1/);
  assert.match(run.annotations.at(-1)?.message ?? '', /`on-drift: reconcile` puts it in a later run\.$/);
  assert.match(run.outputs['digest'] ?? '', /^sha256:/);
  assert.equal(world.aws.ecr.repository('team/hello')?.lifecyclePolicy, undefined);
});

test('a repository whose first run fails has its policy all the same, after a preview, and the failure is told', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), `FROM ${world.baseImage}\nRUN exit 7\n`);
  const run = await world.run({ workspace, with: { ...fast, 'lifecycle-policy': greedy } });
  assert.equal(run.outcome, 'failure');
  assert.match(run.annotations.at(-1)?.message ?? '', /exit code: 7/);
  assert.match(run.log, /^Put on the new repository, though the run has failed/m);
  const calls = world.aws.requests.map(({ operation }) => operation).filter(each => /Lifecycle/.test(each));
  assert.equal(calls[0], 'StartLifecyclePolicyPreview');
  assert.equal(calls.at(-1), 'PutLifecyclePolicy');
  assert.deepEqual(
    JSON.parse(world.aws.ecr.repository('team/hello')?.lifecyclePolicy ?? ''),
    JSON.parse(greedy),
  );
});
