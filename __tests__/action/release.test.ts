import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';

test('`release: with-push` lets the build push every tag, and the gate still judges', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({ findings: [{ name: 'CVE-2024-9999', severity: 'CRITICAL' }] });
  const inputs = { cache: 'off', tags: '1.2.3\nprod', release: 'with-push' };
  const run = await world.run({ with: inputs });
  assert.equal(run.outcome, 'failure');
  assert.equal(run.outputs['scan-verdict'], 'blocked');
  const { digest } = run.outputs;
  for (const tag of [sha, '1.2.3', 'prod']) assert.equal(await digestOf(world, 'team/hello', tag), digest);
  assert.ok(!world.aws.requests.some(({ operation }) => operation === 'PutImage'));
  assert.match(run.log, /^1\.2\.3, prod went on with the push, though the gate blocked the image/m);
});

test('`release: with-push` completes the tags of an image that is taken, before the scan', async () => {
  await using world = await startWorld();
  const first = await world.run({ with: { cache: 'off' } });
  const again = await world.run({ with: { cache: 'off', tags: '1.2.3', release: 'with-push' } });
  assert.equal(again.outcome, 'success', again.log);
  assert.equal(again.outputs['reused'], 'true');
  assert.match(again.outputs['tags'] ?? '', /:1\.2\.3\n/);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), first.outputs['digest']);
});

test('a tag that another job moved meanwhile is told with both digests where tags move', async () => {
  await using world = await startWorld();
  const inputs = { cache: 'off', 'image-tag-mutability': 'MUTABLE' };
  const other = await world.run({ sha: 'f'.repeat(40), with: { ...inputs, labels: 'another=image' } });
  const image = world.aws.ecr.repository('team/hello')?.images.get(other.outputs['digest'] ?? '');
  const run = await world.run({
    with: { ...inputs, tags: 'prod' },
    // Between the look at the tags and the release, another job releases its own image.
    onLine: line =>
      void (
        line.includes('Build and push') &&
        image &&
        world.aws.ecr.push({ ...image, repositoryName: 'team/hello', tag: 'prod' })
      ),
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(await digestOf(world, 'team/hello', 'prod'), run.outputs['digest']);
  const warning = run.annotations.find(({ message }) => message.includes("the tag 'prod'"));
  assert.match(
    warning?.message ?? '',
    new RegExp(`${other.outputs['digest']} while .* on ${run.outputs['digest']}`),
  );
});
