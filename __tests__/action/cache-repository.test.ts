import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { permissionsFor } from '../../src/permissions.ts';
import { makePlan } from '../../src/plan.ts';
import { commit, inputs } from '../sample.ts';
import { startWorld } from '../world/world.ts';

const policy = permissionsFor(
  makePlan(
    {
      ...inputs,
      repository: { ...inputs.repository, name: 'team/hello' },
      layers: { ...inputs.layers, repository: 'team/caches' },
    },
    commit,
  ),
);

test('a repository for caches alone is made with a lifecycle policy, and the next machine reads from it', async () => {
  await using world = await startWorld({ policies: [policy] });
  const workspace = await world.checkout();
  const dockerfile = `FROM ${world.baseImage}\nRUN head -c 100000 /dev/urandom > /data # ${randomUUID()}\n`;
  await writeFile(join(workspace, 'Dockerfile'), dockerfile);
  const runner = {
    workspace,
    with: { 'cache-repository': 'team/caches', 'image-tag-mutability': 'IMMUTABLE' },
  };
  const first = await world.run(runner);
  assert.equal(first.outcome, 'success', first.log);
  assert.match(first.log, /^Created \S+\/team\/caches /m);
  const made = world.aws.ecr.repository('team/caches');
  assert.match(made?.lifecyclePolicy ?? '', /"tagPrefixList":\["buildcache-pr-"\]/);

  await world.engine.prune();
  const next = await world.run({ ...runner, sha: 'f'.repeat(40) });
  assert.equal(next.outcome, 'success', next.log);
  assert.match(next.log, /^Layers in the repository 'team\/caches': to be read, to be written/m);
  assert.match(next.summary, /\| Build \| 1 of 1 steps were cached, .* saved against the last cold build \(/);
  assert.deepEqual([...first.annotations, ...next.annotations], []);
});

test('a repository for caches that cannot be made is a warning, and the image is built with another cache', async () => {
  await using world = await startWorld({ policies: [permissionsFor(makePlan(inputs, commit))] });
  const run = await world.run({
    with: { repository: 'Team/App', 'cache-repository': 'Team/Caches', target: 'almanac' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.outputs['image'] ?? '', /^[^/]+\/team\/app@/);
  assert.match(run.log, /^`repository` is taken in lower case, as ECR wants names: team\/app$/m);
  assert.match(run.log, /^`cache-repository` is taken in lower case, as ECR wants names: team\/caches$/m);
  assert.match(run.annotations[0]?.message ?? '', /^The cache repository 'team\/caches' cannot be used\. /);
  assert.match(
    run.log,
    /^Layers in GitHub's cache, by BuildKit, as the repository 'team\/caches' cannot be used/m,
  );
});
