import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { withoutBuildx, withoutDocker, withoutEngine } from '../world/docker/broken.ts';
import { startWorld } from '../world/world.ts';

test('a runner without a working docker is told what it lacks, and nothing has been created', async t => {
  await using world = await startWorld();
  const broken = [
    [
      'no docker command',
      await withoutDocker(join(world.scratch, 'a')),
      /^There is no working docker command/,
    ],
    [
      'no engine',
      await withoutEngine(world.engine, join(world.scratch, 'b')),
      /^The Docker engine does not answer: /,
    ],
    [
      'no buildx',
      await withoutBuildx(world.engine, join(world.scratch, 'c')),
      /^Docker is here, but its buildx plugin is not/,
    ],
  ] as const;
  for (const [name, environment, message] of broken) {
    await t.test(name, async () => {
      const run = await world.run({ environment });
      assert.equal(run.outcome, 'failure');
      assert.equal(run.annotations.length, 1, run.log);
      assert.match(run.annotations[0]?.message ?? '', message);
      assert.deepEqual(world.aws.ecr.repositories(), []);
    });
  }
});
