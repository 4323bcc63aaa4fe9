import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

test('the same commit and inputs are not built again, and a release finds the image that is there', async () => {
  await using world = await startWorld();
  const first = await world.run({ with: { cache: 'off' } });
  const repository = 'arn:aws:ecr:eu-central-1:123456789012:repository/team/hello';
  const again = await world.run({ ref: 'refs/tags/v1.0.0', with: { cache: 'off', repository } });
  assert.equal(again.outcome, 'success', again.log);
  assert.deepEqual([first.outputs['reused'], again.outputs['reused']], ['false', 'true']);
  assert.equal(again.outputs['digest'], first.outputs['digest']);
  assert.equal(await digestOf(world, 'team/hello', '1.0.0'), first.outputs['digest']);
  assert.doesNotMatch(again.log, /^#\d+ /m);

  const third = await world.run({ ref: 'refs/tags/v1.0.0', with: { cache: 'off' } });
  assert.equal(third.outcome, 'success', third.log);
  assert.match(third.outputs['tags'] ?? '', /:1\.0\.0\n/);
});

test('the same commit with other inputs is a conflict, told before anything is built', async () => {
  await using world = await startWorld();
  const first = await world.run({ with: { cache: 'off' } });
  const again = await world.run({ with: { cache: 'off', labels: 'another=image' } });
  assert.equal(again.outcome, 'failure');
  assert.match(
    again.annotations[0]?.message ?? '',
    /names an image of this commit already .*made from other inputs/,
  );
  assert.match(again.annotations[0]?.message ?? '', new RegExp(first.outputs['digest'] ?? 'no digest'));
  assert.doesNotMatch(again.log, /^#\d+ /m);
});

test("a repository that does not let the cache move is noticed before the build: GitHub's cache, or none and which filter it lacks", async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), `FROM ${world.baseImage}\nRUN echo layer > /layer\n`);
  const first = await world.run({ workspace, with: { 'image-tag-mutability': 'IMMUTABLE' } });
  assert.equal(first.outcome, 'success', first.log);
  assert.match(first.log, /^Layers in GitHub's cache, by BuildKit, as the repository is IMMUTABLE without/m);
  assert.match(first.log, /--cache-to type=gha,/);
  assert.deepEqual(first.annotations, []);

  const run = await world.run({ workspace, sha: 'f'.repeat(40), with: { cache: 'registry' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.annotations[0]?.message ?? '', /exclusion filter 'buildcache\*'/);
  assert.doesNotMatch(run.log, /--cache-to/);
});

test('a repository that is missing is not created when that is off', async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { 'create-repository': 'false' } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /'team\/hello' does not exist in eu-central-1, and this run creates none/,
  );
  assert.deepEqual(world.aws.ecr.repositories(), []);
});

const keep = (countNumber: number) =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber },
        action: { type: 'expire' },
      },
    ],
  });

test('a registry that creates on push is left to do so, as its template says', async () => {
  await using world = await startWorld();
  world.aws.ecr.createOnPush({ prefix: 'team', mutability: 'IMMUTABLE', lifecyclePolicy: keep(7) });
  const asked = { 'create-repository': 'false', 'wait-for-scan': 'false' };
  const run = await world.run({ with: { ...asked, cache: 'registry', 'lifecycle-policy': keep(14) } });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /team\/hello is created by the registry when the image is pushed/);
  assert.match(
    run.annotations[0]?.message ?? '',
    /creates it by its template, so nothing comes of `lifecycle-policy` in this run/,
  );
  assert.match(run.annotations[1]?.message ?? '', /exclusion filter 'buildcache\*'/);
  const made = world.aws.ecr.repository('team/hello');
  assert.equal(made?.mutability, 'IMMUTABLE');
  assert.deepEqual(JSON.parse(made.lifecyclePolicy ?? ''), JSON.parse(keep(7)));
  assert.match(run.outputs['image'] ?? '', /team\/hello@sha256:/);

  // Another account's registry may let the role look, by its own policy; its templates are nobody else's.
  const error = { code: 'RepositoryNotFoundException', message: 'It does not exist', status: 400 };
  world.aws.faults.add({ match: /^ecr:(DescribeRepositories|BatchGetImage)$/, kind: 'refuse', error });
  const theirs = await world.run({ with: { ...asked, 'registry-id': '210987654321' } });
  const fault = theirs.annotations.find(({ level }) => level === 'error');
  assert.match(fault?.message ?? '', /templates of another account's registry can't be read/);
});

test('the template is found on a later page, and with a slash at the end of its prefix', async () => {
  await using world = await startWorld();
  for (let index = 0; index < 120; index += 1) world.aws.ecr.createOnPush({ prefix: `other-${index}` });
  world.aws.ecr.createOnPush({ prefix: 'team/', mutability: 'IMMUTABLE' });
  const run = await world.run({
    with: { 'create-repository': 'false', 'wait-for-scan': 'false', cache: 'off' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(world.aws.ecr.repository('team/hello')?.mutability, 'IMMUTABLE');
});

test('two jobs that create the repository at once both push, and its policies are put', async () => {
  await using world = await startWorld();
  // Both have looked for it before either has made it.
  world.aws.faults.add({ match: 'ecr:CreateRepository', kind: 'slow', delayMs: 2000, times: 2 });
  const asked = {
    cache: 'off',
    'wait-for-scan': 'false',
    'lifecycle-policy': keep(14),
    'pull-services': 'lambda',
    'on-drift': 'fail',
  };
  const runs = await Promise.all(
    ['a', 'b'].map(letter => world.run({ sha: letter.repeat(40), with: asked })),
  );
  for (const run of runs) {
    assert.equal(run.outcome, 'success', run.log);
    assert.ok(!run.annotations.some(({ level }) => level === 'warning'));
  }
  assert.equal(world.aws.ecr.repositories().length, 1);
  const [made] = world.aws.ecr.repositories();
  assert.match(made?.policy?.text ?? '', /lambda/);
  assert.match(made?.lifecyclePolicy ?? '', /"countNumber":14/);
  // The one that has not created it puts what it does not find, which the other may not have put yet.
  const calls = (name: string) => world.aws.requests.filter(({ operation }) => operation === name).length;
  assert.equal(calls('CreateRepository'), 2);
  for (const name of ['SetRepositoryPolicy', 'PutLifecyclePolicy']) assert.ok(calls(name) <= 2, name);
});
