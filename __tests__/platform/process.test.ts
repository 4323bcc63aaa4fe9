import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { runLimited, TimeLimitExceeded } from '../../src/platform/limited-process.ts';
import { startProcess } from '../../src/platform/process.ts';
import { MissingProgram } from '../../src/platform/program.ts';

const env = { PATH: process.env['PATH'] ?? '' };

/** Runs a shell script that first tells the id of its process group. */
async function run(script: string, options: { limitMs: number; input?: string; signal?: AbortSignal }) {
  const began = performance.now();
  const ended = await runLimited('sh', ['-c', script], { env, ...options }).catch((error: unknown) => ({
    error,
  }));
  return { ...ended, took: performance.now() - began };
}

/** Whether a program with these arguments runs. */
async function runs(argument: string): Promise<boolean> {
  const { stdout } = await runLimited('ps', ['-eo', 'args'], { env, limitMs: 5000 });
  return stdout.split('\n').includes(`sleep ${argument}`);
}

test('a program is given its input, and what it prints and how it ended are told', async () => {
  const { took: _, ...ended } = await run('cat; echo no >&2; exit 3', { limitMs: 5000, input: 'a secret' });
  assert.deepEqual(ended, { exitCode: 3, stdout: 'a secret', stderr: 'no\n' });
  await assert.rejects(runLimited('no-such-program', [], { env, limitMs: 5000 }), MissingProgram);
});

test('what takes longer than its limit is ended, with the programs that it has started and however it resists', async () => {
  const scripts = ['sleep 61.7 & sleep 61.7', "trap '' TERM; sleep 61.7 & while :; do sleep 61.7; done"];
  const ends = await Promise.all(scripts.map(script => run(script, { limitMs: 200 })));
  for (const { took } of ends) assert.ok(took < 10_000, `${took}`);
  assert.deepEqual(
    ends.map(end => ('error' in end ? end.error instanceof TimeLimitExceeded : end.exitCode)),
    [true, true],
  );
  assert.equal(await runs('61.7'), false);
});

test('a program that it leaves behind, such as an agent, is not waited for', async () => {
  const { took, ...ended } = await run('sleep 10 & echo stored', { limitMs: 5000 });
  assert.deepEqual(ended, { exitCode: 0, stdout: 'stored\n', stderr: '' });
  assert.ok(took < 8000, `${took}`);
});

test('a signal ends it too', async () => {
  const controller = new AbortController();
  const running = run('exec sleep 62.7', { limitMs: 60_000, signal: controller.signal });
  await once(AbortSignal.timeout(50), 'abort');
  controller.abort(new Error('cancelled'));
  const { took, ...ended } = await running;
  assert.ok(took < 10_000);
  assert.match('error' in ended ? String(ended.error) : '', /cancelled/);
});

test(
  'a program that an interrupt does not end is killed, with all that it has started',
  { timeout: 5_000 },
  async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const work = startProcess('sh', ['-c', '(trap "" INT; sleep 30) & trap "" INT; echo begun; wait; wait'], {
      env,
      onOutput: () => controller.abort(reason),
      signal: controller.signal,
      killAfterMs: 50,
    });
    // The pipe is closed only when nobody holds it any more.
    await assert.rejects(work, reason);
  },
);

test('a program that a build leaves behind is not waited for', async () => {
  const began = performance.now();
  const left = await startProcess('sh', ['-c', 'sleep 10 & echo built'], { env, outputGraceMs: 100 });
  assert.deepEqual(left, { exitCode: 0, output: 'built\n' });
  assert.ok(performance.now() - began < 8000);
});
