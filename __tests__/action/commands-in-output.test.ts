import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

test('no argument of the build is obeyed by the runner', async () => {
  await using world = await startWorld();
  const run = await world.run({
    with: {
      cache: 'off',
      'build-args': `BASE_IMAGE=${world.baseImage}\n"NOTE=one\n::error::two\n::add-mask::team"`,
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(run.annotations, []);
  assert.match(run.log, /--build-arg \$'NOTE=one\\n::error::two\\n::add-mask::team'/);
});
