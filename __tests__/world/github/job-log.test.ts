import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runThrowaway as run } from './throwaway-action.ts';

test('commands are carried out, and masked values show nowhere', async () => {
  const { log, rawLog, annotations, masks } = await run({
    main: `
      say('::group::Build the image');
      say('::add-mask::hunter2%0Asecond line');
      say('::error file=Dockerfile,line=3,title=It%3A broke::no hunter2%0Ahere 100%25');
      say('::notice::fine');
      say('::debug::hidden');
      say('  ::endgroup::');
      say('::unknown::as it is');
      say('in base64 ' + btoa('hunter2'));
      say('::stop-commands::pause');
      say('::error::not one');
      say('::pause::');
      say('::warning::second line again');
      setTimeout(() => console.error('to stderr hunter2'), 100);`,
  });
  assert.deepEqual(log.split('\n').slice(2), [
    '##[group]Build the image',
    '##[error]no ***',
    'here 100%',
    '##[notice]fine',
    '##[endgroup]',
    '::unknown::as it is',
    'in base64 ***',
    '::stop-commands::pause',
    '::error::not one',
    '::pause::',
    '##[warning]*** again',
    'to stderr ***',
  ]);
  assert.deepEqual(annotations, [
    { level: 'error', message: 'no ***\nhere 100%', title: 'It: broke', file: 'Dockerfile', line: 3 },
    { level: 'notice', message: 'fine' },
    { level: 'warning', message: '*** again' },
  ]);
  assert.deepEqual(masks, ['hunter2\nsecond line', 'hunter2', 'second line']);
  assert.ok(rawLog.includes('no hunter2'));
});

test('debug lines show when the job asks for them', async () => {
  const { log } = await run(
    { main: `say('::debug::RUNNER_DEBUG=' + env.RUNNER_DEBUG);` },
    { environment: { ACTIONS_STEP_DEBUG: 'true' } },
  );
  assert.ok(log.endsWith('##[debug]RUNNER_DEBUG=1'), log);
});

test('the older syntax is obeyed anywhere in a line, once in each, and files win over commands', async () => {
  const { log, outputs, masks, state, outcome } = await run({
    main: `
      say('#7 0.1 ##[set-output name=image;]forged ##[add-mask]later');
      say('a ##[add-mask]hunter2%3B%5D');
      say('\u3000\u0085::set-output name=by-command::a%25%3B');
      say('##[SAVE-STATE name=folder;x]/some/path');
      say('##[save-state name=other]forged');
      say('##[unknown] ##[add-mask]only the first counts');
      say('text ::add-mask::only at the start');
      say('##[add-mask no end');
      process.stdout.write('first\\r##[add-mask]after a carriage return\\r\\n');
      say('\u2028no line end: ##[notice]one');
      tell('GITHUB_STATE', 'other=ours\\n');
      say('##[stop-commands]x');
      say('::add-mask::the password');
      say('the password');`,
    post: `say('##[add-mask]of post'); say('of post');`,
  });
  assert.deepEqual(outputs, { image: 'forged ##[add-mask]later', 'by-command': 'a%%3B' });
  assert.deepEqual(state, { folder: '/some/path', other: 'ours' });
  assert.deepEqual(masks, ['hunter2;]', 'after a carriage return', 'of post']);
  assert.deepEqual(log.split('\n').slice(2), [
    '##[unknown] ##[add-mask]only the first counts',
    'text ::add-mask::only at the start',
    '##[add-mask no end',
    'first',
    '##[notice]one',
    '##[stop-commands]x',
    '::add-mask::the password',
    'the password',
    'Post job cleanup.',
    '***',
  ]);
  assert.equal(outcome, 'success');
});

test('a command that cannot be processed turns the step red', async () => {
  const cases = [
    ['::set-env name=PATH::/tmp', /^The `set-env` command is disabled\./],
    ['x ##[add-path]/tmp', /^The `add-path` command is disabled\./],
    ['##[set-output]x', /^Required field 'name' is missing in ##\[set-output\] command\.$/],
    ['::save-state::x', /^Required field 'name' is missing in ##\[save-state\] command\.$/],
    ['::echo::maybe', /^Invalid echo command value\./],
    ['##[stop-commands]', /^You cannot use a endToken that is an empty string,/],
    ['::stop-commands::Add-Mask', /^You cannot use a endToken/],
    ['##[add-matcher]nowhere.json', /^Could not find file '.*nowhere\.json'\.$/],
  ] as const;
  for (const [line, reason] of cases) {
    const { outcome, annotations } = await run({ main: `say(${JSON.stringify(line)})` });
    assert.equal(outcome, 'failure', line);
    assert.equal(annotations[0]?.message, `Unable to process command '${line}' successfully.`);
    assert.match(annotations[1]?.message ?? '', reason);
  }
});
