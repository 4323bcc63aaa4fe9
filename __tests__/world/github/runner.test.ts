import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullRequest, push } from './event.ts';
import { describeJob } from './job.ts';
import { runThrowaway as run } from './throwaway-action.ts';

test('state goes from main to post, outputs and paths to later steps', async () => {
  const { outcome, state, outputs, env, path, log, summary } = await run({
    main: `
      tell('GITHUB_STATE', 'plain=a=b<<c\\nmany<<EOF\\none\\n\\n two=2\\nEOF\\n');
      tell('GITHUB_OUTPUT', 'digest<<X\\nsha256:1\\nX\\nempty=\\nlast=1\\nlast=2\\nnothing<<Y\\nY\\n');
      tell('GITHUB_ENV', 'TOLD=yes\\n');
      tell('GITHUB_PATH', '/opt/tool/bin\\n');
      tell('GITHUB_STEP_SUMMARY', '# Built\\n');`,
    post: `say(JSON.stringify([env.STATE_plain, env.STATE_many, env.TOLD, env.PATH.split(':')[0]]));`,
  });
  assert.equal(outcome, 'success');
  assert.deepEqual(state, { plain: 'a=b<<c', many: 'one\n\n two=2' });
  assert.deepEqual(outputs, { digest: 'sha256:1', empty: '', last: '2', nothing: '' });
  assert.deepEqual([env, path], [{ TOLD: 'yes' }, ['/opt/tool/bin']]);
  assert.ok(log.includes('Post job cleanup.\n["a=b<<c","one\\n\\n two=2","yes","/opt/tool/bin"]'), log);
  assert.equal(summary, '# Built\n');
});

test('inputs are filled up with defaults, and unknown ones warned of', async () => {
  const { log, annotations, outcome } = await run(
    {
      manifest: `inputs:
  role-to-assume: { required: true }
  image tag: { default: latest }
  Wait: { default: true }
  token: { default: '\${{ github.token }}' }
  old: { deprecationMessage: use new }`,
      main: `say(Object.keys(env).filter(name => name.startsWith('INPUT_')).sort().map(name => name + '=' + env[name]).join(';'));`,
    },
    { with: { wait: 'false', 'role-to-asume': 'x', old: '1' } },
  );
  assert.equal(outcome, 'success');
  assert.ok(
    log.includes(
      'INPUT_IMAGE TAG'.replace(' ', '_') +
        '=latest;INPUT_OLD=1;INPUT_ROLE-TO-ASSUME=;INPUT_ROLE-TO-ASUME=x;INPUT_TOKEN=***;INPUT_WAIT=false',
    ),
    log,
  );
  assert.deepEqual(annotations, [
    { level: 'warning', message: "Input 'old' has been deprecated with message: use new" },
    {
      level: 'warning',
      message:
        "Unexpected input(s) 'role-to-asume', valid inputs are ['role-to-assume', 'image tag', 'Wait', 'token', 'old']",
    },
  ]);
});

test('the environment is the job’s and nobody else’s', async () => {
  process.env['AWS_PROFILE'] = 'a-developer';
  const base = describeJob();
  const event = push(base, 'refs/tags/v1.2.3', { sha: 'f'.repeat(40) });
  const { rawLog } = await run(
    {
      main: `say(JSON.stringify({ ...env, event: JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) }));`,
    },
    { event, environment: { DOCKER_CONFIG: '/nowhere' }, permissions: { 'id-token': 'write' } },
  );
  delete process.env['AWS_PROFILE'];
  const seen: Record<string, unknown> = JSON.parse(rawLog);
  assert.equal(seen['AWS_PROFILE'], undefined);
  assert.equal(seen['NODE_TEST_CONTEXT'], undefined);
  const { GITHUB_REF, GITHUB_REF_NAME, GITHUB_REF_TYPE, GITHUB_SHA, GITHUB_EVENT_NAME, DOCKER_CONFIG } = seen;
  assert.deepEqual(
    [GITHUB_REF, GITHUB_REF_NAME, GITHUB_REF_TYPE, GITHUB_SHA, GITHUB_EVENT_NAME, DOCKER_CONFIG],
    ['refs/tags/v1.2.3', 'v1.2.3', 'tag', 'f'.repeat(40), 'push', '/nowhere'],
  );
  assert.equal(seen['ACTIONS_ID_TOKEN_REQUEST_TOKEN'], seen['ACTIONS_RUNTIME_TOKEN']);
  assert.deepEqual(seen['event'], event.payload);
});

test('no identity token without the permission, nor for a fork', async () => {
  const main = `say('url=' + env.ACTIONS_ID_TOKEN_REQUEST_URL);`;
  const fork = pullRequest(describeJob(), {
    number: 7,
    mergeSha: 'a'.repeat(40),
    headSha: 'b'.repeat(40),
    headRef: 'fix',
    fork: 'somebody/octo-repo',
  });
  const without = await run({ main });
  const ofFork = await run({ main }, { event: fork, permissions: { 'id-token': 'write' } });
  assert.deepEqual([without.rawLog, ofFork.rawLog], ['url=undefined', 'url=undefined']);
});

test('a command file that cannot be read fails the step', async () => {
  const { outcome, annotations, outputs } = await run({
    main: `tell('GITHUB_OUTPUT', 'a=1\\nnonsense\\n');`,
  });
  assert.equal(outcome, 'failure');
  assert.deepEqual(
    annotations.map(({ message }) => message),
    ["Unable to process file command 'output' successfully.", "Invalid format 'nonsense'"],
  );
  assert.deepEqual(outputs, {});
});

test('a summary over the limit is dropped whole, and the step succeeds', async () => {
  const { outcome, summary, annotations } = await run({
    main: `tell('GITHUB_STEP_SUMMARY', 'x'.repeat(1024 * 1024 + 1));`,
  });
  assert.equal(outcome, 'success');
  assert.equal(summary, '');
  assert.match(
    annotations[0]?.message ?? '',
    /^\$GITHUB_STEP_SUMMARY upload aborted, supports content up to .* 1024k/,
  );
});

test('the pauses of an action can be over at once, and it finds that their time has passed', async () => {
  const main = `
    import { setTimeout } from 'node:timers/promises';
    const [began, date] = [performance.now(), Date.now()];
    say(await Promise.all([setTimeout(60_000, 'a minute'), setTimeout(90_000, 'and more')]));
    say('passed ' + Math.floor((performance.now() - began) / 1000) + ' s');
    say(Date.now() - date < 60_000 ? 'in no time' : 'in as long');
    await setTimeout(1_000, undefined, { signal: AbortSignal.abort() }).catch(error => say(error.name));`;
  const { log } = await run({ main }, { leapsOverPauses: true });
  assert.match(log, /a minute,and more\npassed 90 s\nin no time\nAbortError/);
});

test('post-if decides about post', async () => {
  const cases = [
    { runs: '', main: 'process.exitCode = 1', ran: true },
    { runs: 'post-if: success()', main: 'process.exitCode = 1', ran: false },
    { runs: 'post-if: success()', main: '', ran: true },
    { runs: 'post-if: failure()', main: '', ran: false },
    { runs: "post-if: '!cancelled()'", main: 'process.exitCode = 1', ran: true },
  ];
  for (const { ran, ...source } of cases) {
    const { post } = await run({ ...source, post: '' });
    assert.equal(post !== undefined, ran, source.runs);
  }
});

test('an action of another runtime is refused', async () => {
  await assert.rejects(run({ main: '', using: 'node20' }), { message: /^'using: node20' is not supported/ });
});
