import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBuildSteps } from '../../src/docker/build-steps.ts';
import { sentBytesIn } from '../../src/docker/sent-bytes.ts';
import { parseSolveStatus } from '../../src/docker/solve-status.ts';
import { sayTime, watchTransfers } from '../../src/docker/transfer-watch.ts';
import type { Stall } from '../../src/docker/transfer-watch.ts';
import { pushedBy, transfersOf } from '../../src/docker/transfers.ts';
import { printed, statuses, vertexes } from './reports.ts';

const layer = `sha256:${'0'.repeat(64)}`;
const metadata = '[internal] load metadata for docker.io/library/node:22';
const base = '[1/2] FROM docker.io/library/node:22@sha256:3';
const make = '[2/2] RUN make';
const exporting = 'exporting to image';
const caching = 'exporting cache to registry';
const importing = 'importing cache manifest from r/x:cache';

const pushing = [
  vertexes({ name: exporting, at: 1 }),
  statuses({ of: exporting, id: 'exporting layers', at: 1, until: 2 }),
  statuses({ of: exporting, id: 'pushing layers', at: 2 }),
];
const digest = `sha256:${'a'.repeat(64)}`;
const pushed = [
  vertexes({ name: exporting, at: 1, until: 3 }),
  statuses({ of: exporting, id: 'exporting layers', at: 1, until: 2 }),
  statuses({ of: exporting, id: `exporting config sha256:${'c'.repeat(64)}`, at: 1, until: 2 }),
  statuses({ of: exporting, id: `pushing manifest for r/x:t@${digest}`, at: 2, until: 3 }),
];
const writing = [
  vertexes({ name: caching, at: 3 }),
  statuses({ of: caching, id: 'preparing build cache for export', at: 3 }),
  statuses({ of: caching, id: `writing layer ${layer}`, at: 3 }),
];

/** The kinds of transfers in what BuildKit reported; `undefined` while something else is at work. */
function kindsIn(...reports: string[]): string[] | undefined {
  return transfersOf(stepsOf(reports).list())?.map(({ kind }) => kind);
}

function stepsOf(reports: string[]) {
  const steps = openBuildSteps();
  for (const text of reports) {
    const report = parseSolveStatus(text);
    assert.ok(report);
    steps.apply(report);
  }
  return steps;
}

const table: [what: string, reports: string[], kinds: string[] | undefined][] = [
  ['an image is looked for', [vertexes({ name: metadata, at: 1 })], ['pull']],
  [
    'someone asks for a login for that',
    [
      vertexes(
        { name: metadata, at: 1 },
        { name: '[auth] library/node:pull token for registry-1.docker.io', at: 1 },
      ),
    ],
    ['pull'],
  ],
  [
    'a base image is downloaded',
    [vertexes({ name: base, at: 1 }), statuses({ of: base, id: layer, total: 5, at: 1 })],
    ['pull'],
  ],
  [
    'it is extracted',
    [
      vertexes({ name: base, at: 1 }),
      statuses({ of: base, id: layer, at: 1 }, { of: base, id: `extracting ${layer}`, at: 1 }),
    ],
    undefined,
  ],
  [
    'its layer is downloaded for an instruction',
    [vertexes({ name: make, at: 1, inputs: ['x'] }), statuses({ of: make, id: layer, at: 1 })],
    ['layer'],
  ],
  ['an instruction runs silently', [vertexes({ name: make, at: 1, inputs: ['x'] })], undefined],
  [
    'an instruction runs beside a download',
    [vertexes({ name: make, at: 1, inputs: ['x'] }, { name: metadata, at: 1 })],
    undefined,
  ],
  [
    'an instruction has printed after its download',
    [
      vertexes({ name: make, at: 1, inputs: ['x'] }),
      statuses({ of: make, id: layer, at: 1 }),
      printed(make, 'x', 2),
    ],
    undefined,
  ],
  [
    'the context is uploaded',
    [
      vertexes({ name: '[internal] load build context', at: 1 }),
      statuses({ of: '[internal] load build context', id: 'transferring context:', current: 9, at: 1 }),
    ],
    undefined,
  ],
  [
    'layers are compressed',
    [vertexes({ name: exporting, at: 1 }), statuses({ of: exporting, id: 'exporting layers', at: 1 })],
    undefined,
  ],
  ['layers are pushed', pushing, ['push']],
  [
    'the manifest is pushed',
    [
      ...pushed.slice(1, 3),
      ...pushing.slice(0, 2),
      statuses({ of: exporting, id: 'pushing manifest for r/x:t@sha256:3', at: 2 }),
    ],
    ['push'],
  ],
  ['a cache is written', [...pushed, ...writing], ['cache export']],
  ['a cache is written beside the push', [...pushing, ...writing], ['push', 'cache export']],
  ['a cache is compressed', writing.slice(0, 2), undefined],
  ['a cache is looked for', [vertexes({ name: importing, at: 1 })], ['cache import']],
  ['nothing runs', [vertexes({ name: metadata, at: 1, until: 2 })], ['reports']],
];

test('what is transferred is told by the structured steps, and while anything else works nothing is', () => {
  for (const [what, reports, kinds] of table) assert.deepEqual(kindsIn(...reports), kinds, what);
});

