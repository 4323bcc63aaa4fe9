import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises';
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

test('a build that needs no more than the engine has makes none: it loads and writes folders by itself', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const environment = await withoutContainerdStore(world);
  const wish = { push: 'false', cache: 'off', 'build-args': '', annotations: 'team=web' };
  const build = async (inputs: object) => {
    const run = await world.run({ workspace, environment, with: { ...wish, ...inputs } });
    assert.equal(run.outcome, 'success', run.log);
    assert.doesNotMatch(run.log, /builder for this job/);
    return run;
  };
  await build({});
  const run = await build({ load: 'true', outputs: 'out' });
  assert.deepEqual(await readdir(join(workspace, 'out')), ['style.css']);
  const { loaded = '' } = run.outputs;
  assert.match(run.log, /^\S+ builds and is in this machine's docker; nothing was pushed/m);
  assert.match(await execute('docker', ['image', 'inspect', loaded]), /"Size"/);
  await execute('docker', ['image', 'rm', loaded]);
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

test('a builder that the workflow names is not replaced: without the cache that nobody asked for it builds all the same', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const inputs = { driver: 'docker', 'build-args': '', 'wait-for-scan': 'false' };
  const environment = await withoutContainerdStore(world);
  const run = await world.run({ workspace, environment, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^##\[warning\]Layers are not cached: the builder 'default' can't keep layers /m);
  assert.doesNotMatch(run.log, /--cache-/);
});

const unfit: [inputs: Record<string, string>, message: RegExp][] = [
  [
    { builder: 'default', cache: 'registry', platforms: 'linux/amd64,linux/arm64' },
    /^The builder 'default' \(docker\) can't keep layers anywhere but in itself and in the image, nor build several platforms\./,
  ],
  [
    { driver: 'docker', cache: 'off', outputs: 'type=image,compression=zstd' },
    /^The builder 'default' \(docker\) can't write an image as `outputs: type=image,…` asks\./,
  ],
  [{ builder: 'mine' }, /^There is no builder 'mine' on this runner, which `builder` names\./],
  [
    { load: 'true', provenance: 'mode=max' },
    /can hold images without attestations only, so `load` cannot be/,
  ],
  [{ load: 'true', platforms: 'linux/amd64,linux/arm64' }, /can hold images of one platform only/],
];

test('what cannot be built here is told before anything is created', async () => {
  await using world = await startWorld();
  const environment = await withoutContainerdStore(world);
  const refuse = async (surroundings: Record<string, string>, inputs: object, message: RegExp) => {
    const run = await world.run({ environment: surroundings, with: { ...inputs } });
    assert.equal(run.outcome, 'failure', run.log);
    assert.match(run.annotations[0]?.message ?? '', message);
  };
  for (const [inputs, message] of unfit) await refuse(environment, inputs, message);
  const gone = { ...environment, BUILDX_BUILDER: 'gone' };
  await refuse(gone, {}, /^There is no builder 'gone' on this runner, which BUILDX_BUILDER names\./);
  const old = await dockerThatSays(world, 's/"Version":"v\\?0\\.[0-9]*\\./"Version":"0.11./g');
  await refuse(old, {}, /^buildx 0\.11\S* is too old: 0\.12 or newer is needed\./);
  assert.deepEqual(
    world.aws.requests.filter(({ operation }) => !operation.startsWith('AssumeRole')),
    [],
  );
});

/** A docker that speaks of the engine here as of one with the classic image store, as GitHub's runners have it. */
function withoutContainerdStore(world: World): Promise<Record<string, string>> {
  return dockerThatSays(world, 's/io.containerd.snapshotter/overlay/g');
}

/** A docker that tells of itself what sed makes of it. */
async function dockerThatSays({ scratch }: World, change: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(scratch, 'docker-'));
  const docker = await execute('sh', ['-c', 'command -v docker']);
  const lines = ['#!/bin/sh', `if [ "$1" = info ]; then "${docker}" "$@" | sed '${change}'`];
  await writeFile(join(folder, 'docker'), [...lines, `else exec "${docker}" "$@"; fi`, ''].join('\n'));
  await chmod(join(folder, 'docker'), 0o755);
  return { PATH: `${folder}:${process.env['PATH']}` };
}
