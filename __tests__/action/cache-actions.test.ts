import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pushBeside } from '../world/docker/base-image.ts';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { addNewCity, startWorld } from '../world/world.ts';

const event = pullRequest(describeJob(), {
  number: 7,
  mergeSha: 'e'.repeat(40),
  headSha: 'd'.repeat(40),
  headRef: 'feature',
});

test('layers kept as one archive: saved by main, restored by a pull request, saved again only when they changed', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await addNewCity(workspace);
  // Other stories build at the same time, and BuildKit exports with a build what it shares with another.
  const folder = join(world.scratch, 'own-base');
  await mkdir(folder);
  await writeFile(join(folder, 'Dockerfile'), `FROM ${world.baseImage}\nRUN echo ${randomUUID()} >/own\n`);
  const base = await pushBeside(world, { folder, name: 'own:1' });
  // Archives are known by the path of their folder, which is the same on every runner of a kind.
  const inputs = { cache: 'actions', 'build-args': `BASE_IMAGE=${base}` };
  const runner = { workspace, temp: join(world.scratch, 'temp'), with: inputs };
  // Cold, although other stories leave some of these layers on the machine.
  const main = await world.run({ ...runner, with: { ...runner.with, 'no-cache': 'true' } });
  assert.equal(main.outcome, 'success', main.log);
  assert.match(main.log, /^Saved as ecr-image-layers-team-hello-/m);
  // Groups are told in the order in which they began, and the judgement begins when the scan is there.
  assert.match(main.log, /\[group\]Wait for the scan$[^]*\[group\]Save layers$[^]*\[group\]Judge$/m);
  await world.engine.prune();

  const unchanged = await world.run({ ...runner, sha: 'f'.repeat(40) });
  assert.match(
    unchanged.summary,
    /\| Build \| 8 of 8 steps were cached, .* saved against the last cold build \(/,
  );
  assert.match(unchanged.summary, /\| Layers \| GitHub's cache, as one archive: \S+ MB restored \|/);
  assert.match(unchanged.log, /^No layer has changed: nothing is saved/m);
  await world.engine.prune();

  await writeFile(join(workspace, 'site', 'greeting.html'), '<p>Good evening.</p>\n');
  const request = await world.run({
    ...runner,
    event,
    with: { ...runner.with, push: 'false', 'role-to-assume': '' },
  });
  assert.equal(request.outcome, 'success', request.log);
  const expensive = /^#(\d+) \[almanac \d\/\d\] RUN .*$/m.exec(request.log)?.[1];
  assert.match(request.log, new RegExp(`^#${expensive} CACHED$`, 'm'));
  assert.deepEqual(
    world.github.caches().map(({ scope, finalized }) => [scope, finalized]),
    [
      ['refs/heads/main', true],
      ['refs/pull/7/merge', true],
    ],
  );
  const [first, second] = world.github.caches().map(({ size }) => size);
  assert.ok(Math.abs((first ?? 0) - (second ?? 0)) < 100_000, `${first} and ${second}: it does not grow`);
  assert.equal(existsSync(join(runner.temp, 'ecr-image-layers')), false);
});
