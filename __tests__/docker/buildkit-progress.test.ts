import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheUseOf, waitStateOf } from '../../src/docker/buildkit-progress.ts';

const progress = `#0 building with "default" instance using docker driver

#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s

#4 importing cache manifest from registry/app:buildcache
#4 DONE 0.1s

#5 [build 1/3] FROM registry/busybox:1@sha256:090c
#5 resolve registry/busybox:1@sha256:090c done
#5 CACHED

#6 [build 2/3] COPY src ./
#6 CACHED

#7 [linux/amd64 build 3/3] RUN make
#7 0.123 CACHED
#7 0.124 #6 CACHED
#7 0.125 extracting sha256:0a1b
#7 DONE 2.1s

#10 [build 4/4] RUN fetch
#10 sha256:0a1b 1.2kB / 1.2kB done
#10 extracting sha256:0a1b 0.0s done
#10 DONE 0.1s

#8 [stage-1 2/2] COPY --from=build /out /out
#8 DONE 0.0s

#9 exporting to image
#9 CACHED

#11 exporting cache to registry
#11 writing cache image manifest sha256:${'0'.repeat(64)} 0.1s done
#11 DONE 0.1s
`;

test('steps of the Dockerfile are counted, and of those the cached ones', () => {
  assert.deepEqual(cacheUseOf(progress), {
    steps: 4,
    cached: 2,
    fetched: 1200,
    each: [
      { name: '[build 2/3] COPY src ./', isCached: true },
      { name: '[linux/amd64 build 3/3] RUN make', isCached: false },
      { name: '[build 4/4] RUN fetch', isCached: true },
      { name: '[stage-1 2/2] COPY --from=build /out /out', isCached: false },
    ],
    written: `sha256:${'0'.repeat(64)}`,
    trouble: [],
  });
});

test('a build that never began used nothing', () => {
  assert.deepEqual(cacheUseOf('ERROR: no builder'), {
    steps: 0,
    cached: 0,
    fetched: 0,
    each: [],
    trouble: [],
  });
});

test('a cache that could not be read or written is told, and one that is not there yet is not', () => {
  const said = (importing: string, exporting: string): string =>
    `#4 importing cache manifest from r/app:buildcache\n#4 ERROR: ${importing}\n\n#5 exporting to image\n#5 ERROR: no matter\n\n` +
    `#6 exporting ${exporting}\n#6 ERROR: error writing layer blob: 403 Forbidden\n`;
  const denied = { way: 'written', reason: 'error writing layer blob: 403 Forbidden' };
  assert.deepEqual(cacheUseOf(said('r/app:buildcache: not found', 'cache to registry')).trouble, [denied]);
  assert.deepEqual(cacheUseOf(said('unexpected status: 403 Forbidden', 'to GitHub Actions Cache')).trouble, [
    { way: 'read', reason: 'unexpected status: 403 Forbidden' },
    denied,
  ]);
  assert.deepEqual(cacheUseOf(said('not found: not found', 'to client directory')).trouble, []);
});

test('a step that is told twice is one step, cached only where it was so both times', () => {
  const twice = (ends: string): string =>
    `#6 [site 2/5] WORKDIR /site\n#6 CACHED\n\n#9 [site 2/5] WORKDIR /site\n#9 ${ends}\n`;
  const counts = ['CACHED', 'DONE 0.0s'].map(ends => cacheUseOf(twice(ends)));
  assert.deepEqual(
    counts.map(({ steps, cached }) => [steps, cached]),
    [
      [1, 1],
      [1, 0],
    ],
  );
});

const head =
  '#0 building with "default" instance using docker driver\n\n#1 [internal] load build definition\n#1 DONE 0.0s\n\n';
const waiting: [told: string, waits: boolean][] = [
  ['', true],
  ['#5 [build 1/3] FROM busybox\n#5 CACHED\n', true],
  ['#5 importing cache manifest from gha:1\n', false],
  ['#5 importing cache manifest from gha:1\n#5 DONE 0.1s\n\n#6 [build 2/3] RUN make\n', false],
  ['#6 [build 2/3] RUN make\n#6 0.123 DONE\n#6 0.124 #6 CACHED\n', false],
  ['#6 [build 2/3] RUN make\n#6 ERROR: process did not complete\n', true],
  ['#6 [build 2/3] RUN make\n#6 CANCELED\n', true],
  ['#6 exporting to image\n#6 ...\n\n#7 [auth] sharing credentials\n#7 DONE 0.0s\n', false],
  ['#6 [build 2/3] RUN make\n#6 sha256:0a1b 0B / 2.38kB 153.2s\n', true],
  ['#6 [build 2/3] RUN make\n#6 sha256:0a1b 0B / 2.38kB 5.1s\n#6 ...\n\n#7 [b] RUN cat\n', false],
  ['#6 [build 2/3] RUN make\n#6 extracting sha256:0a1b\n', false],
];

test('a build waits where no step is at work', () => {
  for (const [told, waits] of waiting) assert.equal(waitStateOf(head + told) !== undefined, waits, told);
  assert.equal(waitStateOf('#0 building with "far" instance using remote driver\n'), undefined);
  assert.equal(waitStateOf('WARN: nothing yet\n'), undefined);
});

test('a download that moves is told from one that does not', () => {
  const began = `${head}#9 [build 2/3] RUN make\n#9 sha256:0a1b 0B / 2.38MB 5.1s\n`;
  const later = (amount: string) => waitStateOf(`${began}#9 sha256:0a1b ${amount} / 2.38MB 10.2s\n`);
  assert.equal(later('0B'), waitStateOf(began));
  assert.notEqual(later('1.05MB'), waitStateOf(began));
});
