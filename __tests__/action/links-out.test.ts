import assert from 'node:assert/strict';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';

const secret = 'hunter2-of-the-runner';

const out = 'is or goes through a symbolic link that leads out of the workspace';

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'ecr:*' }],
};

const notTheFile = 'is neither JSON nor a file of the workspace';

/** For each input that names a path: its value where the path is a link or leads through one, and what is said of which path. */
const cases: [input: string, value: string, path: string, problem: string][] = [
  ['ignore-file', '.ecr-scan-ignore.yml', '.ecr-scan-ignore.yml', out],
  ['ignore-file', 'through/file', 'through/file', out],
  ['vex', '*.vex', 'linked.vex', out],
  ['vex', 'through/*', 'through/file', out],
  ['lifecycle-policy', 'link', 'link', notTheFile],
  ['repository-policy', 'policy', 'policy', notTheFile],
  ['catalog-data', 'link', 'link', 'is no catalog data'],
  ['inline-session-policy', 'policy', 'policy', 'is no IAM policy'],
  ['context', 'through', 'through', out],
  ['context', 'app', 'app/Dockerfile', out],
  ['context', 'other', 'other/.dockerignore', out],
  ['file', 'link', 'link', out],
  ['build-contexts', 'more=through', 'through', out],
  ['secret-files', 'npm=link', 'link', out],
  ['ssh', 'default=link', 'link', out],
  ['outputs', 'type=local,dest=through/new/folder', 'through/new/folder', out],
  ['outputs', 'through', 'through', out],
  ['cache-to', 'type=local,dest=through/cache', 'through/cache', out],
  ['cache-from', 'type=local,src=through', 'through', out],
];

test('nothing is read, sent to the build or written through a link that leads out of the workspace', async t => {
  await using world = await startWorld();
  const outside = join(world.scratch, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'file'), `FROM scratch\nRUN ${secret}\n${secret}: [\n`);
  await writeFile(join(outside, 'Dockerfile'), 'FROM scratch\n');
  await writeFile(join(outside, 'policy'), JSON.stringify(policy));
  for (const [input, value, path, problem] of cases) {
    await t.test(`${input}: ${value}`, async () => {
      const workspace = await world.checkout();
      const link = (at: string, to = join(outside, 'file')) => symlink(to, join(workspace, at));
      await Promise.all(['app', 'other'].map(each => mkdir(join(workspace, each))));
      await Promise.all([link('link'), link('linked.vex'), link('through', outside), link('app/Dockerfile')]);
      await Promise.all([
        link('other/.dockerignore'),
        writeFile(join(workspace, 'other/Dockerfile'), 'FROM scratch\n'),
      ]);
      if (value === '.ecr-scan-ignore.yml') await link(value);
      const given = input === 'catalog-data' ? { 'registry-type': 'public', 'wait-for-scan': 'false' } : {};
      const run = await world.run({ workspace, with: { 'build-args': '', ...given, [input]: value } });
      assert.equal(run.outcome, 'failure', run.log);
      const { message = '' } = run.annotations[0] ?? {};
      assert.ok(message.includes(`${input}: '${path}' ${problem}.`), message);
      assert.doesNotMatch(`${run.log}${run.summary}`, new RegExp(secret));
      assert.deepEqual(world.aws.requests, []);
      assert.deepEqual((await readdir(outside)).toSorted(), ['Dockerfile', 'file', 'policy']);
    });
  }
});

test('a link within the workspace, and a path that itself names another place, are used', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  const elsewhere = join(world.scratch, 'policy.json');
  await writeFile(elsewhere, JSON.stringify(policy));
  await writeFile(join(workspace, 'exceptions.yml'), 'ignore: []\n');
  await symlink('exceptions.yml', join(workspace, '.ecr-scan-ignore.yml'));
  await symlink('Dockerfile', join(workspace, 'Containerfile'));
  const inputs = { 'repository-policy': elsewhere, file: 'Containerfile', 'dry-run': 'true' };
  const run = await world.run({ workspace, with: inputs });
  assert.equal(run.outcome, 'success', run.log);
});
