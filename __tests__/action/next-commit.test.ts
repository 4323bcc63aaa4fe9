import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addNewCity, startWorld } from '../world/world.ts';

test('the next commit takes its layers from the registry when the machine has none', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await addNewCity(workspace);
  const first = await world.run({ workspace });
  assert.equal(first.outcome, 'success', first.log);

  await world.engine.prune();
  await writeFile(join(workspace, 'site', 'greeting.html'), '<p>Good evening.</p>\n');
  const next = await world.run({ workspace, sha: 'f'.repeat(40) });
  assert.equal(next.outcome, 'success', next.log);
  const expensive = /^#(\d+) \[almanac \d\/\d\] RUN .*$/m.exec(next.log)?.[1];
  // CACHED where the layer itself was not needed, and fetched from the registry where it was.
  assert.match(next.log, new RegExp(`^#${expensive} (CACHED$|extracting sha256:)`, 'm'));
  assert.match(next.log, /importing cache manifest from .*:buildcache/);
  assert.match(next.summary, /\| Build \| [4-9] of \d+ steps were cached \|/);
  assert.notEqual(next.outputs['digest'], first.outputs['digest']);
});
