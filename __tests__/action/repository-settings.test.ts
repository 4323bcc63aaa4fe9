import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const fast = { cache: 'off', 'wait-for-scan': 'false' };

const lifecycle = {
  rules: [
    {
      rulePriority: 1,
      description: 'Untagged images go after two weeks',
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
      action: { type: 'expire' },
    },
  ],
};

test('a repository is created as it is asked for, with policies, tags and encryption', async t => {
  await using world = await startWorld();
  const workspace = await world.checkout();
  await writeFile(join(workspace, 'lifecycle.json'), JSON.stringify(lifecycle, null, 2));
  const asked = {
    ...fast,
    repository: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/hello',
    'aws-region': '',
    'image-tag-mutability-exclusions': 'latest, buildcache*',
    'scan-on-push': 'false',
    'encryption-type': 'KMS',
    'repository-tags': 'team=web\ncost-centre=4711',
    'lifecycle-policy': 'lifecycle.json',
    'pull-accounts': '123456789012',
    'pull-services': 'lambda',
  };
  const run = await world.run({ workspace, with: asked });
  assert.equal(run.outcome, 'success', run.log);
  const made = world.aws.ecr.repository('team/hello');
  assert.ok(made);
  assert.equal(made.mutability, 'IMMUTABLE_WITH_EXCLUSION');
  assert.deepEqual(
    made.exclusionFilters.map(({ filter }) => filter),
    ['latest', 'buildcache*'],
  );
  assert.equal(made.scanOnPush, false);
  assert.equal(made.encryption.encryptionType, 'KMS');
  assert.deepEqual(made.resourceTags, { team: 'web', 'cost-centre': '4711' });
  assert.deepEqual(JSON.parse(made.lifecyclePolicy ?? '{}'), lifecycle);
  assert.match(made.policy?.text ?? '', /"Service":"lambda.amazonaws.com"/);
  assertTranscript(t, world, run);

  const again = await world.run({ workspace, with: asked });
  assert.equal(again.outcome, 'success', again.log);
  assert.match(again.log, /As asked \(/);
  assert.deepEqual(
    again.annotations.filter(({ level }) => level === 'warning'),
    [],
  );
});

test('a key that ECR cannot use is told with what it needs, and nothing is left behind', async () => {
  await using world = await startWorld();
  const key = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555566667777';
  const run = await world.run({ with: { ...fast, 'kms-key': key } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /^ecr:CreateRepository failed: .*\nThe key arn:aws:kms.*kms:CreateGrant/,
  );
  assert.deepEqual(world.aws.ecr.repositories(), []);
});

test("another account's registry is asked, and its refusal says whose policy has to admit the role", async () => {
  await using world = await startWorld();
  const run = await world.run({ with: { ...fast, 'registry-id': '210987654321' } });
  assert.equal(run.outcome, 'failure');
  assert.match(
    run.annotations[0]?.message ?? '',
    /ecr:\w+ failed: .*arn:aws:ecr:eu-central-1:210987654321:repository\/team\/hello/,
  );
  assert.match(run.annotations[0]?.message ?? '', /repository's own policy/);
});
