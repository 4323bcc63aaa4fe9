import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

test('the same commit under an immutable tag is refused with the way out', async () => {
  await using world = await startWorld();
  await world.run({ with: { cache: 'off' } });
  const again = await world.run({ with: { cache: 'off', labels: 'another=image' } });
  assert.equal(again.outcome, 'failure');
  assert.match(again.annotations[0]?.message ?? '', /tag is immutable[^]*This commit has been pushed before/);
});

test('a repository that does not let the cache move is built without writing one, and says which filter it lacks', async () => {
  await using world = await startWorld();
  await world.run({ with: { 'image-tag-mutability': 'IMMUTABLE' } });
  const run = await world.run({ sha: 'f'.repeat(40) });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.annotations[0]?.message ?? '', /exclusion filter 'buildcache\*'/);
  assert.doesNotMatch(run.log, /--cache-to/);
});

test('a repository that is missing is not created when that is off', async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { 'create-repository': 'false' } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /'team\/hello' does not exist in eu-central-1, and `create-repository` is off/,
  );
  assert.deepEqual(world.aws.ecr.repositories(), []);
});

test('two jobs that create the repository at once both push', async () => {
  await using world = await startWorld();
  const runs = await Promise.all(
    ['a', 'b'].map(letter => world.run({ sha: letter.repeat(40), with: { cache: 'off' } })),
  );
  for (const run of runs) assert.equal(run.outcome, 'success', run.log);
  assert.equal(world.aws.ecr.repositories().length, 1);
});
