import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cacheUseOf } from '../../src/rules/progress.ts';

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
  });
});

test('a build that never began used nothing', () => {
  assert.deepEqual(cacheUseOf('ERROR: no builder'), { steps: 0, cached: 0, fetched: 0, each: [] });
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
