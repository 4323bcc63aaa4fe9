import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

const story = {
  status: 'FAILED' as const,
  description: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
};

test('an image that ECR cannot scan is blocked, and told why', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell(story);
  const run = await world.run({ with: { cache: 'off' } });
  assert.equal(run.outcome, 'failure');
  assert.equal(run.outputs['scan-verdict'], 'blocked');
  assert.equal(run.outputs['scan-status'], 'FAILED');
  assert.equal(run.outputs['critical'], undefined, 'no count of what was not counted');
  assert.match(
    run.annotations[0]?.message ?? '',
    /no scan to judge\. ECR says FAILED: UnsupportedImageError/,
  );
});

test('`fail-on: none` lets it pass, and says that it was not judged', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell(story);
  const run = await world.run({ with: { cache: 'off', 'fail-on': 'none' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(run.outputs['scan-verdict'], 'unscanned');
});

test('a scan that does not end in time is no scan', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({ durationMs: 600_000 });
  const run = await world.run({ with: { cache: 'off', 'scan-timeout': '2s' } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /not done within 2\.0 s \(last seen: IN_PROGRESS\)\.\nRaise `scan-timeout`/,
  );
});

test('`wait-for-scan: false` pushes, releases and goes', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({ durationMs: 600_000 });
  const run = await world.run({ ref: 'refs/tags/v2.0.0', with: { cache: 'off', 'wait-for-scan': 'false' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(run.outputs['scan-verdict'], 'unscanned');
  assert.match(run.outputs['tags'] ?? '', /:2\.0\.0$/);
});
