import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

test('the first build creates the repository, pushes, waits, passes and tells the digest', async t => {
  await using world = await startWorld();
  const run = await world.run();

  assert.equal(run.outcome, 'success', run.log);
  const sha = '0123456789abcdef0123456789abcdef01234567';
  const { digest, image } = run.outputs;
  assert.match(digest ?? '', /^sha256:[0-9a-f]{64}$/);
  assert.equal(image, `${world.gate.host}/team/hello@${digest}`);
  assert.equal(await digestOf(world, 'team/hello', sha), digest);
  assert.deepEqual(run.leftovers, []);
  assert.deepEqual(run.env, {}, 'no credential reaches later steps');
  assertTranscript(t, world, run);
});
