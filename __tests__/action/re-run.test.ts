import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript, digestOf } from './transcript.ts';

test('a re-run builds nothing, completes the tags, and judges the scan afresh', async t => {
  await using world = await startWorld();
  const first = await world.run({ with: { cache: 'off' } });
  assert.equal(first.outcome, 'success', first.log);
  const before = world.aws.requests.length;

  const again = await world.run({ with: { cache: 'off', tags: '1.2.3' } });
  assert.equal(again.outcome, 'success', again.log);
  assert.equal(again.outputs['digest'], first.outputs['digest']);
  assert.equal(again.outputs['image'], first.outputs['image']);
  assert.equal(again.outputs['reused'], 'true');
  assert.equal(again.outputs['scan-verdict'], 'passed');
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), first.outputs['digest']);
  assert.match(again.log, /^docker logout /m, 'docker was logged in all the same');
  // What the first look has shown is not asked for again.
  const calls = world.aws.requests.slice(before).map(({ operation }) => operation);
  assert.deepEqual(calls.toSorted(), [
    'AssumeRoleWithWebIdentity',
    'BatchGetImage',
    // The manifests of the platforms, which another run has pushed, are read beside the wait for the scan.
    'BatchGetImage',
    'DescribeImageScanFindings',
    'DescribeRepositories',
    'GetAuthorizationToken',
    'PutImage',
  ]);
  assertTranscript(t, world, again);
});

test('a release that is blocked when it is judged again keeps its tags, and gets none that are missing', async () => {
  await using world = await startWorld();
  const first = await world.run({ with: { cache: 'off', tags: '1.2.3' } });
  assert.equal(first.outcome, 'success', first.log);
  world.aws.ecr.scans.tell({ findings: [{ name: 'CVE-2024-9999', severity: 'CRITICAL' }] });
  const again = await world.run({ with: { cache: 'off', tags: '1.2.3\n1.2.3-lts' } });
  assert.equal(again.outcome, 'failure');
  assert.deepEqual([again.outputs['reused'], again.outputs['scan-verdict']], ['true', 'blocked']);
  assert.match(again.outputs['tags'] ?? '', /:1\.2\.3\n/);
  assert.match(again.log, /^Withheld: 1\.2\.3-lts; 1\.2\.3 was released earlier and stays on this image/m);
  assert.match(again.summary, /\| Withheld \| `1\.2\.3-lts`: not released \|/);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3'), first.outputs['digest']);
  assert.equal(await digestOf(world, 'team/hello', '1.2.3-lts'), null);
});

test('other inputs under the tag of one commit are a conflict before the build that names them, and a flavor is what tells them apart', async () => {
  await using world = await startWorld();
  const first = await world.run({ with: { cache: 'off' } });
  const other = await world.run({ with: { cache: 'off', target: 'site', labels: 'team=web' } });
  assert.equal(other.outcome, 'failure');
  assert.match(
    other.annotations[0]?.message ?? '',
    /^The tag \w+ names an image of this commit already \(sha256:\w+\), made from other inputs \(`labels`, `target` differ\), and it cannot move\.\nIf both images are wanted: .*`flavor: suffix=-alpine`/,
  );
  assert.doesNotMatch(other.log, /docker buildx build/);

  const off = await world.run({ with: { cache: 'off', reuse: 'off' } });
  assert.equal(off.outcome, 'failure');
  assert.match(
    off.annotations[0]?.message ?? '',
    /made from the same inputs, and it cannot move\.\nSet `reuse: commit`/,
  );
  assert.equal(
    await digestOf(world, 'team/hello', '0123456789abcdef0123456789abcdef01234567'),
    first.outputs['digest'],
  );

  const variant = { cache: 'off', target: 'site', labels: 'team=web', flavor: 'suffix=-site', tags: '1.2.3' };
  const site = await world.run({ with: { ...variant, 'wait-for-scan': 'false' } });
  assert.equal(site.outcome, 'success', site.log);
  assert.deepEqual(
    (site.outputs['tags'] ?? '')
      .split('\n')
      .map(each => each.replace(/.*:/, ''))
      .toSorted(),
    [`0123456789abcdef0123456789abcdef01234567-site`, '1.2.3-site'],
  );
  assert.notEqual(site.outputs['digest'], first.outputs['digest']);
  const again = await world.run({ with: { ...variant, 'wait-for-scan': 'false' } });
  assert.deepEqual([again.outputs['reused'], again.outputs['digest']], ['true', site.outputs['digest']]);
});

test('with `reuse: off` a commit is built again where its tag may move, and other inputs that take the tag are told', async () => {
  await using world = await startWorld();
  const mutable = { cache: 'off', 'image-tag-mutability': 'MUTABLE', 'wait-for-scan': 'false' };
  const first = await world.run({ with: mutable });
  const again = await world.run({ with: { ...mutable, reuse: 'off' } });
  assert.equal(again.outcome, 'success', again.log);
  assert.equal(again.outputs['reused'], 'false');
  assert.match(again.log, /docker buildx build/);
  assert.notEqual(again.outputs['digest'], first.outputs['digest']);
  assert.ok(!again.annotations.some(({ level }) => level === 'warning'), again.log);
  const site = await world.run({ with: { ...mutable, target: 'site' } });
  assert.equal(site.outcome, 'success', site.log);
  const warning = site.annotations.find(({ level }) => level === 'warning');
  assert.match(
    warning?.message ?? '',
    /^The commit's tag \w+ moves away from sha256:\w+, made from other inputs \(`target` differs\)\..*`flavor: suffix=-alpine`/,
  );
});
