import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openPace } from '../../src/copy/pace.ts';
import type { Place, PlaceEcr } from '../../src/copy/place.ts';
import type { Clock } from '../../src/platform/poll.ts';

const { signal } = new AbortController();

test('PutImage is called at most 10 times in any second for each account and region', async () => {
  let time = 0;
  const calls: Record<string, number[]> = {};
  const sleepers: { at: number; wake: () => void }[] = [];
  const clock: Clock = {
    now: () => time,
    sleep: milliseconds =>
      new Promise(resolve => void sleepers.push({ at: time + milliseconds, wake: resolve })),
  };
  const pace = openPace({ signal, clock });
  const none = () => Promise.reject(new Error('nobody calls this'));
  const place = (registryId: string, region: string, name: string): Place => {
    const key = `${registryId}/${region}`;
    const ecr: PlaceEcr = {
      batchCheckLayerAvailability: none,
      batchGetImage: none,
      describeImagePages: async function* () {},
      describeImages: none,
      getAuthorizationToken: none,
      getDownloadUrlForLayer: none,
      listImageReferrers: none,
      putImage: async () => {
        (calls[key] ??= []).push(time);
        return {};
      },
    };
    return { ecr, region, repository: { name, registryId, uri: `${key}/${name}` } };
  };
  const places = [
    place('111122223333', 'eu-central-1', 'a'),
    place('111122223333', 'eu-central-1', 'b'),
    place('111122223333', 'us-east-1', 'a'),
    place('444455556666', 'eu-central-1', 'a'),
  ];
  const request = { repositoryName: 'a', imageManifest: '{}' };
  const puts = places.flatMap(each => Array.from({ length: 13 }, () => pace.paced(each).putImage(request)));
  for (let step = 0; step < 100; step += 1) {
    // Everything that may go now goes before the time does.
    await setImmediate();
    if (sleepers.length === 0) break;
    time = Math.min(...sleepers.map(({ at }) => at));
    for (const { at, wake } of sleepers.splice(0))
      if (at <= time) wake();
      else sleepers.push({ at, wake });
  }
  await Promise.all(puts);
  for (const [key, times] of Object.entries(calls)) {
    assert.equal(times.length, key === '111122223333/eu-central-1' ? 26 : 13, key);
    for (const at of times)
      assert.ok(times.filter(each => each >= at && each < at + 1_000).length <= 10, key);
  }
  assert.equal(calls['111122223333/us-east-1']?.filter(at => at === 0).length, 10);
});

test('a bounded number of destinations and uploads is under way at once, and one that fails makes room', async () => {
  const pace = openPace({ signal: new AbortController().signal });
  for (const [limited, limit] of [
    [pace.destination, 20],
    [pace.upload, 10],
  ] as const) {
    let running = 0;
    let most = 0;
    const works = Array.from({ length: 50 }, (_, index) =>
      limited(async () => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
        if (index === 1) throw new Error('one');
      }),
    );
    const results = await Promise.allSettled(works);
    assert.equal(most, limit);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 49);
  }
});
