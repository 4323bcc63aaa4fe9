import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBuildSteps } from '../../src/docker/build-steps.ts';
import { parseSolveStatus } from '../../src/docker/solve-status.ts';
import { printed, statuses, vertexes } from './reports.ts';

function waitStateAfter(...reports: string[]): string | undefined {
  const steps = openBuildSteps();
  for (const line of reports) {
    const report = parseSolveStatus(line);
    assert.ok(report, line);
    steps.apply(report);
  }
  return steps.waitState();
}

const make = '[build 2/3] RUN make';
const layer = `sha256:${'0a1b'.repeat(16)}`;
const definition = vertexes({ name: '[internal] load build definition', at: 0, until: 0 });
const started = vertexes({ name: make, at: 1 });
const download = (current: number, at: number, until?: number): string =>
  statuses({ of: make, id: layer, current, total: 2380, at, ...(until !== undefined && { until }) });

const waiting: [waits: boolean, reports: string[]][] = [
  [true, []],
  [true, [vertexes({ name: '[build 1/3] FROM busybox', at: 1, until: 1, cached: true })]],
  [false, [vertexes({ name: 'importing cache manifest from gha:1', at: 1 })]],
  [false, [vertexes({ name: 'importing cache manifest from gha:1', at: 1, until: 2 }), started]],
  [false, [started, printed(make, `DONE\n#6 CACHED\n#6 ${layer} 0B / 2.38kB 5.1s\n`, 2)]],
  [true, [vertexes({ name: make, at: 1, until: 2, error: 'process did not complete' })]],
  [true, [vertexes({ name: make, at: 1, until: 2, error: 'context canceled' })]],
  [false, [vertexes({ name: 'exporting to image', at: 1 }), vertexes({ name: '[auth] x', at: 1, until: 1 })]],
  [true, [started, download(0, 1)]],
  [false, [started, download(0, 1), vertexes({ name: '[b] RUN cat', at: 2 })]],
  [false, [started, download(0, 1), printed(make, 'it runs', 2)]],
  [false, [started, download(2380, 1, 2)]],
  [false, [started, statuses({ of: make, id: `extracting ${layer}`, at: 1 })]],
  // A layer may still be fetched when the step that needed it has ended.
  [true, [vertexes({ name: make, at: 1, until: 2 }), download(0, 1)]],
  [
    false,
    [vertexes({ name: make, at: 1, until: 2 }), statuses({ of: make, id: `extracting ${layer}`, at: 1 })],
  ],
];

test('a build waits where no step is at work', () => {
  for (const [waits, reports] of waiting)
    assert.equal(waitStateAfter(definition, ...reports) !== undefined, waits, reports.join('\n'));
  assert.equal(waitStateAfter(), undefined);
});

test('a download that moves is told from one that does not', () => {
  const began = [definition, started, download(0, 5)];
  const later = (current: number) => waitStateAfter(...began, download(current, 10));
  assert.equal(later(0), waitStateAfter(...began));
  assert.notEqual(later(1050), waitStateAfter(...began));
});
