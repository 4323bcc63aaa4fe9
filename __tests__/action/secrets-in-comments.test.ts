import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pullRequest } from '../world/github/event.ts';
import { describeJob } from '../world/github/job.ts';
import { startWorld } from '../world/world.ts';

const values = {
  npm: 'hunter2,with=signs',
  key: 'first-line-of-key\nsecond-line-of-key',
  token: 'of-the-job-alone',
  pem: 'in-a-file-of-one-line',
  json: '{\n  "type": "service_account",\n  "private_key_id": "0f1e2d3c4b5a69788796"\n}\n',
};

const dockerfile = [
  'ARG BASE_IMAGE',
  'FROM ${BASE_IMAGE}',
  `RUN ${Object.keys(values)
    .map(id => `--mount=type=secret,id=${id},required`)
    .join(' ')} \\`,
  '  cd /run/secrets; cat npm key token pem json; echo; base64 npm; base64 -w 0 key;\\',
  '  grep -o "[0-9a-f]\\{20\\}" json; printf "user:%s" "$(cat token)" | base64;\\',
  '  echo "the build goes on until here"; exit 1',
  '',
].join('\n');

const event = pullRequest(describeJob(), {
  number: 7,
  mergeSha: 'e'.repeat(40),
  headSha: 'd'.repeat(40),
  headRef: 'feature',
});
const permissions = { 'id-token': 'write', 'pull-requests': 'write' } as const;

test('a build that prints its secrets and fails shows them in no comment and no summary', async () => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'Dockerfile'), dockerfile);
  await writeFile(join(workspace, 'a.pem'), values.pem);
  await writeFile(join(workspace, 'key.json'), values.json);
  const run = await world.run({
    workspace,
    event,
    permissions,
    environment: { TOKEN: values.token },
    with: {
      cache: 'off',
      comment: 'true',
      'no-cache': 'true',
      secrets: `npm=${values.npm}\n"key=${values.key}"`,
      'secret-envs': 'token=TOKEN',
      'secret-files': 'pem=a.pem\njson=key.json',
    },
  });
  assert.equal(run.outcome, 'failure', run.log);
  const [comment] = world.github.comments;
  for (const text of [comment?.body ?? '', run.summary]) {
    assert.match(text, /The last lines of the build:[^]*the build goes on until here/);
    assert.match(text, /\*\*\*/);
    assert.doesNotMatch(text, /hunter2|of-key|of-the-job-alone|in-a-file|service_account|0f1e2d3c/);
    for (const value of [values.npm, values.key, values.token])
      for (const shift of [0, 1, 2])
        assert.ok(!text.includes(Buffer.from(value).subarray(shift).toString('base64').slice(0, -4)));
  }
  // The runner masks what it can without masking a brace everywhere. It shows the step's inputs before that.
  const log = run.log.slice(run.log.indexOf('Assume the role'));
  assert.doesNotMatch(log, /hunter2|of-key|of-the-job-alone|in-a-file/);
});

test('nor does a context that cannot be cloned show the token in its address', async () => {
  await using world = await startWorld();
  const inputs = { cache: 'off', comment: 'true', 'build-args': '' };
  for (const credentials of ['x-access-token:swordfish_0123', 'swordfish_0123456789012345678901234567890']) {
    const run = await world.run({
      event,
      permissions,
      with: { ...inputs, context: `http://${credentials}@127.0.0.1:1/octo-org/octo-repo.git#main` },
    });
    assert.equal(run.outcome, 'failure', run.log);
    assert.match(world.github.comments[0]?.body ?? '', /### ❌ team\/hello: failed/);
    const log = run.log.slice(run.log.indexOf('Assume the role'));
    for (const text of [world.github.comments[0]?.body ?? '', run.summary, log])
      assert.doesNotMatch(text, /swordfish/);
  }
});
