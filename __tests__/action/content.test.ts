import assert from 'node:assert/strict';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run as execute } from '../world/docker/command.ts';
import { startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const inputs = { cache: 'off', reuse: 'content', context: 'app', 'wait-for-scan': 'false' };
test('another commit of the same content is given the image that is there, by its tags alone', async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  const one = await world.run({ workspace, with: inputs });
  assert.equal(one.outcome, 'success', one.log);
  assert.equal(one.outputs['reused'], 'false');
  assert.match(one.log, /^content-[0-9a-f]{40} names it for other commits of the same content/m);

  await writeFile(join(workspace, 'README.md'), 'Outside the context.\n');
  await commit(workspace);
  const two = await world.run({ workspace, with: { ...inputs, tags: '1.2.3' } });
  assert.equal(two.outcome, 'success', two.log);
  assert.equal(two.outputs['reused'], 'true');
  assert.equal(two.outputs['digest'], one.outputs['digest']);
  assert.doesNotMatch(two.log, /docker buildx build/);
  const tags = (two.outputs['tags'] ?? '').split('\n').map(reference => reference.split(':').at(-1) ?? '');
  assert.equal(tags.length, 2);
  assert.ok(!one.outputs['tags']?.includes(tags.at(-1) ?? ''), 'it is another commit');
  for (const tag of tags) assert.equal(await digestOf(world, 'team/hello', tag), one.outputs['digest']);
  assert.match(two.summary, /\| Build \| not needed: the same content was built before \|/);

  await appendFile(join(workspace, 'app', 'greeting'), 'changed\n');
  await commit(workspace);
  const three = await world.run({ workspace, with: inputs });
  assert.equal(three.outputs['reused'], 'false', 'the context has changed');
  assert.notEqual(three.outputs['digest'], one.outputs['digest']);

  await appendFile(join(workspace, 'app', 'greeting'), 'changed again\n');
  await commit(workspace);
  const error = { code: 'LimitExceededException', message: 'The image has too many tags.', status: 400 };
  world.aws.faults.add({ match: 'ecr:PutImage', kind: 'refuse', error });
  const full = await world.run({ workspace, with: inputs });
  assert.equal(full.outcome, 'success', full.log);
  assert.match(full.log, /^Not named: the image has as many tags as ECR allows/m);
  assert.doesNotMatch(full.log, /names it for other commits/);
});

test('another base image under the same name makes other content', async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  const one = await world.run({ workspace, with: { ...inputs, pull: 'true' } });
  assert.match(one.log, /^content-[0-9a-f]{40} names it/m, one.log);
  await moveBase(world);
  await writeFile(join(workspace, 'README.md'), 'Outside the context.\n');
  await commit(workspace);
  const two = await world.run({ workspace, with: { ...inputs, pull: 'true' } });
  assert.equal(two.outcome, 'success', two.log);
  assert.equal(two.outputs['reused'], 'false');
  assert.match(two.log, /^content-[0-9a-f]{40} names it/m, two.log);
  assert.notEqual(two.outputs['digest'], one.outputs['digest']);
});

test('files are compared as they lie there: what a step before has made, and what git has converted, is content', async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  const build = async () => {
    await commit(workspace);
    const run = await world.run({ workspace, with: inputs });
    assert.equal(run.outcome, 'success', run.log);
    assert.match(run.log, /^content-[0-9a-f]{40} /m, run.log);
    return run.outputs['reused'];
  };
  await writeFile(join(workspace, '.gitignore'), 'generated\n');
  assert.equal(await build(), 'false');
  await writeFile(join(workspace, 'README.md'), 'Outside the context.\n');
  await writeFile(join(workspace, 'app', 'generated'), 'one\n');
  assert.equal(await build(), 'false', 'a file that git ignores is in the context');
  await writeFile(join(workspace, 'README.md'), 'Outside the context, again.\n');
  assert.equal(await build(), 'true');
  await writeFile(join(workspace, 'README.md'), 'And again.\n');
  await writeFile(join(workspace, 'app', 'generated'), 'two\n');
  assert.equal(await build(), 'false', 'it has changed, which no commit says');
});

test('a repository in the context switches it off, aloud, unless .dockerignore keeps it out', async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  const whole = { ...inputs, context: '.', file: 'app/Dockerfile' };
  await writeFile(join(workspace, 'greeting'), 'hello\n');
  const unknown = await world.run({ workspace, with: whole });
  assert.equal(unknown.outcome, 'success', unknown.log);
  const [warning] = unknown.annotations;
  assert.match(
    warning?.message ?? '',
    /^Content is not compared, as of the context '\.': `\.git` is in the context and differs from commit to commit/,
  );
  assert.match(
    unknown.summary,
    /\| Content \| not compared, as of the context .* add it to .*dockerignore \|/,
  );

  await writeFile(join(workspace, '.dockerignore'), '.git\n');
  await commit(workspace);
  const known = await world.run({ workspace, with: whole });
  assert.match(known.log, /^content-[0-9a-f]{40} names it/m, known.log);
});

test('a base that no registry tells of switches it off, and the build says what is wrong', async () => {
  await using world = await startWorld();
  const workspace = await checkout(world);
  await writeFile(join(workspace, 'app', 'Dockerfile'), `FROM ${world.baseImage}-missing\n`);
  await commit(workspace);
  const run = await world.run({ workspace, with: inputs });
  assert.equal(run.outcome, 'failure');
  assert.match(run.log, /Content is not compared, as no registry told the digest of \S+-missing/);
});

/** A repository with an application in a folder of its own, as a monorepo has several. */
async function checkout({ scratch, baseImage }: World): Promise<string> {
  const workspace = join(scratch, 'monorepo');
  await mkdir(join(workspace, 'app'), { recursive: true });
  const lines = [`FROM ${baseImage}`, 'COPY greeting /', `RUN echo ${scratch} >/built`];
  await writeFile(join(workspace, 'app', 'Dockerfile'), `${lines.join('\n')}\n`);
  await writeFile(join(workspace, 'app', 'greeting'), 'hello\n');
  await execute('git', ['init', '-q', workspace]);
  await execute('git', ['-C', workspace, 'config', 'user.name', 'octocat']);
  await execute('git', ['-C', workspace, 'config', 'user.email', 'octocat@example.com']);
  await commit(workspace);
  return workspace;
}

async function commit(workspace: string): Promise<void> {
  await execute('git', ['-C', workspace, 'add', '--all']);
  await execute('git', ['-C', workspace, 'commit', '--allow-empty', '-qm', 'Change something']);
}

/** Pushes another image under the name of the base. */
async function moveBase({ engine, scratch, baseImage }: World): Promise<void> {
  const folder = join(scratch, 'moved');
  await mkdir(folder);
  await writeFile(join(folder, 'Dockerfile'), `FROM ${baseImage}\nLABEL moved=yes\n`);
  await execute('docker', ['buildx', 'build', '--push', '--tag', baseImage, folder], {
    DOCKER_HOST: engine.host,
    ...(await engine.newConfig(join(scratch, 'moved-config'))),
  });
}
