import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DockerOptions } from '../../src/docker/docker.ts';
import { runWatched } from '../../src/docker/watchdog.ts';
import { startProcess } from '../../src/platform/process.ts';

const env = { PATH: process.env['PATH'] ?? '' };
const shell = (script: string) => (options: DockerOptions) =>
  startProcess('sh', ['-c', script], { ...options, env });

const stateOf = (output: string): string | undefined =>
  output.includes('waiting') ? output.replaceAll('.', '') : undefined;

test('a program in which nothing moves is interrupted, and one that is at work or moves is not', async () => {
  const watch = { stallTimeoutMs: 300, stateOf };
  const stalled = await runWatched(shell('echo waiting; while :; do printf .; sleep 0.1; done'), {}, watch);
  assert.deepEqual([stalled.stalled, stalled.exitCode], [true, 1]);
  assert.match(stalled.output, /^waiting\n\.+/);
  const busy = await runWatched(shell('echo working; sleep 1; echo waiting'), {}, watch);
  assert.deepEqual(busy, { exitCode: 0, output: 'working\nwaiting\n', stalled: false });
  const moving = 'for each in 1 2 3 4 5 6 7 8; do echo waiting; sleep 0.2; done; exit 3';
  const { exitCode, stalled: wasStuck } = await runWatched(
    shell(moving),
    {},
    { stallTimeoutMs: 1000, stateOf },
  );
  assert.deepEqual([exitCode, wasStuck], [3, false]);
});

test('a cancelled job is not one that is stuck', async () => {
  const cancelled = new Error('cancelled');
  const signal = AbortSignal.abort(cancelled);
  const run = runWatched(shell('exec sleep 60'), { signal }, { stallTimeoutMs: 60_000, stateOf });
  await assert.rejects(run, cancelled);
});
