import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastingProcessesWith } from '../world/github/processes.ts';
import { startWorld } from '../world/world.ts';

test('cancelling while it builds stops the build and logs docker out', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo begun ${Date.now()} && sleep 60\n`,
  );
  const run = await world.run({
    workspace,
    with: { cache: 'off' },
    cancelAfter: { line: /^#\d+ [\d.]+ begun/ },
  });

  assert.equal(run.outcome, 'cancelled');
  assert.ok(run.main.durationMs < 20_000, `took ${run.main.durationMs} ms`);
  assert.equal(run.main.signal, null, 'main ends by itself');
  assert.match(run.log, /^Build and push: cancelled/m);
  assert.match(run.log, /^docker logout /m);
  assert.deepEqual(run.leftovers, []);
});

test('cancelling while the scan is awaited ends at once and keeps the digest', async () => {
  await using world = await startWorld();
  world.aws.ecr.scans.tell({ durationMs: 600_000 });
  const run = await world.run({ with: { cache: 'off' }, cancelAfter: { line: /^Waiting for the scan/ } });

  assert.equal(run.outcome, 'cancelled');
  assert.match(run.outputs['digest'] ?? '', /^sha256:/);
  assert.match(run.log, /^Wait for the scan: cancelled/m);
});

test('cancelling while AWS is silent ends at once', async () => {
  await using world = await startWorld();
  world.aws.faults.add({ match: 'ecr:DescribeRepositories', kind: 'slow', delayMs: 60_000 });
  const run = await world.run({ cancelAfter: { line: /^::group::Ensure the repository/ } });
  assert.equal(run.outcome, 'cancelled');
  assert.equal(run.main.signal, null, 'main ends by itself');
  assert.ok(run.main.durationMs < 5_000, `took ${run.main.durationMs} ms`);
  assert.match(run.summary, /^### ⏹️ team\/hello: cancelled$/m);
});

test('a step that dies in the middle of a build leaves post enough to undo it, and the runner ends its programs', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(
    join(workspace, 'Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo begun ${Date.now()} && sleep 20\n`,
  );
  const temp = join(world.scratch, 'temp');
  const die = () =>
    world.run({
      workspace,
      temp,
      with: { cache: 'off', secrets: 'npm=hunter2-hunter2' },
      kill: { line: /^#\d+ [\d.]+ begun/ },
    });
  const outlives = ({ leftovers }: { leftovers: string[] }): boolean =>
    leftovers.some(line => line.includes('buildx build'));
  let run = await die();
  // Where BuildKit tells buildx something right then, the pipe that nobody reads any more ends it, and the next try counts.
  for (let tries = 1; tries < 3 && !outlives(run); tries += 1) run = await die();
  assert.equal(run.main.signal, 'SIGKILL');
  assert.match(run.log, /^docker logout /m);
  assert.ok(outlives(run), 'buildx outlives the step, and the runner finds it');
  assert.deepEqual(await lastingProcessesWith(run.marker, 500), []);
  for (const entry of await readdir(temp, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.parentPath.includes('ecr-image-')) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    for (const secret of ['hunter2-hunter2', ...world.github.secrets()]) assert.ok(!text.includes(secret));
  }
});
