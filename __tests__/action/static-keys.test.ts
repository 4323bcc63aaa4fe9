import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allow, startWorld } from '../world/world.ts';
import type { World } from '../world/world.ts';

const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const given = { 'aws-access-key-id': keys.accessKeyId, 'aws-secret-access-key': keys.secretAccessKey };
const push = 'arn:aws:iam::123456789012:role/push';
const quick = { cache: 'off', 'wait-for-scan': 'false' };

/** A user with keys, and a role that admits him. */
function putUserAndRole({ aws }: World): void {
  aws.iam.putUser({ name: 'builder', ...keys, policies: [allow('sts:*', 'ecr:*')] });
  const Principal = { AWS: 'arn:aws:iam::123456789012:user/builder' };
  const trustPolicy = { Statement: { Effect: 'Allow' as const, Principal, Action: 'sts:AssumeRole' } };
  aws.iam.putRole({ name: 'push', trustPolicy, policies: [allow('ecr:*')] });
}

test('keys that are given assume the role, are masked and seen by nothing else, and OIDC is recommended', async () => {
  await using world = await startWorld();
  putUserAndRole(world);
  const run = await world.run({
    // Keys go before OIDC, though the job may ask for a token and has other keys of its own.
    with: { 'role-to-assume': push, ...given, ...quick },
    environment: { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'of somebody else' },
  });
  assert.equal(run.outcome, 'success', run.log);
  assert.equal(world.aws.requests[0]?.operation, 'AssumeRole');
  assert.deepEqual(world.github.requests, []);
  assert.match(
    run.log,
    /^From {8}the keys of aws-access-key-id\nRole {8}arn:aws:iam::123456789012:role\/push$/m,
  );
  const notices = run.annotations.filter(({ level }) => level === 'notice');
  assert.match(
    notices.map(({ message }) => message).join('\n'),
    /^The key of `aws-access-key-id` works for anybody/,
  );
  assert.deepEqual(run.env, {});
  for (const secret of Object.values(keys)) {
    assert.ok(run.masks.includes(secret));
    // The runner itself shows the inputs first, with `***` for what it has as a secret.
    const log = run.log.slice(run.log.indexOf('##[endgroup]'));
    assert.ok(!JSON.stringify([log, run.outputs, run.state, run.summary]).includes(secret));
    assert.ok(!run.rawLog.replaceAll(/^::add-mask::.*$/gm, '').includes(secret));
  }

  // Without a role the keys do all themselves, and are exported to those who ask, without the token of another session. This run ends
  // where it finds no image to judge.
  const alone = await world.run({
    permissions: {},
    with: {
      'role-to-assume': '',
      ...given,
      mode: 'gate',
      image: 'none',
      'build-args': '',
      'output-env-credentials': 'true',
    },
    environment: { AWS_SESSION_TOKEN: 'of another session' },
  });
  assert.match(alone.log, /^Without role-to-assume: the keys of aws-access-key-id\b/m);
  assert.deepEqual(
    [alone.env['AWS_ACCESS_KEY_ID'], alone.env['AWS_SECRET_ACCESS_KEY'], alone.env['AWS_SESSION_TOKEN']],
    [keys.accessKeyId, keys.secretAccessKey, ''],
  );
});

test('half a pair of keys, and keys of the job beside a role, are told with what to write', async () => {
  await using world = await startWorld();
  putUserAndRole(world);
  const half = await world.run({ with: { 'aws-access-key-id': keys.accessKeyId } });
  assert.match(
    half.annotations[0]?.message ?? '',
    /aws-secret-access-key: '' is empty, and `aws-access-key-id` is given/,
  );
  assert.deepEqual(world.aws.requests, []);

  const environment = {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  const withoutToken = await world.run({ permissions: {}, with: { 'role-to-assume': push }, environment });
  assert.match(
    withoutToken.annotations[0]?.message ?? '',
    /id-token: write[^]*The job has credentials of its own \(AWS_ACCESS_KEY_ID\).*`role-chaining: true`/,
  );
});
