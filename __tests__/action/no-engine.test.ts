import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  withForeignEngine,
  withoutBuildx,
  withoutDocker,
  withoutEngine,
  withPodman,
} from '../world/docker/broken.ts';
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
    [
      'an engine for Windows',
      await withForeignEngine('windows', join(world.scratch, 'd')),
      /^The Docker engine of this machine runs Windows containers, /,
    ],
    [
      "Podman's engine",
      await withForeignEngine('podman', join(world.scratch, 'e')),
      /^The engine that docker speaks to is Podman 5\.4\.2, .*\n.*`driver: docker-container`/,
    ],
    [
      "Podman's command line",
      await withPodman(join(world.scratch, 'f')),
      /^The docker command of this runner is Podman's, 5\.4\.2: it has no buildx/,
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
