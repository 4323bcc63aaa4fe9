import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const story = {
  status: 'FAILED' as const,
  description: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
};

// They wait more than they work.
describe('what cannot be scanned', { concurrency: 3 }, () => {
  test('an image that ECR cannot scan is blocked, and named as what it is', async t => {
    await using world = await startWorld();
    world.aws.ecr.scans.tell(story);
    const run = await world.run({ ref: 'refs/tags/v2.0.0', with: { cache: 'off' } });
    assert.equal(run.outcome, 'failure');
    assert.equal(run.outputs['scan-verdict'], 'blocked');
    assert.equal(run.outputs['scan-status'], 'FAILED');
    assert.equal(run.outputs['critical'], undefined, 'no count of what was not counted');
    assertTranscript(t, world, run);

    // The same image, built already: what follows is the inputs' to say.
    const again = (inputs: Record<string, string>) =>
      world.run({ ref: 'refs/tags/v2.0.0', with: { cache: 'off', ...inputs } });
    const ignored = await again({ 'on-unscannable': 'ignore' });
    assert.equal(ignored.outcome, 'success', ignored.log);
    assert.equal(ignored.outputs['scan-verdict'], 'unscanned');
    assert.deepEqual(ignored.annotations, []);
    assert.match(ignored.outputs['tags'] ?? '', /:2\.0\.0$/);
    const warned = await again({ 'on-unscannable': 'warn' });
    assert.equal(warned.outcome, 'success', warned.log);
    assert.match(warned.annotations[0]?.message ?? '', /^Not judged: ECR cannot scan .*distroless/);
    assert.equal(warned.annotations[0]?.level, 'warning');
    const open = await again({ 'fail-on': 'none' });
    assert.equal(open.outcome, 'success', open.log);
    assert.equal(open.outputs['scan-verdict'], 'unscanned');
  });

  test('a scan that does not end in time is no scan, and the last that was seen of it is told', async t => {
    await using world = await startWorld();
    world.aws.ecr.scans.tell({ durationMs: 600_000 });
    const inputs = { cache: 'off', 'scan-timeout': '1s' };
    const run = await world.run({ with: inputs });
    assert.equal(run.outcome, 'failure');
    assertTranscript(t, world, run);
    const warned = await world.run({ with: { ...inputs, 'on-scan-timeout': 'warn' } });
    assert.equal(warned.outcome, 'success', warned.log);
    assert.equal(warned.outputs['scan-verdict'], 'unscanned');
  });

  test('`wait-for-scan: false` pushes, releases and goes', async () => {
    await using world = await startWorld();
    world.aws.ecr.scans.tell({ durationMs: 600_000 });
    const run = await world.run({
      ref: 'refs/tags/v2.0.0',
      with: { cache: 'off', 'wait-for-scan': 'false' },
    });
    assert.equal(run.outcome, 'success', run.log);
    assert.equal(run.outputs['scan-verdict'], 'unscanned');
    assert.match(run.outputs['tags'] ?? '', /:2\.0\.0$/);
    const operations = new Set(world.aws.requests.map(({ operation }) => operation));
    assert.ok(!operations.has('DescribeImageScanFindings') && !operations.has('StartImageScan'));
  });
});
