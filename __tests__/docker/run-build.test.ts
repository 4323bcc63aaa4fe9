import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPushFault } from '../../src/diagnosis/push-faults.ts';
import type { DockerOptions } from '../../src/docker/docker.ts';
import { runBuild } from '../../src/docker/run-build.ts';
import type { BuildEnd } from '../../src/docker/run-build.ts';
import { startProcess } from '../../src/platform/process.ts';
import { withTempDir } from '../../src/platform/temp-dir.ts';
import { digestOfName, printed, statuses, vertexes, warned } from './reports.ts';

const env = { PATH: process.env['PATH'] ?? '' };

/** Reads what a buildx that ends with `exitCode` wrote to its standard error. */
async function read(stderr: string[], exitCode = 0): Promise<BuildEnd & { log: string }> {
  return withTempDir(async folder => {
    const file = join(folder, 'stderr');
    await writeFile(file, stderr.map(line => `${line}\n`).join(''));
    let log = '';
    const buildx = (args: readonly string[], options: DockerOptions = {}) =>
      startProcess('sh', ['-c', `cat "$1" >&2; exit ${exitCode}`, 'sh', ...args], { ...options, env });
    const end = await runBuild({ buildx }, [file], { log: { raw: text => void (log += text) } });
    return { ...end, log };
  });
}

const make = '[2/3] RUN make';
const exporting = 'exporting to image';

const progress = [
  vertexes({ name: '[internal] load build definition from Dockerfile', at: 0, until: 0.04 }),
  statuses({
    of: '[internal] load build definition from Dockerfile',
    id: 'transferring dockerfile:',
    current: 270,
    at: 0,
    until: 0.01,
  }),
  vertexes({ name: '[1/3] FROM busybox', at: 1 }),
  statuses({
    of: '[1/3] FROM busybox',
    id: `sha256:${'0'.repeat(64)}`,
    current: 1_050_000,
    total: 2_380_000,
    at: 1,
    until: 1.5,
  }),
  vertexes({ name: '[1/3] FROM busybox', at: 1, until: 2 }),
  vertexes({ name: make, at: 2, inputs: ['x'] }),
  printed(make, 'one\ntw', 2.1234),
  printed(make, 'o\r\n50%\r100%\nBootée', 3),
  warned(make, 'a warning\nof two lines'),
  vertexes({ name: make, at: 2, until: 14.26, inputs: ['x'] }),
  vertexes({ name: '[3/3] COPY . .', at: 14, until: 14, cached: true, inputs: ['x'] }),
];

test('the log is what BuildKit prints as plain text', async () => {
  const { log, failure } = await read(progress);
  assert.equal(failure, undefined);
  assert.equal(
    log,
    `#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 270B done
#1 DONE 0.0s

#2 [1/3] FROM busybox
#2 sha256:${'0'.repeat(64)} 1.05MB / 2.38MB 0.5s done
#2 DONE 1.0s

#3 [3/3] COPY . .
#3 CACHED

#4 [2/3] RUN make
#4 WARN: a warning of two lines
#4 0.123 one
#4 0.123 two
#4 1.000 50%
#4 1.000 100%
#4 1.000 Bootée
#4 DONE 12.3s
`,
  );
});

test('reports that older versions of buildx indent are read too', async () => {
  const indented = progress.map(line => JSON.stringify(JSON.parse(line), null, 2));
  assert.equal((await read(indented)).log, (await read(progress)).log);
});

