import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';
import { assertTranscript } from './transcript.ts';

const fast = { cache: 'off', 'wait-for-scan': 'false' };
const other = {
  ...fast,
  'image-tag-mutability': 'IMMUTABLE',
  'scan-on-push': 'false',
  'encryption-type': 'KMS',
  'repository-tags': 'team=api',
  'pull-accounts': '123456789012',
};

test('a repository that is not as asked is reported setting by setting, and changed only by reconcile', async t => {
  await using world = await startWorld();
  const first = await world.run({ with: { ...fast, 'repository-tags': 'team=web\nkept=yes' } });
  assert.equal(first.outcome, 'success', first.log);
  const before = world.aws.ecr.repository('team/hello');

  const ignored = await world.run({ with: { ...other, 'on-drift': 'ignore' } });
  assert.equal(ignored.outcome, 'success', ignored.log);
  assert.doesNotMatch(ignored.log, /Compare the repository/);

  const failed = await world.run({ with: { ...other, 'on-drift': 'fail' }, sha: 'f'.repeat(40) });
  assert.equal(failed.outcome, 'failure');
  assert.match(
    failed.annotations[0]?.message ?? '',
    /5 settings are not as asked\nimage-tag-mutability: asked IMMUTABLE/,
  );
  assert.match(failed.summary, /\| `encryption-type` \| KMS \| AES256 \| left as it is: ECR fixes it/);
  assert.doesNotMatch(failed.log, /^#\d+ /m);

  const reported = await world.run({ with: other });
  assert.equal(reported.outcome, 'success', reported.log);
  assert.match(reported.annotations[0]?.message ?? '', /scan-on-push: asked false, is true/);
  const after = world.aws.ecr.repository('team/hello');
  for (const name of ['mutability', 'resourceTags', 'scanOnPush', 'policy'] as const)
    assert.deepEqual(after?.[name], before?.[name]);
  assertTranscript(t, world, reported);

  const reconciled = await world.run({ with: { ...other, 'on-drift': 'reconcile' } });
  assert.equal(reconciled.outcome, 'success', reconciled.log);
  assert.match(reconciled.log, /4 of 5 changed to what was asked/);
  assert.match(
    reconciled.annotations[0]?.message ?? '',
    /not to be changed here\nencryption-type: asked KMS, is AES256/,
  );
  const changed = world.aws.ecr.repository('team/hello');
  assert.equal(changed?.mutability, 'IMMUTABLE');
  assert.equal(changed.scanOnPush, false);
  assert.deepEqual(changed.resourceTags, { team: 'api', kept: 'yes' });
  assert.match(changed.policy?.text ?? '', /PullAccounts/);
  const last = await world.run({ with: { ...other, 'encryption-type': '', 'on-drift': 'fail' } });
  assert.equal(last.outcome, 'success', last.log);
});

test("the registry's scan rules tell whether a push is scanned, not the repository's own setting", async () => {
  await using world = await startWorld();
  const first = await world.run({ with: { ...fast, 'scan-on-push': 'false' } });
  assert.equal(first.outcome, 'success', first.log);
  world.aws.ecr.scanWith({
    scanType: 'BASIC',
    rules: [
      { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: 'team/*', filterType: 'WILDCARD' }] },
    ],
  });
  const asked = await world.run({ with: { ...fast, 'scan-on-push': 'true', 'on-drift': 'fail' } });
  assert.equal(asked.outcome, 'success', asked.log);
  const denied = await world.run({ with: { ...fast, 'scan-on-push': 'false', 'on-drift': 'fail' } });
  assert.match(
    denied.annotations[0]?.message ?? '',
    /is true, by the registry's rules \(the scan rules of the reg/,
  );

  const narrow = allow('ecr:GetAuthorizationToken', 'ecr:DescribeRepositories', 'ecr:BatchGetImage');
  const unread = await world.run({
    with: {
      ...fast,
      'scan-on-push': 'false',
      'on-drift': 'fail',
      'inline-session-policy': JSON.stringify(narrow),
    },
  });
  assert.equal(unread.outcome, 'success', unread.log);
  assert.match(
    unread.log,
    /^Scanning is judged by the repository's own setting: the registry's rules may not be/m,
  );
});
