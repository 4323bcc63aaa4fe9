import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportedMetadata } from '../../src/build/buildx-metadata.ts';
import { isImageStall, leaveCacheOut, pushedAs, pushedWithoutCache } from '../../src/build/stalls.ts';
import { describeBuildFailure } from '../../src/diagnosis/describe-failure.ts';
import { findPullFault } from '../../src/diagnosis/pull-faults.ts';
import { findPushFault } from '../../src/diagnosis/push-faults.ts';
import { stalledFailure } from '../../src/docker/build-failure.ts';
import type { BuildFailure } from '../../src/docker/build-failure.ts';
import type { TransferKind } from '../../src/docker/transfers.ts';

const digest = `sha256:${'a'.repeat(64)}`;

function stalled(kinds: TransferKind[], digests: [name: string, digest: string][] = []): BuildFailure {
  return stalledFailure({
    transfers: kinds.map(kind => ({ kind, what: `${kind} of x`, hasBytes: false })),
    silentMs: 600_000,
    ...(digests.length > 0 && { pushed: { digests: new Map(digests) } }),
  });
}

const caches = { from: ['type=registry,ref=r/cache'], to: ['type=registry,ref=r/cache'] };

test('a push and a pull that stall are tried three times, and told with how long and by which input', async () => {
  const push = stalled(['push']);
  assert.equal(findPushFault(push)?.retries, 2);
  assert.equal(findPullFault(push), undefined);
  const described = {
    reference: 'registry.example.com/x:t',
    build: { context: '.', platforms: [], secrets: [] },
    hosts: [],
  };
  const [message, { remedy }] = await describeBuildFailure(push, { ...described, push: true });
  assert.equal(
    message,
    'Pushing registry.example.com/x:t failed: nothing has moved for 10 minutes: push of x',
  );
  assert.match(remedy, /10 minutes .*`stall-timeout`/);
  for (const kind of ['pull', 'layer'] as const) {
    const pull = stalled([kind]);
    assert.equal(findPullFault(pull)?.retries, 2);
    assert.equal(findPushFault(pull), undefined);
    const [, told] = await describeBuildFailure(pull, { ...described, push: true });
    assert.match(told.remedy, /10 minutes .*`stall-timeout`/);
  }
});

const table: [kinds: TransferKind[], left: string[], isTry: boolean][] = [
  [['push'], ['from', 'to'], true],
  [['pull'], ['from', 'to'], true],
  [['layer'], ['to'], false],
  [['cache import'], ['to'], false],
  [['cache export'], ['from'], false],
  [['push', 'cache export'], ['from'], true],
  [['pull', 'cache import'], ['to'], true],
];

test('what the next try leaves out is the cache that stalled', () => {
  for (const [kinds, left, isTry] of table) {
    const { cache = caches } = leaveCacheOut(stalled(kinds), { cache: caches })?.options ?? {};
    const kept = Object.entries(cache).flatMap(([way, each]) => (each.length > 0 ? [way] : []));
    assert.deepEqual(kept, left, kinds.join());
    assert.equal(isImageStall(stalled(kinds)), isTry, kinds.join());
    assert.equal(leaveCacheOut(stalled(kinds), { cache: { from: [], to: [] } }), undefined);
  }
});

test("of GitHub's cache the builder's own is left out too, as it waits for the same layers", () => {
  const cache = { from: ['type=gha,scope=x'], to: ['type=gha,scope=x'] };
  for (const kinds of [['layer'], ['cache import'], []] as const)
    assert.equal(leaveCacheOut(stalled([...kinds]), { cache })?.options.ignoreBuilderCache, true);
  assert.equal(leaveCacheOut(stalled(['cache export']), { cache })?.options.ignoreBuilderCache, undefined);
  assert.match(
    leaveCacheOut(stalled([]), { cache })?.warning ?? '',
    /^Nothing could be fetched for 10 minutes, so the image is built without reading GitHub's cache\.$/,
  );
});

test('an image counts as pushed where all its names were pushed before the cache stalled', () => {
  const options = { push: true, reference: 'r/x:t', releases: ['r/x:1'] };
  const both = stalled(
    ['cache export'],
    [
      ['r/x:t', digest],
      ['r/x:1', digest],
    ],
  );
  assert.deepEqual(pushedWithoutCache(both, options), { digest });
  assert.equal(pushedWithoutCache(stalled(['cache export'], [['r/x:t', digest]]), options), undefined);
  assert.equal(pushedWithoutCache(both, { ...options, push: false }), undefined);
  assert.equal(pushedWithoutCache(stalled(['push']), options), undefined);
  const metadata = reportedMetadata('r/x:t', { digest, configDigest: 'sha256:c' });
  assert.deepEqual([metadata.digest, metadata.imageId, metadata.materials], [digest, 'sha256:c', undefined]);
});

test('a build that failed counts as pushed only where BuildKit has reported each name', () => {
  const options = { push: true, reference: 'r/x:t', releases: ['r/x:v9'] };
  const reported = (...names: string[]) => ({ digests: new Map(names.map(name => [name, digest])) });
  assert.equal(pushedAs(undefined, options), undefined);
  assert.equal(pushedAs(reported(), options), undefined);
  assert.equal(pushedAs(reported('r/x:t'), options), undefined);
  assert.deepEqual(pushedAs(reported('r/x:t', 'r/x:v9'), options), { digest });
});
