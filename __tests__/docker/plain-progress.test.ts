import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBuildSteps } from '../../src/docker/build-steps.ts';
import { openPlainProgress } from '../../src/docker/plain-progress.ts';
import { parseSolveStatus } from '../../src/docker/solve-status.ts';
import { printed, statuses, vertexes } from './reports.ts';

/** A log that is told reports, and returns what it writes at a time, in seconds. */
function openLog(): {
  write: (at: number, ...reports: string[]) => string;
  writeRest: (at: number) => string;
} {
  const steps = openBuildSteps();
  const progress = openPlainProgress();
  return {
    write(at, ...reports) {
      for (const line of reports) {
        const report = parseSolveStatus(line);
        assert.ok(report, line);
        progress.add(steps.apply(report));
      }
      return progress.write(at * 1000);
    },
    writeRest: at => progress.writeRest(at * 1000),
  };
}

const [one, two] = ['[a 1/1] RUN one', '[b 1/1] RUN two'];

test('of steps that run at once one has its turn, until it has ended or others have waited', () => {
  const log = openLog();
  assert.equal(log.write(0, vertexes({ name: one, at: 0 })), `#1 ${one}\n`);
  assert.equal(log.write(1, vertexes({ name: two, at: 1 }), printed(two, 'b1\n', 1)), '');
  assert.equal(log.write(2, printed(one, 'a1\n', 2), printed(two, 'b2\n', 2)), '#1 2.000 a1\n');
  assert.equal(log.write(5.5, printed(one, 'a2\n', 5)), '#1 5.000 a2\n');
  assert.equal(
    log.write(6.5, printed(one, 'a3\n', 6)),
    `#1 6.000 a3\n#1 ...\n\n#2 ${two}\n#2 0.000 b1\n#2 1.000 b2\n`,
  );
  assert.equal(log.write(7, printed(one, 'a4\n', 7), printed(two, 'b3\n', 7)), '#2 6.000 b3\n');
  assert.equal(
    log.write(8, vertexes({ name: two, at: 1, until: 8 })),
    `#2 DONE 7.0s\n\n#1 ${one}\n#1 7.000 a4\n`,
  );
  assert.equal(
    log.write(9, printed(one, 'a5', 9), vertexes({ name: one, at: 0, until: 9 })),
    '#1 9.000 a5\n#1 DONE 9.0s\n',
  );
  assert.equal(log.writeRest(9), '');
});

test('a step that has ended is written at once, and the one that still runs is named again', () => {
  const log = openLog();
  log.write(0, vertexes({ name: one, at: 0 }));
  assert.equal(
    log.write(1, vertexes({ name: two, at: 0, until: 1 })),
    `#1 ...\n\n#2 ${two}\n#2 DONE 1.0s\n\n#1 ${one}\n`,
  );
});

test('what waits is written at the end', () => {
  const log = openLog();
  log.write(0, vertexes({ name: one, at: 0 }), vertexes({ name: two, at: 0 }));
  assert.equal(log.write(1, printed(two, 'b1\n', 1)), '');
  assert.equal(log.writeRest(1), `#1 ...\n\n#2 ${two}\n#2 1.000 b1\n`);
});

test('a download is told again after some progress or time, and when it has ended', () => {
  const log = openLog();
  const layer = `sha256:${'0'.repeat(64)}`;
  const download = (current: number, at: number, until?: number): string =>
    statuses({
      of: one,
      id: layer,
      current,
      total: 100_000,
      at: 0,
      ...(until !== undefined && { until }),
    }).replace(/("timestamp":")[^"]*/, `$1${new Date(at * 1000).toISOString()}`);
  log.write(0, vertexes({ name: one, at: 0 }));
  assert.equal(log.write(1, download(10_000, 1)), `#1 ${layer} 10.00kB / 100.00kB 1.0s\n`);
  assert.equal(log.write(2, download(11_000, 2)), '');
  assert.equal(log.write(3, download(60_000, 3)), `#1 ${layer} 60.00kB / 100.00kB 3.0s\n`);
  assert.equal(log.write(7, download(60_000, 7)), '');
  assert.equal(log.write(8, download(60_000, 8)), `#1 ${layer} 60.00kB / 100.00kB 8.0s\n`);
  assert.equal(log.write(9, download(100_000, 9, 9)), `#1 ${layer} 100.00kB / 100.00kB 9.0s done\n`);
});

test('a layer that is fetched after its step has ended keeps the step open', () => {
  const log = openLog();
  const extracting = (until?: number): string =>
    statuses({ of: one, id: 'extracting sha256:0a1b', at: 1, ...(until !== undefined && { until }) });
  assert.equal(
    log.write(1, vertexes({ name: one, at: 0, until: 1 }), extracting()),
    `#1 ${one}\n#1 extracting sha256:0a1b\n`,
  );
  assert.equal(log.write(2, extracting(2)), '#1 extracting sha256:0a1b 1.0s done\n#1 DONE 1.0s\n');
});