test('an image counts as pushed where only the export of its cache is left', () => {
  const found = pushedBy(stepsOf([...pushed, ...writing]).list());
  assert.deepEqual([...(found?.digests ?? [])], [['r/x:t', digest]]);
  assert.equal(found?.configDigest, `sha256:${'c'.repeat(64)}`);
  assert.equal(pushedBy(stepsOf([...pushing, ...writing]).list()), undefined);
  const loading = vertexes({ name: 'exporting to docker image format', at: 1 });
  assert.equal(pushedBy(stepsOf([...pushed, ...writing, loading]).list()), undefined);
  // What a frontend names like that was not pushed.
  const forged = [
    vertexes({ name: make, at: 1, until: 2 }),
    statuses({ of: make, id: `pushing manifest for r/x:t@${digest}`, at: 1, until: 2 }),
  ];
  assert.deepEqual(pushedBy(stepsOf([...forged, ...writing]).list())?.digests.size, 0);
});

const MINUTE = 60_000;

/** Watches for minutes over a build that goes on as `at` says, by a clock that nobody waits for. */
function watch(
  minutes: number,
  {
    at,
    bytesPerSecond,
  }: { at: (second: number) => string[]; bytesPerSecond?: number | ((second: number) => number) },
): { stall: Stall | undefined; after: number; said: string[] } {
  const said: string[] = [];
  let second = 0;
  let sent = 0;
  const rate = typeof bytesPerSecond === 'function' ? bytesPerSecond : () => bytesPerSecond ?? 0;
  const steps = openBuildSteps();
  const { intervalMs, look } = watchTransfers({
    stallTimeoutMs: 10 * MINUTE,
    stateOf: () => {
      const list = steps.list();
      return { transfers: transfersOf(list), moves: steps.moves(), pushed: pushedBy(list) };
    },
    sentBytes: () => (bytesPerSecond === undefined ? undefined : sent),
    say: text => void said.push(text),
  });
  for (; second <= minutes * 60; second += intervalMs / 1000) {
    for (const text of at(second)) {
      const report = parseSolveStatus(text);
      if (report) steps.apply(report);
    }
    sent += (rate(second) * intervalMs) / 1000;
    const stall = look(second * 1000);
    if (stall !== undefined) return { stall, after: second / 60, said };
  }
  return { stall: undefined, after: second / 60, said };
}

const atOnce =
  (reports: string[]) =>
  (second: number): string[] =>
    second === 0 ? reports : [];

test('a push that sends nothing is said after a minute and cut in time', () => {
  const { stall, after, said } = watch(60, { at: atOnce(pushing), bytesPerSecond: 2000 });
  assert.deepEqual(
    stall?.transfers.map(({ kind }) => kind),
    ['push'],
  );
  assert.ok(Math.abs(after - 10) < 0.2, String(after));
  assert.deepEqual(said, [
    'Nothing has moved for a minute: exporting to image (pushing layers). After 10 minutes it is cut (`stall-timeout`).',
  ]);
});

test('a push that is slow is not cut, nor one that nobody can see; both end within an hour', () => {
  const slow = watch(90, { at: atOnce(pushing), bytesPerSecond: 100_000 });
  assert.deepEqual([Math.round(slow.after), slow.said], [60, []]);
  const unseen = watch(90, { at: atOnce(pushing) });
  assert.equal(Math.round(unseen.after), 60);
  assert.deepEqual(unseen.said, [
    'BuildKit, which tells no bytes of a push, has reported nothing new for a minute: exporting to image (pushing layers). After 60 minutes it is cut (`stall-timeout`).',
  ]);
  const late = watch(90, { at: atOnce(pushing), bytesPerSecond: second => (second < 1200 ? 100_000 : 0) });
  assert.ok(late.after > 28 && late.after < 31, String(late.after));
});

test('a download is cut where its bytes stand still, whatever else the machine sends', () => {
  const download = (current: number) => statuses({ of: base, id: layer, current, total: 5e9, at: 1 });
  const began = [vertexes({ name: base, at: 1 }), download(0)];
  const still = watch(60, { at: second => (second === 0 ? began : [download(0)]), bytesPerSecond: 1e6 });
  assert.ok(Math.abs(still.after - 10) < 0.2, String(still.after));
  const slow = watch(60, { at: second => (second === 0 ? began : [download(second)]) });
  assert.deepEqual([slow.stall, slow.said], [undefined, []]);
});

test('a RUN may be silent as long as it likes', () => {
  const silent = watch(600, {
    at: atOnce([vertexes({ name: make, at: 1, inputs: ['x'] }, { name: metadata, at: 1 })]),
    bytesPerSecond: 0,
  });
  assert.deepEqual([silent.stall, silent.said], [undefined, []]);
});

test('what was pushed is known when the export of a cache is cut', () => {
  const { stall } = watch(60, { at: atOnce([...pushed, ...writing]), bytesPerSecond: 0 });
  assert.equal(stall?.pushed?.digests.get('r/x:t'), digest);
});

test('times are said in whole minutes where they are', () => {
  assert.deepEqual(
    [sayTime(600_000), sayTime(60_100), sayTime(5000), sayTime(90_000)],
    ['10 minutes', '1 minute', '5 seconds', '90 seconds'],
  );
});

test('what a machine sends to itself does not count', () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 900 9 0 0 0 0 0 0 900 9 0 0 0 0 0 0
  eth0:1000 5 0 0 0 0 0 0 20 4 0 0 0 0 0 0
docker0: 70 5 0 0 0 0 0 0 3 4 0 0 0 0 0 0
`;
  assert.equal(sentBytesIn(text), 23);
  assert.equal(sentBytesIn('what'), undefined);
});
