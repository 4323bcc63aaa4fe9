import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withHostAt } from '../world/docker/shims.ts';
import { readManifest } from '../world/registry/manifest.ts';
import { startWorld } from '../world/world.ts';

test('a dual-stack host in `repository` is logged in to, pushed to and told, from the build of a platform to the index', async () => {
  await using world = await startWorld();
  const host = `${world.aws.accountId}.dkr-ecr.${world.aws.region}.on.aws`;
  const environment = await withHostAt(world.engine, join(world.scratch, 'host'), {
    host,
    at: world.gate.host,
  });
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  const asked = { repository: `${host}/team/hello`, 'aws-region': '', 'build-args': '' };
  const platforms = 'linux/amd64';
  const run = await world.run({
    workspace,
    environment,
    with: { ...asked, mode: 'build', platforms, 'cache-repository': `${host}/team/caches` },
  });
  assert.equal(run.outcome, 'success', run.log);
  const { registry, 'repository-uri': uri, image, digest, tags = '', build } = run.outputs;
  assert.deepEqual([registry, uri, image], [host, `${host}/team/hello`, `${host}/team/hello@${digest}`]);
  assert.match(tags, new RegExp(`^${host}/team/hello:\\w+-linux-amd64$`));
  assert.match(run.log, /^The job's later steps are logged in too$/m);
  assert.match(run.log, new RegExp(`^docker logout ${host}$`, 'm'));
  assert.match(run.log, new RegExp(`--cache-to type=registry,ref=${host}/team/caches:`));

  const merged = await world.run({
    workspace,
    environment,
    with: {
      ...asked,
      mode: 'merge',
      builds: build ?? '',
      platforms,
      tags: '1.2.3',
      'wait-for-scan': 'false',
    },
  });
  assert.equal(merged.outcome, 'success', merged.log);
  assert.equal(merged.outputs['image'], `${host}/team/hello@${merged.outputs['digest']}`);
  assert.match(merged.outputs['tags'] ?? '', new RegExp(`^${host}/team/hello:1\\.2\\.3$`, 'm'));
  assert.ok((await readManifest(world, merged.outputs['digest'])).manifests);
  for (const { summary, outputs } of [run, merged]) {
    assert.ok(summary.includes(`${host}/team/hello@`));
    // What buildx wrote has the address at which it found the host.
    const told = JSON.stringify({ ...outputs, metadata: '', summary });
    assert.ok(!told.includes(world.gate.host), told);
  }
});
