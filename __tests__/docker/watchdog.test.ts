import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runWatched, watchState } from '../../src/docker/watchdog.ts';
import { startProcess } from '../../src/platform/process.ts';

const env = { PATH: process.env['PATH'] ?? '' };

/** Runs a shell script whose output is its state, without dots. */
async function watch(script: string, stallTimeoutMs: number) {
  let output = '';
  const { exitCode, stopped } = await runWatched(
    signal =>
      startProcess('sh', ['-c', script], {
        env,
        ...(signal && { signal }),
        onOutput: text => void (output += text),
      }),
    {
      signal: undefined,
      watch: watchState({
        stallTimeoutMs,
        stateOf: () => (output.includes('waiting') ? output.replaceAll('.', '') : undefined),
        reason: {},
      }),
    },
  );
  return { exitCode, stalled: stopped !== undefined, output };
}

test('a program in which nothing moves is interrupted, and one that is at work or moves is not', async () => {
  const stalled = await watch('echo waiting; while :; do printf .; sleep 0.1; done', 300);
  assert.deepEqual([stalled.stalled, stalled.exitCode], [true, 1]);
  assert.match(stalled.output, /^waiting\n\.+/);
  const busy = await watch('echo working; sleep 1; echo waiting', 300);
  assert.deepEqual(busy, { exitCode: 0, output: 'working\nwaiting\n', stalled: false });
  const moving = await watch('for each in 1 2 3 4 5 6 7 8; do echo waiting; sleep 0.2; done; exit 3', 1000);
  assert.deepEqual([moving.exitCode, moving.stalled], [3, false]);
});

test('without a check a program just runs', async () => {
  const run = () => startProcess('sh', ['-c', 'exit 3'], { env });
  const ended = await runWatched(run, { signal: undefined, watch: undefined });
  assert.deepEqual(ended, { exitCode: 3, output: '' });
});

test('a cancelled job is not one that is stuck', async () => {
  const cancelled = new Error('cancelled');
  const run = runWatched(
    signal => startProcess('sh', ['-c', 'exec sleep 60'], { env, ...(signal && { signal }) }),
    {
      signal: AbortSignal.abort(cancelled),
      watch: watchState({ stallTimeoutMs: 60_000, stateOf: () => 'waiting', reason: {} }),
    },
  );
  await assert.rejects(run, cancelled);
});
