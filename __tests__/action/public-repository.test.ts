import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withHostAt } from '../world/docker/shims.ts';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const policies = [allow('ecr-public:*', 'sts:GetServiceBearerToken')];
const open = { 'registry-type': 'public', 'wait-for-scan': 'false' };
const catalog = { description: 'A small almanac', architectures: ['x86-64'], operatingSystems: ['Linux'] };

test('a public image is pushed to ECR Public, with its catalog data, and found again', async t => {
  await using world = await startWorld({ policies });
  const asked = { ...open, 'catalog-data': JSON.stringify(catalog), tags: 'latest' };
  const run = await world.run({ with: asked });
  assert.equal(run.outcome, 'success', run.log);
  assert.match(run.outputs['repository-uri'] ?? '', /\/a6789012\/team\/hello$/);
  const made = world.aws.ecrPublic.repository('team/hello');
  assert.deepEqual([...(made?.imageTags.keys() ?? [])].toSorted(), [
    '0123456789abcdef0123456789abcdef01234567',
    'latest',
  ]);
  assert.equal(made?.imageTags.get('latest'), run.outputs['digest']);
  assertTranscript(t, world, run);

  const theirs = await world.run({ with: { ...asked, repository: 'public.ecr.aws/octo/team/hello' } });
  assert.equal(theirs.outcome, 'failure');
  assert.match(theirs.annotations[0]?.message ?? '', /is a6789012 or 123456789012, not octo\./);
  assert.doesNotMatch(theirs.log, /^#\d+ /m);

  world.gateFaults.add({ match: /^registry:(GET|HEAD) .*\/manifests\//, kind: 'cut', times: 1 });
  // Docker reads the manifests, at the host that was written.
  const host = 'ecr-public.aws.com';
  const at = { host, at: world.publicGate.host };
  const again = await world.run({
    environment: await withHostAt(world.engine, `${world.scratch}/host`, at),
    with: {
      ...asked,
      repository: `${host}/a6789012/team/hello`,
      'catalog-data': JSON.stringify({ ...catalog, description: 'Another' }),
    },
  });
  assert.equal(again.outcome, 'success', again.log);
  assert.equal(again.outputs['reused'], 'true');
  assert.equal(again.outputs['registry'], host);
  assert.equal(again.outputs['image'], `${host}/a6789012/team/hello@${again.outputs['digest']}`);
  assert.equal(again.outputs['digest'], run.outputs['digest']);
  assert.match(
    again.annotations[0]?.message ?? '',
    /catalog-data: description: asked "Another", is "A small almanac"/,
  );
});

test('what ECR Public does not have is told, not ignored', async () => {
  await using world = await startWorld({ policies });
  const run = await world.run({ with: { repository: 'public.ecr.aws/octo/hello', 'scan-on-push': 'true' } });
  const [error] = run.annotations;
  assert.match(
    error?.message ?? '',
    /wait-for-scan: 'true' is not to be had in ECR Public, which scans nothing/,
  );
  assert.match(error?.message ?? '', /scan-on-push: 'true' does not exist in ECR Public/);
  const other = await world.run({
    with: { repository: 'public.ecr.aws/octo/hello', 'wait-for-scan': 'false' },
  });
  assert.match(
    other.annotations[0]?.message ?? '',
    /Your registry in ECR Public is a6789012 or 123456789012, not octo\./,
  );
  const missing = await world.run({ with: { ...open, 'create-repository': 'false' } });
  assert.match(
    missing.annotations[0]?.message ?? '',
    /^The repository 'team\/hello' does not exist in ECR Public, and this run creates none\.\nCreate it, correct/,
  );
  assert.deepEqual(world.aws.ecrPublic.repositories(), []);
});
