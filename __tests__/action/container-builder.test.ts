import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pushBuildKitImage, startBuildKit } from '../world/docker/buildkit.ts';
import { run as execute } from '../world/docker/command.ts';
import { readManifest } from '../world/registry/manifest.ts';
import { startWorld } from '../world/world.ts';

/** Nobody may make a file in `/proc`, root neither. */
const readOnlyHome = { HOME: '/proc', BUILDX_CONFIG: '/proc/buildx' };

test('a builder in a container is started with its settings, builds for several platforms, and is gone with the job', async () => {
  await using world = await startWorld();
  await using buildKit = await startBuildKit(world.engine);
  const image = await pushBuildKitImage(world.engine, { ...world, endpoint: buildKit.endpoint });
  let inside = Promise.resolve('');
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const files = await readdir(workspace, { recursive: true });
  const authority = join(world.scratch, 'company.pem');
  await writeFile(authority, 'the authority of the company\n');
  const run = await world.run({
    workspace,
    environment: {
      HTTPS_PROXY: 'http://proxy.example.com:3128',
      NO_PROXY: '127.0.0.1,localhost',
      ...readOnlyHome,
    },
    with: {
      driver: 'docker-container',
      'driver-opts': `image=${image}\nnetwork=host\nenv.TEAM=web`,
      'buildkitd-config-inline': `debug = true\n[registry."r.example.com"]\n  ca = ["${authority}"]\n[worker.oci]\n  max-parallelism = 2`,
      platforms: 'linux/amd64,linux/arm64',
      'build-args': '',
      allow: 'network.host',
      'wait-for-scan': 'false',
    },
    onLine(line) {
      const [, builder] = /docker buildx build .*--builder (ecr-image-[\w-]+)/.exec(line) ?? [];
      if (builder === undefined) return;
      const look =
        'cat /etc/buildkit/buildkitd.toml /etc/buildkit/certs/r.example.com/company.pem; echo "$TEAM $https_proxy $no_proxy"; tr "\\0" " " </proc/1/cmdline';
      inside = execute('docker', ['exec', `buildx_buildkit_${builder}0`, 'sh', '-c', look]);
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(
    run.log,
    /^Made a builder for this job \(docker-container\), as asked; removed when the job ends/m,
  );
  // A workspace may be read-only.
  assert.deepEqual(await readdir(workspace, { recursive: true }), files);
  const settings = await inside;
  assert.match(
    settings,
    /^debug = true\n[^]*max-parallelism = 2\nthe authority of the company\nweb http:\/\/proxy\.example\.com:3128 127\.0\.0\.1,localhost\n/,
  );
  assert.match(settings, /buildkitd .*--allow-insecure-entitlement network\.host/);
  assert.ok(buildKit.connections > 0);
  assert.deepEqual(Object.keys(JSON.parse(run.outputs['platforms'] ?? '{}')).sort(), [
    'linux/amd64',
    'linux/arm64',
  ]);
  assert.ok((await readManifest(world, run.outputs['digest'])).manifests);
  const left = await Promise.all(
    [
      ['ps', '--all'],
      ['volume', 'ls'],
    ].map(args => execute('docker', [...args, '--quiet', '--filter', 'name=buildx_buildkit_ecr-image-'])),
  );
  assert.deepEqual(left, ['', '']);
});
