import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withHeldBuild } from '../world/docker/shims.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';

test('two jobs of one commit at once end with one digest', async () => {
  await using world = await startWorld();
  const workspace = await slowBuild(world);
  // ECR may not know yet what either has pushed.
  const error = { code: 'ImageNotFoundException', message: 'It does not exist', status: 400 };
  world.aws.faults.add({ match: 'ecr:DescribeImageScanFindings', kind: 'refuse', error, times: 2 });
  const runs = await Promise.all([
    world.run({ workspace, with: { cache: 'off', tags: '1.2.3' } }),
    world.run({ workspace, with: { cache: 'off', tags: '1.2.3' } }),
  ]);
  const digest = await digestOf(world, 'team/hello', sha);
  for (const run of runs) {
    assert.equal(run.outcome, 'success', run.log);
    assert.equal(run.outputs['digest'], digest);
    assert.match(run.log, /^#\d+ /m, 'both have built');
  }
  assert.deepEqual(new Set(runs.map(run => run.outputs['reused'])), new Set(['false', 'true']));
  assert.match(
    runs.find(run => run.outputs['reused'] === 'true')?.log ?? '',
    /^The registry has \S+ by now, from the same inputs: sha256:/m,
  );
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), digest);
});

test('two jobs of one commit with other inputs end with one image and one clear conflict', async () => {
  await using world = await startWorld();
  const workspace = await slowBuild(world);
  const runs = await Promise.all([
    world.run({ workspace, with: { cache: 'off', labels: 'job=one' } }),
    world.run({ workspace, with: { cache: 'off', labels: 'job=two' } }),
  ]);
  assert.deepEqual(runs.map(run => run.outcome).toSorted(), ['failure', 'success']);
  const [conflict] = runs.filter(run => run.outcome === 'failure').flatMap(run => run.annotations);
  assert.match(
    conflict?.message ?? '',
    /^The tag \w+ names an image of this commit already \(sha256:\w+\), made from other inputs \(`labels` differs\), and it cannot move\./,
  );
  const winner = runs.find(run => run.outcome === 'success');
  assert.equal(await digestOf(world, 'team/hello', sha), winner?.outputs['digest']);
});

test('where tags move, a job that another one overtakes judges and releases the image that the tag of the commit names', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({ durationMs: 2_000 });
  const held = await withHeldBuild(world.engine, join(world.scratch, 'held'));
  const inputs = { cache: 'off', tags: '1.2.3', 'image-tag-mutability': 'MUTABLE' };
  const isLooking = Promise.withResolvers<void>();
  const later = world.run({
    environment: held.environment,
    with: inputs,
    onLine: line => void (/ is to be built /.test(line) && isLooking.resolve()),
  });
  await isLooking.promise;
  const own: string[] = [];
  const earlier = await world.run({
    with: inputs,
    onLine(line) {
      const [, digest] = /^\S+:[0-9a-f]{40} is (sha256:[0-9a-f]{64})/.exec(line) ?? [];
      if (digest === undefined) return;
      own.push(digest);
      void writeFile(held.release, '');
    },
  });
  const runs = [earlier, await later];
  const digest = await digestOf(world, 'team/hello', sha);
  for (const run of runs) {
    assert.equal(run.outcome, 'success', run.log);
    assert.equal(run.outputs['digest'], digest);
    assert.match(run.outputs['image'] ?? '', new RegExp(`@${digest}$`));
    assert.equal(run.outputs['scan-verdict'], 'passed');
    assert.match(run.outputs['tags'] ?? '', /:1\.2\.3\n/);
  }
  assert.notEqual(own[0], digest);
  assert.deepEqual(
    runs.map(run => run.outputs['reused']),
    ['true', 'false'],
  );
  assert.match(
    earlier.log,
    /^Another job has put \w+ on sha256:\w+, from the same inputs: that image is released/m,
  );
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), digest);
  assert.match(earlier.summary, new RegExp(String(digest)));
  assert.match(earlier.summary, /\| Build \| another job pushed this commit later, from the same inputs/);
});

/** A build that takes long enough for both jobs to have looked for the image before either has pushed it. */
async function slowBuild(world: World): Promise<string> {
  const workspace = await mkdtemp(join(world.scratch, 'slow-'));
  const lines = ['ARG BASE_IMAGE', 'FROM ${BASE_IMAGE}', `RUN sleep 3 && echo ${randomUUID()} >/greeting`];
  await writeFile(join(workspace, 'Dockerfile'), `${lines.join('\n')}\n`);
  return workspace;
}
