import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { runAction } from './runner.ts';
import type { Run } from './runner.ts';
import { startGitHub } from './server.ts';
import { throwawayAction } from './throwaway-action.ts';
import { render } from './transcript.ts';

const RUN: Run = {
  main: { exitCode: 0, signal: null, durationMs: 12 },
  outcome: 'success',
  log: '',
  rawLog: '',
  annotations: [],
  outputs: {},
  state: {},
  env: {},
  path: [],
  summary: '',
  masks: [],
  leftovers: [],
  marker: '',
};

test('a transcript has what a run left behind, and nothing of what it did not', () => {
  const [a, b] = ['a', 'b'].map(digit => `sha256:${digit.repeat(64)}`);
  const text = render(
    {
      ...RUN,
      log: `##[group]Build (1.25s)\npushed ${b} to 127.0.0.1:4711/app in 830 ms\n##[endgroup]\nat 2026-10-01T12:00:01.5Z`,
      annotations: [{ level: 'warning', message: 'Not so', title: 'Well', file: 'Dockerfile', line: 3 }],
      outputs: { digest: `${b}`, tags: '1.2.3\nlatest' },
      state: { config: `${tmpdir()}/docker-x1Y2/config.json`, child: `${a}` },
      masks: ['one', 'two'],
      summary: `# Built\n\n${a}, 2 min 3 s, build 42\n`,
    },
    {
      requests: [
        { service: 'ecr', operation: 'PutImage', status: 200 },
        { service: 'sts', operation: 'AssumeRole', status: 403, errorCode: 'AccessDenied' },
      ],
      replace: [['build 42', 'build <number>']],
    },
  );
  assert.equal(
    text,
    `=== outcome
success

=== log
##[group]Build (<duration>)
pushed <digest 1> to 127.0.0.1:<port>/app in <duration>
##[endgroup]
at <time>

=== annotations
warning (Dockerfile:3) [Well] Not so

=== outputs
digest: <digest 1>
tags:
  1.2.3
  latest

=== state
child: <digest 2>
config: <temp>/config.json

=== masks
2

=== requests
ecr:PutImage 200
sts:AssumeRole 403 AccessDenied

=== summary
# Built

<digest 2>, <duration>, build <number>
`,
  );
});

test('two runs of one action have one transcript', async () => {
  const once = async (): Promise<string> => {
    await using github = await startGitHub();
    await using written = await throwawayAction({
      main: `say([env.RUNNER_TEMP, env.GITHUB_WORKSPACE, env.ACTIONS_RESULTS_URL, new Date().toISOString(),
        performance.now().toFixed(3) + 'ms', crypto.randomUUID()].join(' '));`,
    });
    return render(await runAction(github, { action: written.action, workspace: written.workspace }));
  };
  const [first, second] = [await once(), await once()];
  assert.equal(first, second);
  assert.ok(
    first.includes('<temp> <temp>/workspace http://127.0.0.1:<port>/ <time> <duration> <uuid>'),
    first,
  );
});
