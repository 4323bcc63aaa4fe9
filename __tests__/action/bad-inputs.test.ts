import assert from 'node:assert/strict';
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
      context: 'https://user:hunter2-hunter2@host.example/o/r.git#main',
    },
  });
  const build = await world.run({
    workspace,
    with: {
      file: 'pipe',
      'lifecycle-policy': '/dev/zero',
      'secret-envs': 'npm=correct-horse-battery',
      'secret-files': 'key=pipe',
      annotations: 'x'.repeat(100_000),
      outputs:
        'site/style.css/out\ntype=image,name=team/app,push-by-digest=true,name-canonical=true,push=true',
      'build-contexts': 'a=https://user:hunter2-hunter2@host.example/o/r.git#main\nb=nowhere',
    },
  });
  const [ofJob, ofBuild] = [saidBy(job), saidBy(build)];
  for (const said of [ofJob, ofBuild]) {
    assert.ok(said.length < 20_000, `${said.length} characters`);
    assert.doesNotMatch(said, /hunter2|correct-horse/);
  }
  assert.deepEqual([job.outcome, build.outcome], ['failure', 'failure']);
  assert.match(ofJob, /- builds: '\[{200}…' \(120,000 characters\) is not what `mode: build` hands on/);
  assert.match(ofJob, /- ignore-file: 'pipe' is no file/);
  assert.match(ofBuild, /- lifecycle-policy: '\/dev\/zero' is neither JSON nor a file/);
  assert.match(ofBuild, /- file: 'pipe' is a pipe, and a file is wanted/);
  assert.match(ofBuild, /- secret-envs: 'npm=\*\*\*' names no variable of the job/);
  assert.match(ofBuild, /- secret-files: 'pipe' is a pipe, and a file is wanted/);
  assert.match(ofBuild, /- outputs: 'site\/style\.css\/out' would be below \S+style\.css, which is a file/);
  assert.match(ofBuild, /- annotations: 'x{200}…' \(100,000 characters\) is not an annotation/);
  assert.match(ofBuild, /- outputs: 'type=image,.* set `mode: build` in .* `mode: merge` in .*fan-out\.yml/);
  assert.deepEqual(world.aws.requests, []);

  const dry = await world.run({
    workspace,
    with: { 'dry-run': 'true', context: 'https://user:hunter2-hunter2@host.example/o/r.git#main' },
  });
  assert.equal(dry.outcome, 'success', dry.log);
  assert.doesNotMatch(saidBy(dry), /hunter2/);
  assert.match(saidBy(dry), /"https:\/\/\*\*\*@host\.example\/o\/r\.git#main"/);
});

/** What the step itself says; the runner writes its inputs before, and keeps what is to be masked to itself. */
function saidBy({ log, summary }: { log: string; summary: string }): string {
  const own = log.split('##[endgroup]').slice(1).join('\n');
  return own.replaceAll(/^::add-mask::.*$/gm, '') + summary;
}

test('a workspace without a checkout is told as such', async () => {
  await using world = await startWorld();
  const run = await world.run({ workspace: world.scratch });
  assert.match(run.annotations[0]?.message ?? '', /context: '\.' has no Dockerfile\..*actions\/checkout/);
});
