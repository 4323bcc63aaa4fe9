import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

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
