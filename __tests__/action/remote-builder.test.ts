import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
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
  // As docker/setup-buildx-action takes them.
  const variables = {
    BUILDER_NODE_0_AUTH_TLS_CACERT: tls.cert,
    BUILDER_NODE_0_AUTH_TLS_CERT: tls.cert,
    BUILDER_NODE_0_AUTH_TLS_KEY: tls.key,
  };
  const files: string[] = [];
  const modes: string[] = [];
  const only = await world.run({
    workspace,
    environment: { ...environment, ...variables },
    with: { ...inputs, push: 'false', 'driver-opts': 'servername=buildkit.test' },
    onLine(line) {
      if (!line.includes('docker buildx create ')) return;
      files.push(...Array.from(line.matchAll(/(?:cacert|cert|key)=(\S+\.pem)/g), ([, path = '']) => path));
      modes.push(...files.map(path => (statSync(path).mode & 0o777).toString(8)));
    },
  });
  assert.equal(only.outcome, 'success', only.log);
  assert.deepEqual(modes, ['600', '600', '600']);
  assert.ok(!files.some(existsSync), 'they are gone with the job');
  const told = only.rawLog.replaceAll(/^::add-mask::.*$/gm, '') + JSON.stringify([only.state, only.outputs]);
  for (const line of tls.key.split(/\r?\n/).filter(each => each.length > 30)) assert.ok(!told.includes(line));

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
