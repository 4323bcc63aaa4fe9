import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

test('an engine without the containerd image store gets a builder of its own, which is gone afterwards', async () => {
  await using world = await startWorld();
  const run = await world.run({ environment: await withoutContainerdStore(world) });
  // The builder's image cannot be pulled without a network, so the build fails; what matters is around it.
  assert.match(run.log, /^Made a builder for this job \(docker-container\); removed when the job ends/m);
  assert.match(run.log, /^docker buildx build --builder ecr-image-\S+ /m);
  assert.match(run.log, /^docker buildx rm ecr-image-/m);
  assert.deepEqual(await readdir(join(run.dockerConfig, 'buildx/instances')), []);
});

test('a build that needs no more than the engine has makes none', async () => {
  await using world = await startWorld();
  const run = await world.run({
    environment: await withoutContainerdStore(world),
    with: { push: 'false' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.doesNotMatch(run.log, /builder for this job/);
});

/** A docker that speaks of the engine here as of one with the classic image store, as GitHub's runners have it. */
async function withoutContainerdStore({ scratch }: World): Promise<Record<string, string>> {
  const folder = join(scratch, 'plain-engine');
  await mkdir(folder);
  const docker = await execute('sh', ['-c', 'command -v docker']);
  const lines = [
    '#!/bin/sh',
    `if [ "$1" = info ]; then "${docker}" "$@" | sed s/io.containerd.snapshotter/overlay/g`,
  ];
  await writeFile(join(folder, 'docker'), [...lines, `else exec "${docker}" "$@"; fi`, ''].join('\n'));
  await chmod(join(folder, 'docker'), 0o755);
  return { PATH: `${folder}:${process.env['PATH']}` };
}
