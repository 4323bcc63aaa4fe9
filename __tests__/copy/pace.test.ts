import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openPace } from '../../src/copy/pace.ts';
import type { Place, PlaceEcr } from '../../src/copy/place.ts';
import { Failure } from '../../src/platform/failure.ts';
import type { Clock } from '../../src/platform/poll.ts';

const { signal } = new AbortController();

/** A place whose registry only takes images. */
function placeOf(
  id: { registryId: string; region: string; name: string },
  putImage: PlaceEcr['putImage'],
): Place {
  const none = () => Promise.reject(new Error('nobody calls this'));
  const ecr: PlaceEcr = {
    batchCheckLayerAvailability: none,
    batchGetImage: none,
    describeImagePages: async function* () {},
    describeImages: none,
    getAuthorizationToken: none,
    getDownloadUrlForLayer: none,
    listImageReferrers: none,
    putImage,
  };
  const { registryId, region, name } = id;
  return { ecr, region, repository: { name, registryId, uri: `${registryId}/${region}/${name}` } };
}

const request = { repositoryName: 'a', imageManifest: '{}' };

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
  const place = (registryId: string, region: string, name: string): Place =>
    placeOf({ registryId, region, name }, async () => {
      (calls[`${registryId}/${region}`] ??= []).push(time);
      return {};
    });
  const places = [
    place('111122223333', 'eu-central-1', 'a'),
    place('111122223333', 'eu-central-1', 'b'),
    place('111122223333', 'us-east-1', 'a'),
    place('444455556666', 'eu-central-1', 'a'),
  ];
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

test('a PutImage that is throttled, as other jobs push too, goes again in a while, and no other refusal does', async () => {
  const pace = openPace({ signal, firstWaitMs: 1 });
  const id = { registryId: '111122223333', region: 'eu-central-1', name: 'a' };
  const tried = async (name: string, times: number): Promise<[calls: number, end: string]> => {
    let calls = 0;
    const place = placeOf(id, () => {
      calls += 1;
      return calls > times
        ? Promise.resolve({})
        : Promise.reject(new Failure('no', { remedy: '', cause: Object.assign(new Error('no'), { name }) }));
    });
    const [end] = await Promise.allSettled([pace.paced(place).putImage(request)]);
    return [calls, end.status];
  };
  assert.deepEqual(await tried('ThrottlingException', 2), [3, 'fulfilled']);
  assert.deepEqual(await tried('AccessDeniedException', 2), [1, 'rejected']);
  assert.deepEqual(await tried('ThrottlingException', 9), [6, 'rejected']);
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
