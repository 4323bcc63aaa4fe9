import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBuildSteps } from '../../src/docker/build-steps.ts';
import { cacheUseOf } from '../../src/docker/cache-use.ts';
import type { CacheUse } from '../../src/docker/cache-use.ts';
import { parseSolveStatus } from '../../src/docker/solve-status.ts';
import { digestOfName, printed, statuses, vertexes } from './reports.ts';

function useOf(...reports: string[]): CacheUse {
  const steps = openBuildSteps();
  for (const line of reports) {
    const report = parseSolveStatus(line);
    assert.ok(report, line);
    steps.apply(report);
  }
  return cacheUseOf(steps.list());
}

const digest = `sha256:${'0'.repeat(64)}`;
const layer = `sha256:${'1'.repeat(64)}`;
const exporting = 'exporting cache to registry';
const toExport = [
  vertexes({ name: exporting, at: 9, until: 10 }),
  statuses({ of: exporting, id: 'preparing build cache for export', at: 9, until: 10 }),
];

test('steps of the Dockerfile are counted, and of those the cached ones', () => {
  const [base, make, fetch] = [
    '[build 1/3] FROM busybox:1',
    '[linux/amd64 build 3/3] RUN make',
    '[build 4/4] RUN fetch',
  ];
  const use = useOf(
    vertexes({ name: '[internal] load build definition from Dockerfile', at: 0, until: 0 }),
    vertexes({ name: make }, { name: base }),
    vertexes(
      { name: base, at: 1, until: 1, cached: true },
      { name: '[build 2/3] COPY src ./', at: 1, until: 1, cached: true },
    ),
    vertexes({ name: make, at: 2 }),
    printed(
      make,
      `CACHED\n#6 CACHED\nextracting ${layer}\r#9 writing cache manifest ${layer} 0.1s done\n`,
      2,
    ),
    vertexes({ name: make, at: 2, until: 4 }, { name: fetch, at: 5, until: 6 }),
    statuses(
      { of: fetch, id: layer, current: 1200, total: 1200, at: 5, until: 6 },
      { of: fetch, id: `extracting ${layer}`, at: 6, until: 6 },
      { of: base, id: digest, current: 5000, total: 5000, at: 1, until: 2 },
    ),
    vertexes({ name: '[stage-1 2/2] COPY --from=build /out /out', at: 7, until: 7 }),
    vertexes({ name: 'exporting to image', at: 8, until: 9, cached: true }),
    ...toExport,
    statuses({ of: exporting, id: `writing cache image manifest ${digest}`, at: 9, until: 10 }),
    vertexes({ name: '[never 1/1] RUN true' }),
  );
  assert.deepEqual(use, {
    steps: 4,
    cached: 2,
    fetched: 1200,
    each: [
      { name: '[build 2/3] COPY src ./', isCached: true },
      { name: make, isCached: false },
      { name: fetch, isCached: true },
      { name: '[stage-1 2/2] COPY --from=build /out /out', isCached: false },
    ],
    written: digest,
    trouble: [],
  });
});

test('a build that never began used nothing', () => {
  assert.deepEqual(useOf(), { steps: 0, cached: 0, fetched: 0, each: [], trouble: [] });
});

test('a cache is written where its exporter says so, and it has ended', () => {
  const writing = (of: string, until?: number): string =>
    statuses({ of, id: `writing cache manifest ${digest}`, at: 9, ...(until !== undefined && { until }) });
  assert.equal(useOf(...toExport, writing(exporting, 10)).written, digest);
  assert.equal(useOf(...toExport, writing(exporting)).written, undefined);
  const run = '[2/2] RUN make';
  assert.equal(useOf(vertexes({ name: run, at: 1, until: 2 }), writing(run, 2)).written, undefined);
  const named = vertexes({ name: exporting, at: 1, until: 2, inputs: ['x'] });
  assert.equal(useOf(named, ...toExport.slice(1), writing(exporting, 2)).written, undefined);
});

test('a cache that could not be read or written is told, and one that is not there yet is not', () => {
  const told = (
    importError: string,
    exporter: string,
    exportError = 'error writing layer blob: 403 Forbidden',
  ) => {
    const importing = 'importing cache manifest from r/app:buildcache';
    return useOf(
      vertexes({ name: importing, at: 1, until: 2, error: importError }),
      vertexes({ name: 'exporting to image', at: 3, until: 4, error: 'no matter' }),
      vertexes({ name: exporter, at: 5, until: 6, error: exportError }),
      statuses({ of: exporter, id: 'preparing build cache for export', at: 5, until: 6 }),
    ).trouble;
  };
  const denied = { way: 'written', reason: 'error writing layer blob: 403 Forbidden' };
  assert.deepEqual(told('r/app:buildcache: not found', exporting), [denied]);
  assert.deepEqual(told('unexpected status: 403 Forbidden', 'exporting to GitHub Actions Cache'), [
    { way: 'read', reason: 'unexpected status: 403 Forbidden' },
    denied,
  ]);
  assert.deepEqual(told('not found: not found', exporting, 'x: not found'), []);
});

test('an import of a cache is known by its digest, which no frontend can choose', () => {
  const name = 'importing cache manifest from r/app:buildcache';
  const forged = vertexes({ name, digest: digestOfName('another'), at: 1, until: 2, error: 'no' });
  assert.deepEqual(useOf(forged).trouble, []);
});

test('a step that is told twice is one step, cached only where it was so both times', () => {
  const name = '[site 2/5] WORKDIR /site';
  const twice = (cached: boolean): CacheUse =>
    useOf(
      vertexes({ name, at: 1, until: 1, cached: true }),
      vertexes({ name, digest: digestOfName('another'), at: 2, until: 2, cached }),
    );
  assert.deepEqual(
    [twice(true), twice(false)].map(({ steps, cached }) => [steps, cached]),
    [
      [1, 1],
      [1, 0],
    ],
  );
});