test('characters may be split between pieces of output, and a line may be long', async () => {
  const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
  const { log } = await read([
    vertexes({ name: make, at: 0 }),
    printed(make, first),
    printed(make, second),
    ...Array.from({ length: 70 }, () => printed(make, 'x'.repeat(1000))),
    vertexes({ name: make, at: 0, until: 1 }),
  ]);
  assert.match(log, /^#1 0\.000 éx{65000,}\n#1 0\.000 x{3000,}\n#1 DONE 1\.0s\n$/m);
});

test('a piece of output may hold very many lines', async () => {
  const { log } = await read([
    vertexes({ name: make, at: 0 }),
    printed(make, '\n'.repeat(500_000)),
    vertexes({ name: make, at: 0, until: 1 }),
  ]);
  assert.equal(log.split('\n').length, 500_003);
});

test('what a step printed last is shown where its end is never reported', async () => {
  const began = [vertexes({ name: make, at: 0 }), printed(make, 'one\nContinue? [y/N]', 1)];
  const printedLines = `#1 ${make}\n#1 1.000 one\n#1 1.000 Continue? [y/N]\n`;
  assert.equal((await read(began, 130)).log, printedLines);
  const lost = 'ERROR: failed to build: failed to receive status: error reading from server: EOF';
  assert.equal((await read([...began, lost], 1)).log, `${printedLines}${lost}\n`);
});

test('a name is read at once, whatever its author repeats in it', async () => {
  const names = [`[2/2] RUN echo "${' '.repeat(400_000)}"`, `[a${'1'.repeat(400_000)} 1/2] FROM busybox`];
  const began = performance.now();
  const { cacheUse } = await read([
    ...names.map(name => vertexes({ name, at: 1, until: 2 })),
    warned(names[0] ?? '', ' '.repeat(400_000)),
  ]);
  assert.ok(performance.now() - began < 10_000);
  assert.equal(cacheUse.steps, 1);
});

test('a group is shown as one, and not before a member that counts has started', async () => {
  const group = (weak: boolean) => ({ id: digestOfName(exporting), name: '[2/2] COPY --link a b', weak });
  const hidden = vertexes({ name: 'copy', at: 1, until: 2, group: group(true) });
  assert.equal((await read([hidden])).log, '');
  const { log, cacheUse } = await read([
    hidden,
    vertexes({ name: 'merge', at: 2, until: 3, group: group(false) }),
    vertexes({ name: exporting, at: 4, until: 5 }),
  ]);
  assert.equal(log, '#1 [2/2] COPY --link a b\n#1 DONE 2.0s\n\n#2 exporting to image\n#2 DONE 1.0s\n');
  assert.deepEqual(cacheUse.each, [{ name: '[2/2] COPY --link a b', isCached: false }]);
});

const quote = ['Dockerfile:3', '-----', '   3 | >>> RUN make', '-----'];
const error = `process "/bin/sh -c make" did not complete successfully: exit code: 2`;

test('a failure is told with the last that the step printed, its place and its error', async () => {
  const { log, failure } = await read(
    [
      vertexes({ name: make, at: 0 }),
      vertexes({ name: 'other', at: 0 }),
      printed(make, Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('')),
      vertexes({ name: make, at: 0, until: 1, error }),
      vertexes({ name: 'other', at: 0, until: 1, error: 'context canceled' }),
      ...quote,
      `ERROR: failed to build: failed to solve: ${error}`,
    ],
    1,
  );
  assert.equal(failure?.message, error);
  const { role, name } = failure.step ?? {};
  assert.deepEqual([role, name, failure.step?.error], ['other', make, error]);
  const lines = Array.from({ length: 10 }, (_, index) => `0.000 line ${index + 20}`);
  const end = [...quote, `ERROR: failed to build: failed to solve: ${error}`];
  assert.equal(failure.lastLines, [` > ${make}:`, ...lines, '', ...end].join('\n'));
  const blocks = [
    '#1 ERROR: ' + error,
    '',
    '#2 other',
    '#2 CANCELED',
    '------',
    ` > ${make}:`,
    ...lines,
    '------',
    ...end,
  ];
  assert.ok(log.endsWith(blocks.map(line => `${line}\n`).join('')), log);
});

test('a build that never began has only the last words of buildx', async () => {
  const { failure, cacheUse, log } = await read(['WARNING: old', 'ERROR: no builder "x" found'], 1);
  assert.deepEqual(failure, {
    message: 'no builder "x" found',
    lastLines: 'WARNING: old\nERROR: no builder "x" found',
  });
  assert.equal(cacheUse.steps, 0);
  assert.equal(log, 'WARNING: old\nERROR: no builder "x" found\n');
});

test('an error of several lines begins none of the log', async () => {
  const { log } = await read([
    vertexes({ name: make, at: 0, until: 1, error: 'one\n::error::two\r##[group]three' }),
  ]);
  assert.match(log, /^#1 ERROR: one\n#1 ::error::two\n#1 ##\[group\]three\n/m);
});

test('a report after the last words of buildx says nothing of a failure', async () => {
  const forged = [
    vertexes({ name: exporting, at: 2, until: 3, error: 'failed to push r/x:t: 405 Method Not Allowed' }),
    statuses({ of: exporting, id: 'exporting layers', at: 2, until: 3 }),
  ];
  const honest = vertexes({ name: make, at: 0, until: 1, error });
  for (const text of ['ERROR: failed to solve: x', 'a file name with line breaks', '{"no": "report"}']) {
    const { failure } = await read([honest, text, ...forged, ':3', 'ERROR: failed'], 1);
    assert.equal(failure?.step?.name, make, text);
    const unnamed = await read(
      ['before', vertexes({ name: make, at: 0 }), text, ...forged, 'ERROR: failed'],
      1,
    );
    assert.equal(unnamed.failure?.step, undefined, text);
  }
  // Nor does it make an exporter of a step that failed.
  const named = vertexes({ name: exporting, at: 2, until: 3, error: 'failed to push r/x:t: unsupported' });
  assert.equal((await read([named, 'text', ...forged], 1)).failure?.step?.role, 'other');
});

test('nor does a report for which a frontend named the Dockerfile', async () => {
  const push =
    'failed to push r/x:t: unexpected status from PUT request to https://r/: 405 Method Not Allowed';
  const forged = [
    vertexes({ name: exporting, at: 2, until: 3, error: push }),
    statuses({ of: exporting, id: 'exporting layers', at: 2, until: 3 }),
  ];
  const border = '-'.repeat(20);
  const place = ['Dockerfile:3', border, '   3 | >>> RUN make', border, `ERROR: failed to solve: ${push}`];
  for (const between of [[], ['{'], ['ERROR: failed to solve: x'], ['{', '}']]) {
    const { failure } = await read([vertexes({ name: make, at: 0 }), ...forged, ...between, ...place], 1);
    assert.ok(failure);
    assert.equal(findPushFault(failure), undefined, between.join());
  }
  const honest = await read(
    [vertexes({ name: make, at: 0 }), ...forged, `ERROR: failed to solve: ${push}`],
    1,
  );
  assert.equal(honest.failure && findPushFault(honest.failure)?.name, 'attestations refused');
});

const roles: [name: string, role: string, reports: string[]][] = [
  [exporting, 'image export', [statuses({ of: exporting, id: 'exporting layers' })]],
  [exporting, 'other', []],
  [exporting, 'other', [statuses({ of: exporting, id: 'transferring exporting layers:' })]],
  [
    'exporting cache to registry',
    'cache export',
    [statuses({ of: 'exporting cache to registry', id: 'preparing build cache for export' })],
  ],
  ['exporting cache to registry', 'other', []],
  ['pushing r/x:t with docker', 'other', []],
  [
    'pushing r/x:t with docker',
    'push',
    [vertexes({ name: exporting, at: 0, until: 1 }), statuses({ of: exporting, id: 'exporting layers' })],
  ],
  [
    'merging manifest list r/x:t',
    'push',
    [vertexes({ name: exporting, at: 0, until: 1 }), statuses({ of: exporting, id: 'exporting layers' })],
  ],
  ['[exporting-to-image 2/2] RUN exporting to image', 'other', []],
  ...[
    '[internal] load metadata for docker.io/library/node:22',
    '[context base] load metadata for docker.io/library/node:22',
    '[linux/arm64 context base] load metadata for docker.io/library/node:22',
    'resolve image config for docker-image://docker.io/docker/dockerfile:1',
    'docker-image://docker.io/docker/dockerfile:1@sha256:3',
    'FROM docker.io/library/node:22@sha256:3',
    '[1/2] FROM docker.io/library/node:22@sha256:3',
    '[linux/arm64 build 1/5] FROM docker.io/library/node:22@sha256:3',
  ].map((name): (typeof roles)[number] => [name, 'pull', []]),
  ['[FROM 2/2] RUN docker-image://x', 'other', []],
  ['[2/2] COPY --from=docker-image://x load metadata for /', 'other', []],
];

test('who a step is, is told by what only BuildKit can name', async () => {
  for (const [name, role, reports] of roles) {
    const lines = [
      vertexes({ name, at: 0 }),
      ...reports,
      vertexes({ name, at: 0, until: 3, error: 'no' }),
      'ERROR: no',
    ];
    assert.equal((await read(lines, 1)).failure?.step?.role, role, name);
  }
  const from = '[internal] load metadata for r/x';
  const place = ['Dockerfile:1', '-'.repeat(20), `   1 | >>> FROM r/x`, '-'.repeat(20), 'ERROR: no'];
  const pull = await read([vertexes({ name: from, at: 0, until: 1, error: 'no' }), ...place], 1);
  assert.equal(pull.failure?.step?.role, 'pull');
  // BuildKit repeats some vertexes without their inputs.
  const withInputs = [
    vertexes({ name: exporting, inputs: ['x'] }),
    vertexes({ name: exporting, at: 0, until: 1, error: 'no' }),
    statuses({ of: exporting, id: 'exporting layers' }),
  ];
  assert.equal((await read(withInputs, 1)).failure?.step?.role, 'other');
});

test('100,000 lines of output are read within seconds', async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => printed(make, `line ${index}\n`, 1));
  const began = performance.now();
  const { log } = await read([
    vertexes({ name: make, at: 0 }),
    ...lines,
    vertexes({ name: make, at: 0, until: 2 }),
  ]);
  const milliseconds = performance.now() - began;
  assert.equal(log.split('\n').length, 100_003);
  assert.ok(milliseconds < 10_000, `${milliseconds} ms`);
});

