import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import { workflowDispatch } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

const dispatch = workflowDispatch(describeJob(), { sha: 'f'.repeat(40) });

test("what may be a stranger's reads main's caches and writes none of them", async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const build = async (text: string, given: object) => {
    const command = `--mount=type=cache,id=own,target=/own echo ${text} ${randomUUID()} > /own/text`;
    const made = `FROM ${world.baseImage}\nRUN ${command}\n`;
    await writeFile(join(workspace, 'Dockerfile'), made);
    const inputs = { 'cache-mounts': 'auto', 'wait-for-scan': 'false', ...given };
    const run = await world.run({ workspace, event: dispatch, with: inputs });
    assert.equal(run.outcome, 'success', run.log);
    return run;
  };
  const written = () =>
    Array.from(world.aws.ecr.repository('team/hello')?.imageTags ?? [])
      .filter(([tag]) => tag.startsWith('buildcache'))
      .map(each => each.join(' '))
      .toSorted();
  await build('ours', {});
  const ours = written();
  assert.deepEqual(
    ours.map(each => each.replace(/ .*/, '')),
    ['buildcache-main', 'buildcache-mounts-main'],
  );

  // An artifact whose HEAD claims to be the job's commit.
  await mkdir(join(workspace, 'artifact/.git/objects'), { recursive: true });
  await mkdir(join(workspace, 'artifact/.git/refs'));
  await writeFile(join(workspace, 'artifact/.git/HEAD'), `${'f'.repeat(40)}\n`);
  await writeFile(
    join(workspace, 'artifact/Dockerfile'),
    `FROM ${world.baseImage}\nRUN echo ${randomUUID()} > /text\n`,
  );
  const forged = await build('theirs', {
    context: 'artifact',
    'cache-mounts': '',
    push: 'false',
    cache: 'gha',
  });
  assert.match(
    forged.log,
    /which is only read, as what is checked out is not the commit that the job runs for/,
  );
  assert.deepEqual(world.github.caches(), []);
  await rm(join(workspace, 'artifact'), { recursive: true });

  // A workflow that runs for main and checks out somebody's head.
  await execute('git', ['init', '-q', workspace]);
  const author = ['-c', 'user.name=stranger', '-c', 'user.email=stranger@example.com'];
  await execute('git', ['-C', workspace, ...author, 'commit', '-q', '--allow-empty', '-m', 'Help']);
  const theirs = await build('theirs', {});
  assert.match(theirs.log, /--cache-from type=registry,ref=\S+:buildcache-main /);
  assert.match(
    theirs.log,
    /^Layers in the registry, only read: what is checked out is not the commit that the job runs for: to be read/m,
  );
  assert.doesNotMatch(theirs.log, /--cache-to|^Save cache mounts/m);
  assert.deepEqual(written(), ours);

  await execute('git', ['-C', workspace, ...author, 'commit', '-q', '--allow-empty', '-m', 'More help']);
  const github = await build('theirs', { cache: 'gha', push: 'false', 'role-to-assume': '' });
  assert.match(
    github.log,
    /^Layers in GitHub's cache, by BuildKit, which is only read, as what is checked out/m,
  );
  assert.deepEqual(world.github.caches(), []);
});

test("main's own commit in a folder writes main's caches where members start the job, and an artifact over it does not", async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const app = join(workspace, 'app');
  await mkdir(app);
  await writeFile(join(app, 'Dockerfile'), `FROM ${world.baseImage}\nRUN echo ${randomUUID()} > /text\n`);
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  await execute('git', ['init', '-q', app]);
  await execute('git', ['-C', app, 'add', '.']);
  await execute('git', ['-C', app, ...author, 'commit', '-q', '-m', 'ours']);
  const sha = await execute('git', ['-C', app, 'rev-parse', 'HEAD']);
  const event = workflowDispatch(describeJob(), { sha });
  const run = async () => {
    const given = {
      context: 'app',
      'build-args': '',
      'wait-for-scan': 'false',
      reuse: 'off',
      push: 'false',
      cache: 'gha',
    };
    const made = await world.run({ workspace, event, with: given });
    assert.equal(made.outcome, 'success', made.log);
    return made.log;
  };
  assert.match(await run(), /--cache-to type=gha/);
  await writeFile(join(app, 'artifact'), 'theirs');
  assert.doesNotMatch(await run(), /--cache-to/);
});
