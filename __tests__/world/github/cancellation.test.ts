import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runThrowaway as run } from './throwaway-action.ts';

test('a cancelled main gets SIGINT, and post runs', async () => {
  const { main, post, outcome, log } = await run(
    {
      main: `process.on('SIGINT', () => { say('stopping'); tell('GITHUB_STATE', 'late=1\\n'); process.exit(130); });
        say('working'); setInterval(() => {}, 1000);`,
      post: `say('late=' + env.STATE_late);`,
    },
    { cancelAfter: { line: 'working' } },
  );
  assert.deepEqual([outcome, main.exitCode, post?.exitCode], ['cancelled', 130, 0]);
  assert.ok(
    log.endsWith('working\nstopping\n##[error]The operation was canceled.\nPost job cleanup.\nlate=1'),
    log,
  );
});

test(
  'a main that ignores the cancellation is killed with all its children',
  { timeout: 60_000 },
  async () => {
    const { main, outcome, leftovers, rawLog } = await run(
      {
        main: `process.on('SIGINT', () => say('int')); process.on('SIGTERM', () => say('term'));
        spawn('sleep', ['600']).unref(); say('working'); setInterval(() => {}, 1000);`,
      },
      { cancelAfter: { line: 'working' } },
    );
    assert.deepEqual([outcome, main.signal, leftovers], ['cancelled', 'SIGKILL', []]);
    assert.equal(rawLog, 'working\nint\nterm');
    assert.ok(main.durationMs >= 10_000, String(main.durationMs));
  },
);

test('a killed main leaves its children behind, which are found and ended', async () => {
  const { main, post, outcome, leftovers, state } = await run(
    {
      main: `tell('GITHUB_STATE', 'undo=1\\n');
        spawn('sleep', ['601'], { detached: true, stdio: 'ignore' }).on('spawn', () => say('spawned'));
        setInterval(() => {}, 1000);`,
      post: `say('undoing ' + env.STATE_undo);`,
    },
    { kill: { line: /^spawned$/ } },
  );
  assert.deepEqual([main.exitCode, main.signal, outcome, state], [null, 'SIGKILL', 'failure', { undo: '1' }]);
  assert.equal(post?.exitCode, 0);
  assert.deepEqual(leftovers, ['sleep 601']);
});

test('after a kill, post can be left out', async () => {
  const { post } = await run(
    { main: `say('working'); setInterval(() => {}, 1000);`, post: '' },
    { kill: { line: 'working' }, postAfterKill: false },
  );
  assert.equal(post, undefined);
});
