import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withoutEngine } from '../world/docker/broken.ts';
import { startBuildKit, writeCertificates } from '../world/docker/buildkit.ts';
import { run as execute } from '../world/docker/command.ts';
import { readManifest } from '../world/registry/manifest.ts';
import { startWorld } from '../world/world.ts';

test('a remote BuildKit builds and pushes behind TLS, for a machine that needs no engine', async () => {
  await using world = await startWorld();
  const tls = await writeCertificates(world.scratch);
  await using buildKit = await startBuildKit(world.engine, { tls });
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const inputs = {
    driver: 'remote',
    endpoint: buildKit.endpoint,
    'driver-opts': [
      `cacert=${join(world.scratch, 'cert.pem')}`,
      `cert=${join(world.scratch, 'cert.pem')}`,
      `key=${join(world.scratch, 'key.pem')}`,
      'servername=buildkit.test',
    ].join('\n'),
    platforms: 'linux/amd64,linux/arm64',
    'build-args': '',
    'wait-for-scan': 'false',
  };
  const run = await world.run({ workspace, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^Made a builder for this job \(remote\), as asked; removed when the job ends/m);
  assert.ok(buildKit.connections > 0);
  const index = await readManifest(world, run.outputs['digest']);
  const platforms = index.manifests
    ?.map(({ platform }) => platform?.architecture)
    .filter(each => each !== 'unknown');
  assert.deepEqual(new Set(platforms), new Set(['amd64', 'arm64']));
  assert.match(run.log, /^docker buildx rm ecr-image-/m);
  assert.deepEqual(await readdir(join(run.dockerConfig, 'buildx/instances')), []);

  const environment = await withoutEngine(world.engine, join(world.scratch, 'client'));
  const only = await world.run({ workspace, environment, with: { ...inputs, push: 'false' } });
  assert.equal(only.outcome, 'success', only.log);

  const config = { ...environment, BUILDX_CONFIG: join(world.scratch, 'buildx') };
  const opts = inputs['driver-opts'].split('\n').flatMap(each => ['--driver-opt', each]);
  const create = ['buildx', 'create', '--use', '--name', 'earlier', '--driver', 'remote', ...opts];
  await execute('docker', [...create, buildKit.endpoint], config);
  const calm = { 'build-args': '', 'wait-for-scan': 'false', push: 'false', cache: 'off' };
  const found = await world.run({ workspace, environment: config, with: calm });
  assert.equal(found.outcome, 'success', found.log);
});

test('a builder that was made is removed after a cancelled build too', async () => {
  await using world = await startWorld();
  await using buildKit = await startBuildKit(world.engine);
  const workspace = await world.checkout();
  const sleep = `FROM ${world.baseImage}\nRUN echo begun ${Date.now()} && sleep 60\n`;
  await writeFile(join(workspace, 'Dockerfile'), sleep);
  const run = await world.run({
    workspace,
    with: { driver: 'remote', endpoint: buildKit.endpoint, push: 'false' },
    cancelAfter: { line: /^#\d+ [\d.]+ begun/ },
  });
  assert.equal(run.outcome, 'cancelled');
  assert.match(run.log, /^docker buildx rm ecr-image-/m);
  assert.deepEqual(await readdir(join(run.dockerConfig, 'buildx/instances')), []);
});
