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
