import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

test('a Kubernetes builder is made as asked, told why it does not answer, and removed', async () => {
  await using world = await startWorld();
  const config = join(world.scratch, 'kubernetes');
  const plugin = join(config, 'cli-plugins', 'docker-buildx');
  const environment = await world.engine.newConfig(join(world.scratch, 'real'));
  const real = await realpath(join(world.scratch, 'real', 'cli-plugins', 'docker-buildx'));
  const calls = join(world.scratch, 'calls');
  await mkdir(join(config, 'cli-plugins'), { recursive: true });
  // No cluster is here: what buildx is told is written down, and what it would say without an answer is said.
  const lines = [
    '#!/bin/sh',
    `if [ "$1" = docker-cli-plugin-metadata ]; then exec "${real}" "$@"; fi`,
    `echo "$*" >> "${calls}"`,
    'if [ "$1" = inspect ]; then echo "ERROR: expected 2 replicas to be ready, got 0" >&2; exit 1; fi',
    '',
  ];
  await writeFile(plugin, lines.join('\n'));
  await chmod(plugin, 0o755);
  const run = await world.run({
    environment: { ...environment, DOCKER_CONFIG: config },
    with: {
      push: 'false',
      driver: 'kubernetes',
      'driver-opts': 'namespace=ci\nreplicas=2\nrequests.cpu=4',
      // buildx grants the machine's network by itself only where nothing else is granted.
      allow: 'security.insecure',
      network: 'host',
      append: '- platforms: linux/arm64\n  driver-opts: ["nodeselector=kubernetes.io/arch=arm64"]\n',
    },
  });
  assert.equal(run.outcome, 'failure');
  assert.match(run.log, /The builder does not answer: expected 2 replicas to be ready, got 0/);
  assert.match(run.log, /KUBECONFIG or the service account of this runner reaches the cluster/);
  const grants =
    '--buildkitd-flags --allow-insecure-entitlement security.insecure --allow-insecure-entitlement network.host';
  const made = (await readFile(calls, 'utf8'))
    .replaceAll(/ecr-image-[0-9a-f-]{36}/g, 'NAME')
    .trim()
    .split('\n');
  assert.deepEqual(made, [
    `create --name NAME --driver kubernetes --driver-opt namespace=ci --driver-opt replicas=2 --driver-opt requests.cpu=4 ${grants}`,
    `create --name NAME --append --platform linux/arm64 --driver-opt nodeselector=kubernetes.io/arch=arm64 ${grants}`,
    'inspect --bootstrap --builder NAME',
    'buildx rm NAME',
  ]);
});
