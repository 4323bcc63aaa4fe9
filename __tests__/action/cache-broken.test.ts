import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addNewCity, startWorld } from '../world/world.ts';

const noPush = { push: 'false', 'role-to-assume': '' };

test('a service that refuses is a warning, and the image is built', async () => {
  await using world = await startWorld();
  const temp = join(world.scratch, 'temp');
  const error = { status: 403, code: 'permission_denied', message: 'no' };
  world.github.faults.add({ match: /^cache:/, kind: 'refuse', error });
  const refused = await world.run({ temp, with: { ...noPush, cache: 'actions', target: 'almanac' } });
  assert.equal(refused.outcome, 'success', refused.log);
  const levels = refused.annotations.map(({ level }) => level);
  assert.deepEqual(new Set(levels), new Set(['warning']), refused.log);
  assert.match(refused.log, /^Not saved /m);
});

for (const cache of ['registry', 'gha'] as const) {
  test(`a layer that ${cache} promised and breaks off is a warning, and the image is built without the cache`, async () => {
    await using world = await startWorld();
    const workspace = await world.checkout();
    await addNewCity(workspace);
    const first = await world.run({ workspace, with: { cache } });
    assert.equal(first.outcome, 'success', first.log);
    await world.engine.prune();

    // The layers under the last step, which is new, are needed now. What lists them is read well.
    await writeFile(join(workspace, 'site', 'greeting.html'), '<p>Good evening.</p>\n');
    const [faults, match] =
      cache === 'gha'
        ? ([world.github.faults, /^cache:GET blob/] as const)
        : ([world.gateFaults, /^registry:GET .*\/blobs\//] as const);
    faults.add({ match, kind: 'slow', times: 1 });
    faults.add({ match, kind: 'truncate' });
    const broken = await world.run({ workspace, sha: 'f'.repeat(40), with: { cache } });
    assert.equal(broken.outcome, 'success', broken.log);
    assert.deepEqual(
      broken.annotations.map(({ level, message }) => [level, message.replace(/: .*/s, '')]),
      [['warning', 'A layer could not be fetched, so the image is built without reading caches']],
    );
    const commands = broken.log.match(/^docker buildx build .*$/gm) ?? [];
    assert.deepEqual(
      commands.map(command => [command.includes('--cache-from'), command.includes('--cache-to')]),
      [
        [true, true],
        [false, true],
      ],
    );
    assert.match(broken.outputs['digest'] ?? '', /^sha256:/);
  });
}
