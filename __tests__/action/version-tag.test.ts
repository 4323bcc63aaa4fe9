import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

test('a pushed git tag becomes the version of the very image that passed the gate', async () => {
  await using world = await startWorld();
  const run = await world.run({ ref: 'refs/tags/v1.2.3', with: { cache: 'off' } });

  assert.equal(run.outcome, 'success', run.log);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), run.outputs['digest']);
  const uri = `${world.gate.host}/team/hello`;
  assert.equal(run.outputs['tags'], `${uri}:0123456789abcdef0123456789abcdef01234567\n${uri}:1.2.3`);
  const operations = world.aws.requests.map(({ operation }) => operation);
  assert.ok(operations.indexOf('PutImage') > operations.lastIndexOf('DescribeImageScanFindings'));
});

test('a version that names another image already is a clear conflict', async () => {
  await using world = await startWorld();
  const one = await world.run({ ref: 'refs/tags/v1.2.3', with: { cache: 'off' } });
  const other = await world.run({
    ref: 'refs/tags/v1.2.3',
    sha: 'f'.repeat(40),
    with: { cache: 'off', labels: 'another=image' },
  });

  assert.equal(other.outcome, 'failure');
  assert.match(
    other.annotations[0]?.message ?? '',
    /^The tag '1\.2\.3' is immutable and names another image/,
  );
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), one.outputs['digest']);
});
