import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addNewCity, startWorld } from '../world/world.ts';

test('the next commit takes its layers from the registry when the machine has none, and tells the time saved', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await addNewCity(workspace);
  // Other stories leave some of these layers on the machine.
  const first = await world.run({ workspace, with: { 'no-cache': 'true' } });
  assert.equal(first.outcome, 'success', first.log);
  assert.doesNotMatch(first.summary, /cold build \(/);
  const cold = /^buildcache-main tells it to the next build: ([\d.]+) s/m.exec(first.log)?.[1];
  assert.ok(Number(cold) > 0, first.log);

  await world.engine.prune();
  await writeFile(join(workspace, 'site', 'greeting.html'), '<p>Good evening.</p>\n');
  const next = await world.run({ workspace, sha: 'f'.repeat(40) });
  assert.equal(next.outcome, 'success', next.log);
  const expensive = /^#(\d+) \[almanac \d\/\d\] RUN .*$/m.exec(next.log)?.[1];
  // CACHED where the layer itself was not needed, and fetched from the registry where it was.
  assert.match(next.log, new RegExp(`^#${expensive} (CACHED$|extracting sha256:)`, 'm'));
  assert.match(next.log, /importing cache manifest from .*:buildcache-main$/m);
  const told =
    /\| Build \| [4-9] of \d+ steps were cached, (?:about [\d.]+ s|no time) saved against the last cold build \(([\d.]+) s\) \|/;
  const [, against] = told.exec(next.summary) ?? [];
  assert.ok(Math.abs(Number(against) - Number(cold)) < 1, next.summary);
  assert.match(next.log, /^\S+ is sha256:\S+, .* saved against the last cold build/m);
  assert.match(next.summary, /\| Layers \| .*: [\d.]+ [kM]B restored \|/);
  // Not cold, so the next build is compared with the same one.
  assert.ok(next.log.includes(`buildcache-main tells it to the next build: ${cold} s`), next.log);
  assert.notEqual(next.outputs['digest'], first.outputs['digest']);
});

test('a cache that may not be noted in changes nothing but the log', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await addNewCity(workspace);
  world.aws.faults.add({
    match: 'ecr:PutImage',
    kind: 'refuse',
    error: { code: 'AccessDeniedException', message: 'not authorized to perform: ecr:PutImage', status: 400 },
  });
  const run = await world.run({ workspace, with: { 'no-cache': 'true' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /^Not noted: the next build will not tell the time that it saved/m);
  assert.deepEqual(run.annotations, []);
});
