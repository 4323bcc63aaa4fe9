import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startBuildKit } from '../world/docker/buildkit.ts';
import { run as execute } from '../world/docker/command.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

test('an engine without the containerd image store gets a builder for its cache, or builds without, and none is left', async () => {
  await using world = await startWorld();
  const run = await world.run({ environment: await withoutContainerdStore(world) });
  // The builder's image cannot be pulled without a network, so it does not answer.
  assert.match(run.log, /^docker buildx create --name ecr-image-\S+ --driver docker-container$/m);
  assert.match(run.log, /^##\[warning\]Layers are not cached: The builder does not answer: /m);
  assert.match(run.log, /^##\[warning\]A re-run of this commit will not recognise the image/m);
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^docker buildx rm ecr-image-/m);
  assert.deepEqual(await readdir(join(run.dockerConfig, 'buildx/instances')), []);
});

test('a build that needs no more than the engine has makes none', async () => {
  await using world = await startWorld();
  const run = await world.run({
    environment: await withoutContainerdStore(world),
    with: { push: 'false', cache: 'off' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.doesNotMatch(run.log, /builder for this job/);
});

test('what the job made for itself can annotate, though the engine cannot: a re-run recognises the image', async () => {
  await using world = await startWorld();
  await using buildKit = await startBuildKit(world.engine);
  const environment = {
    ...(await withoutContainerdStore(world)),
    BUILDX_CONFIG: join(world.scratch, 'buildx'),
    BUILDX_BUILDER: 'own',
  };
  const create = ['buildx', 'create', '--name', 'own', '--driver', 'remote', buildKit.endpoint];
  await execute('docker', create, environment);
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const inputs = { cache: 'off', 'build-args': '', 'wait-for-scan': 'false' };
  const run = await world.run({ workspace, environment, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
  assert.doesNotMatch(run.log, /will not recognise/);
  const again = await world.run({ workspace, environment, with: inputs });
  assert.equal(again.outputs['reused'], 'true', again.log);
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

test('a builder that the workflow names is not replaced: what it cannot do is told before the build', async () => {
  await using world = await startWorld();
  const run = await world.run({
    environment: await withoutContainerdStore(world),
    with: { builder: 'default', platforms: 'linux/amd64,linux/arm64', load: 'false' },
  });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.log,
    /The builder 'default' \(docker\) can't keep layers anywhere but in itself and in the image, nor build several platforms\./,
  );
  assert.doesNotMatch(run.log, /^docker buildx build/m);
});