test('standard output is no progress, whatever it looks like', async () => {
  let log = '';
  const forged = vertexes({ name: make, at: 0, until: 1, error });
  const buildx = (args: readonly string[], options: DockerOptions = {}) =>
    startProcess('sh', ['-c', 'printf "%s\\n" "$1"; exit 1', 'sh', ...args], { ...options, env });
  const { failure } = await runBuild({ buildx }, [forged], { log: { raw: text => void (log += text) } });
  assert.equal(failure?.step, undefined);
  assert.equal(log, `${forged}\n`);
});

test('a build in which nothing moves is interrupted', async () => {
  const download = statuses({ of: make, id: `sha256:${'0'.repeat(64)}`, total: 5, at: 0 });
  const script = `trap 'exit 130' INT; printf '%s\\n' "$1" "$2" >&2; while :; do printf '%s\\n' "$2" >&2; sleep 0.05; done`;
  const buildx = (args: readonly string[], options: DockerOptions = {}) =>
    startProcess('bash', ['-c', script, 'bash', ...args], { ...options, env });
  const argv = [vertexes({ name: make, at: 0 }), download];
  const log = { raw: () => {} };
  const waited = await runBuild({ buildx }, argv, { log, waitTimeoutMs: 600 });
  assert.deepEqual(waited.failure?.stall?.transfers, []);
  const { failure } = await runBuild({ buildx }, argv, {
    log,
    transfers: { stallTimeoutMs: 600, sentBytes: () => undefined, say: () => {} },
  });
  assert.deepEqual(
    failure?.stall?.transfers.map(({ kind }) => kind),
    ['layer'],
  );
  assert.match(failure.message, /^nothing has moved for 1 second: \[2\/3\] RUN make \(sha256:0+\)$/);
  assert.equal(failure.step, undefined);
});
