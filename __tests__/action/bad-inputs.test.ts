import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

test('inputs that cannot be used are all told at once, before anything is asked of anybody', async t => {
  await using world = await startWorld();
  const run = await world.run({
    with: {
      'role-to-assume': 'ci',
      'aws-region': 'Frankfurt',
      repository: 'Team/My App',
      'fail-on': 'critcal',
      'scan-timeout': '10 minutes',
      'role-duration-seconds': '60',
      platforms: 'linux/amd64,Linux ARM',
      tags: 'latest\nteam/app:1',
      cache: 'regsitry',
      push: 'yes',
      file: 'deploy/Dockerfile',
      // A folder of the example.
      'lifecycle-policy': 'almanac',
    },
  });

  assert.equal(run.outcome, 'failure');
  assert.deepEqual(world.aws.requests, []);
  assert.deepEqual(world.gate.requests, []);
  assertTranscript(t, world, run);
});

test('hostile values are refused at the door, each in a line, and no secret among them is shown', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const pipe = join(workspace, 'pipe');
  await execute('mkfifo', [pipe]);
  const job = await world.run({
    workspace,
    with: {
      mode: 'merge',
      builds: `${'['.repeat(60_000)}${']'.repeat(60_000)}`,
      'ignore-file': 'pipe',
      'lifecycle-policy': '/dev/zero',
      context: 'https://user:hunter2-hunter2@host.example/o/r.git#main',
    },
  });
  const build = await world.run({
    workspace,
    with: {
      file: 'pipe',
      'secret-envs': 'npm=correct-horse-battery',
      'secret-files': 'key=pipe',
      labels: 'x'.repeat(100_000),
      'build-contexts': 'a=https://user:hunter2-hunter2@host.example/o/r.git#main\nb=nowhere',
    },
  });
  for (const { outcome, log, summary } of [job, build]) {
    assert.equal(outcome, 'failure');
    assert.ok(log.length < 20_000, `${log.length} characters`);
    assert.doesNotMatch(log.replaceAll(/^::add-mask::.*$/gm, ''), /hunter2|correct-horse/);
    assert.doesNotMatch(summary, /hunter2|correct-horse/);
  }
  assert.match(job.log, /- builds: '\[{200}…' \(120,000 characters\) is not what `mode: build` hands on/);
  assert.match(job.log, /- ignore-file: 'pipe' is no file/);
  assert.match(job.log, /- lifecycle-policy: '\/dev\/zero' is neither JSON nor a file/);
  assert.match(build.log, /- file: 'pipe' is a pipe, and a file is wanted/);
  assert.match(build.log, /- secret-envs: 'npm=\*\*\*' names no variable of the job/);
  assert.match(build.log, /- secret-files: 'pipe' is a pipe, and a file is wanted/);
  assert.match(build.log, /- labels: 'x{200}…' \(100,000 characters\) has no name/);
  assert.deepEqual(world.aws.requests, []);

  const dry = await world.run({
    workspace,
    with: { 'dry-run': 'true', context: 'https://user:hunter2-hunter2@host.example/o/r.git#main' },
  });
  assert.equal(dry.outcome, 'success', dry.log);
  const plan = await readFile(dry.outputs['plan'] ?? '', 'utf8');
  for (const text of [dry.log.replaceAll(/^::add-mask::.*$/gm, ''), dry.summary, plan])
    assert.doesNotMatch(text, /hunter2/);
  assert.match(plan, /https:\/\/\*\*\*@host\.example\/o\/r\.git#main/);
});

test('a workspace without a checkout is told as such', async () => {
  await using world = await startWorld();
  const run = await world.run({ workspace: world.scratch });
  assert.match(run.annotations[0]?.message ?? '', /context: '\.' has no Dockerfile\..*actions\/checkout/);
});
