import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { lastingProcessesWith } from '../world/github/processes.ts';
import { root } from '../world/world.ts';

const folder = await mkdtemp(join(tmpdir(), 'job-'));
after(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  lines: string[];
  summary: string;
  marker: string;
}

interface Story {
  /** TypeScript: what the run does. */
  work: string;
  /** Called with each line. */
  onLine?: (line: string, end: (signal: NodeJS.Signals) => void) => void;
}

/** Runs a job of its own process to its end. */
async function run({ work, onLine = () => {} }: Story): Promise<Ended> {
  const id = randomUUID();
  const [script, summary] = [join(folder, `${id}.ts`), join(folder, `${id}.md`)];
  const from = (path: string) => JSON.stringify(join(root, path));
  await writeFile(summary, '');
  await writeFile(
    script,
    `import { runJob } from ${from('src/platform/run-job.ts')};
     import { startProcess } from ${from('src/platform/process.ts')};
     import { openRun } from ${from('src/report/open-run.ts')};
     const plan = { kind: 'idle', repository: { name: 'team/hello' }, build: {}, tags: { names: [] }, gate: {}, role: {}, commit: {} };
     const never = new Promise(() => {});
     const env = { PATH: process.env.PATH, RUNNER_TRACKING_ID: process.env.RUNNER_TRACKING_ID };
     await runJob(async job => {
       const run = openRun(job, plan);
       await run.finish(async () => { ${work} });
     });`,
  );
  const marker = `RUNNER_TRACKING_ID=test_${id}`;
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env['PATH'], GITHUB_STEP_SUMMARY: summary, RUNNER_TRACKING_ID: `test_${id}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', line => {
    lines.push(line);
    onLine(line, signal => child.kill(signal));
  });
  await Promise.all([once(child, 'exit'), once(reader, 'close')]);
  const { exitCode: code, signalCode: signal } = child;
  return { code, signal, lines, summary: await readFile(summary, 'utf8'), marker };
}

const sleepers = '(trap "" INT; sleep 60) & trap "" INT; echo begun; wait; wait';

test('whatever happens, a run says so, writes its summary and ends', { concurrency: true }, async t => {
  const stories: Record<string, [story: Story, check: (ended: Ended) => void | Promise<void>]> = {
    'two steps that never end are named': [
      { work: "await Promise.all(['Push', 'Save'].map(title => job.step(title, () => never)));" },
      ({ code, lines, summary }) => {
        assert.equal(code, 1);
        const annotation = lines.find(line => line.startsWith('::error'));
        assert.match(
          annotation ?? '',
          /^::error title=Push::Nothing is left that 'Push' and 'Save' could wait/,
        );
        assert.ok(lines.some(line => line.startsWith('Save: failed')));
        assert.match(summary, /team\/hello: failed[^]*Nothing is left that/);
      },
    ],
    'so is what never ends between the steps, and after a failure': [
      { work: 'job.onFailure(() => never); await never;' },
      ({ code, lines, summary }) => {
        assert.equal(code, 1);
        assert.ok(lines.some(line => line.startsWith('::error::Nothing is left that its work could wait')));
        assert.match(summary, /team\/hello: failed/);
      },
    ],
    ...Object.fromEntries(
      ["setImmediate(() => { throw new Error('odd'); });", "Promise.reject(new Error('odd'));"].map(fault => [
        `an error that nobody has caught is said once: ${fault}`,
        [
          {
            work: `await job.step('Build', async () => {
              ${fault}
              await startProcess('sleep', ['60'], { env });
            });`,
          },
          async ({ code, lines, summary, marker }: Ended) => {
            assert.equal(code, 1);
            assert.equal(lines.filter(line => line.startsWith('::error::Error: odd')).length, 1);
            assert.match(summary, /team\/hello: failed[^]*odd/);
            assert.deepEqual(await lastingProcessesWith(marker, 500), []);
          },
        ],
      ]),
    ),
    'a connection that was left open does not keep the process': [
      { work: 'setInterval(() => {}, 1000);' },
      ({ code }) => assert.equal(code, 0),
    ],
    'a second interrupt ends the process, and the programs with all that they have started': [
      {
        work: `await job.step('Build', log =>
          startProcess('sh', ['-c', ${JSON.stringify(sleepers)}], { env, onOutput: log.raw, signal: job.signal }));`,
        onLine(line, end) {
          if (line !== 'begun') return;
          end('SIGINT');
          setTimeout(() => end('SIGTERM'), 100);
        },
      },
      async ({ signal, marker }) => {
        assert.equal(signal, 'SIGTERM');
        assert.deepEqual(await lastingProcessesWith(marker, 500), []);
      },
    ],
  };
  await Promise.all(
    Object.entries(stories).map(([name, [story, check]]) =>
      t.test(name, async () => check(await run(story))),
    ),
  );
});
