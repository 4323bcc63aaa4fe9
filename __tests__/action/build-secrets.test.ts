import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withRecorder } from '../world/docker/shims.ts';
import { startGitServer } from '../world/git-server.ts';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { readEverything } from '../world/registry/manifest.ts';
import { startWorld } from '../world/world.ts';

const values = {
  npm: 'hunter2,with=signs',
  // OpenSSH takes no key without its last line break.
  key: 'first-line\nsecond-line\n',
  '.npmrc': '//registry.example.com/:_authToken=of-npm  ',
  crlf: 'one-line\r\nanother-line\r\n',
  token: 'of-the-job',
  pem: 'in-a-file',
};

// The Dockerfile's own lines are in the log, so they know the values by their hashes.
const dockerfile = [
  'ARG BASE_IMAGE',
  'FROM ${BASE_IMAGE}',
  ...Object.entries(values).map(
    ([id, value]) =>
      `RUN --mount=type=secret,id=${id},required sha256sum /run/secrets/${id} | grep -q ${createHash('sha256').update(value).digest('hex')}`,
  ),
  'RUN --mount=type=ssh,id=git,required test -S "$SSH_AUTH_SOCK"',
  'RUN test ! -e /run/secrets/npm && ! env | grep -i -q -e BUILD_SECRET -e npm && echo made >/made',
  '',
].join('\n');

test('secrets reach the build and nothing else: neither the log nor the command line nor the image', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), dockerfile);
  await writeFile(join(workspace, 'a,b.pem'), values.pem);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(join(workspace, 'id_rsa'), privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  });
  const { environment, argv } = await withRecorder(join(world.scratch, 'recorder'));
  const run = await world.run({
    workspace,
    environment: { ...environment, NPM: values.token },
    with: {
      provenance: 'mode=max',
      'wait-for-scan': 'false',
      cache: 'registry',
      'no-cache': 'true',
      secrets: `npm=${values.npm}\n"key=${values.key}"\n"crlf=${values.crlf}"\nnone=\n.npmrc=${values['.npmrc']}`,
      'secret-envs': 'token=NPM',
      'secret-files': 'pem=a,b.pem',
      ssh: 'git=id_rsa',
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  const image = await readEverything(world, run.outputs['digest']);
  assert.match(image, /made\n/);
  const told = [
    run.rawLog.replaceAll(/^::add-mask::.*$/gm, ''),
    ...[run.outputs, run.state, run.env].map(each => JSON.stringify(each)),
    run.summary,
    await readFile(argv, 'utf8'),
    image,
    await readEverything(world, 'buildcache-main'),
  ];
  for (const text of told)
    assert.doesNotMatch(text, /hunter2|second-line|another-line|of-npm|of-the-job|in-a-file/);
  assert.match(run.rawLog, /^::add-mask::hunter2,with=signs$/m);
  assert.match(run.log, /--secret id=npm,env=BUILD_SECRET_1 /);
  assert.match(run.log, /^The secret none is empty, and the build goes without it\.$/m);
});

test('a context in git is cloned with its token', async () => {
  await using world = await startWorld();
  const folder = await world.checkout();
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY site/style.css /\n');
  await using git = await startGitServer(folder, { token: 'ghs_of_the_test' });
  const inputs = { push: 'false', context: `${git.url}#main`, 'build-args': '' };
  const refused = await world.run({ with: inputs });
  assert.equal(refused.outcome, 'failure');
  const run = await world.run({ with: { ...inputs, secrets: 'GIT_AUTH_TOKEN=ghs_of_the_test' } });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.log, /COPY site\/style\.css/);

  const secrets = 'GIT_AUTH_TOKEN=ghs_of_the_test';
  const published = { ...inputs, push: 'true', 'wait-for-scan': 'false', cache: 'off', secrets };
  const pushed = await world.run({ with: { ...published, reuse: 'content' } });
  assert.equal(pushed.outcome, 'success', pushed.log);
  assert.match(pushed.log, /Content is not compared, as the context 'context' is no folder of this machine/);
  assert.doesNotMatch(pushed.log, /^content-[0-9a-f]{40}/m);
});

test("a pull request's own commit at GitHub is a context, wherever its ref has moved, cloned with the job's token", async () => {
  await using world = await startWorld();
  const folder = await world.checkout();
  await mkdir(join(folder, 'app'));
  await writeFile(
    join(folder, 'app', 'Dockerfile'),
    'FROM scratch\nCOPY note.txt /\nCOPY --from=site style.css /\n',
  );
  await writeFile(join(folder, 'app', 'note.txt'), 'from a folder\n');
  await using git = await startGitServer(folder, { token: 'ghs_of_the_job' });
  // A push to the pull request's branch or its base moves the ref while the job waits for a runner.
  await rm(join(folder, 'app', 'Dockerfile'));
  await git.commit('refs/pull/7/merge');
  const workspace = await world.checkout();
  const event = { mergeSha: git.sha, number: 7, headSha: 'd'.repeat(40), headRef: 'feature' };
  const run = await world.run({
    workspace,
    event: pullRequest(describeJob(), event),
    job: { serverUrl: new URL(git.url).origin },
    with: {
      push: 'false',
      context: '{{defaultContext}}:app',
      'build-contexts': 'site={{defaultContext}}:site',
      'github-token': 'ghs_of_the_job',
      'build-args': '',
      outputs: 'out',
    },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.deepEqual(await readdir(join(workspace, 'out')), ['note.txt', 'style.css']);
  assert.ok(run.log.includes(`octo-org/octo-repo.git#${git.sha}:app`), run.log);
  assert.match(run.log, /--secret id=GIT_AUTH_TOKEN\.127\.0\.0\.1:\d+,env=BUILD_SECRET_1 /);
});
