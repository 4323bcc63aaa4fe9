import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withHeldBuild } from '../world/docker/shims.ts';
import { startWorld } from '../world/world.ts';
import { digestOf } from './transcript.ts';

const tags = [
  'type=semver,pattern={{version}}',
  'type=semver,pattern={{major}}.{{minor}}',
  'type=semver,pattern={{major}}',
].join('\n');
const quick = { cache: 'off', 'wait-for-scan': 'false', tags };

test('latest and the series go to the highest release, whichever was pushed last', async () => {
  await using world = await startWorld();
  const release = (ref: string, sha: string) =>
    world.run({
      ref: `refs/tags/${ref}`,
      sha: sha.repeat(40),
      with: { ...quick, 'image-tag-mutability': 'MUTABLE' },
    });
  const runs = [await release('v1.9.0', 'a'), await release('v2.0.0', 'b'), await release('v1.9.1', 'c')];
  for (const run of runs) assert.equal(run.outcome, 'success', run.log);
  const [, two, patch] = runs.map(run => run.outputs['digest']);
  const at = (tag: string) => digestOf(world, 'team/hello', tag);
  assert.deepEqual(await Promise.all(['latest', '2', '2.0', '2.0.0'].map(at)), [two, two, two, two]);
  assert.deepEqual(await Promise.all(['1', '1.9', '1.9.1'].map(at)), [patch, patch, patch]);
  assert.match(
    runs[2]?.log ?? '',
    /The tag 'latest' stays where it is: 2\.0\.0 is there already, and 1\.9\.1 is not higher/,
  );
  assert.match(runs[2]?.outputs['tags'] ?? '', /:1\.9\.1\n.*:1\.9\n.*:1\n/);
  // Before the build and before what moves; the first repository was new, and the last run's claims are asked for alike.
  assert.equal(world.aws.requests.filter(({ operation }) => operation === 'DescribeImages').length, 5);
});

test('of two releases at once the highest has latest, though the other ends last', async () => {
  await using world = await startWorld();
  const { environment, release } = await withHeldBuild(world.engine, join(world.scratch, 'held'));
  let started = false;
  const two = Promise.withResolvers<Awaited<ReturnType<typeof world.run>>>();
  const overtake = async () => {
    try {
      return await world.run({ ref: 'refs/tags/v2.0.0', sha: 'b'.repeat(40), with: quick });
    } finally {
      await writeFile(release, '');
    }
  };
  const patch = await world.run({
    environment,
    ref: 'refs/tags/v1.9.1',
    sha: 'a'.repeat(40),
    with: quick,
    // It has asked for the highest release, and begins to build: the other job overtakes it.
    onLine(line) {
      if (!line.includes('Look for the image') || started) return;
      started = true;
      void overtake().then(two.resolve, two.reject);
    },
  });
  const other = await two.promise;
  for (const run of [patch, other]) assert.equal(run.outcome, 'success', run.log);
  assert.match(patch.log, /^To be released: 1\.9\.1, latest/m);
  assert.match(patch.log, /^The tag 'latest' stays where it is: 2\.0\.0 is there already/m);
  assert.match(patch.log, /^1\.9\.1 now at /m);
  assert.equal(await digestOf(world, 'team/hello', 'latest'), other.outputs['digest']);
  assert.doesNotMatch(patch.outputs['tags'] ?? '', /latest/);
});

test('a new immutable repository lets latest move; what no filter can name is left out before the build', async () => {
  await using world = await startWorld();
  const one = await world.run({ ref: 'refs/tags/v1.2.3', with: quick });
  const two = await world.run({ ref: 'refs/tags/v1.2.4', sha: 'f'.repeat(40), with: quick });
  for (const { outcome, log, annotations } of [one, two]) {
    assert.equal(outcome, 'success', log);
    const warning = annotations.find(({ level }) => level === 'warning')?.message ?? '';
    assert.match(
      warning,
      /does not get the tags '1\.2', '1': they are meant to move.*exclusion filters '1\.2', '1'/,
    );
    assert.ok(log.indexOf('does not get the tags') < log.indexOf('docker buildx'), 'told before the build');
  }
  assert.equal(await digestOf(world, 'team/hello', 'latest'), two.outputs['digest']);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), one.outputs['digest']);
  assert.equal(await digestOf(world, 'team/hello', '1.2'), null);
});

test('a git tag that is no version is told in the log, and the image is pushed all the same', async () => {
  await using world = await startWorld();
  const run = await world.run({
    ref: 'refs/tags/release-7',
    with: { cache: 'off', 'wait-for-scan': 'false' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(
    run.log,
    /'release-7' is no version by the rules of https:\/\/semver\.org: no tag is made of it/,
  );
  assert.equal(run.outputs['tags']?.split('\n').length, 1);
});
