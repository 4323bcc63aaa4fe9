import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

test('nor is what the build prints, at the start of a line or after a carriage return', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const lines = [
    'echo ::error::one',
    String.raw`printf "x\r::error::two\r\n"`,
    'echo ::add-mask::team',
    `echo ${Date.now()}`,
  ];
  await writeFile(join(workspace, 'Dockerfile'), `FROM ${world.baseImage}\nRUN ${lines.join(' && ')}\n`);
  const run = await world.run({ workspace, with: { cache: 'off' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(run.annotations, []);
  assert.match(run.log, /team\/hello/);
});
