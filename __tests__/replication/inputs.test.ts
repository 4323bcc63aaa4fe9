import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissionsFor } from '../../src/permissions.ts';
import { makePlan } from '../../src/plan.ts';
import { readReplication, rejectUnseenReplication } from '../../src/replication/inputs.ts';
import type { Mode } from '../../src/validation/mode.ts';
import { readerOf } from '../../src/validation/reader.ts';
import { commit, inputs } from '../sample.ts';

function read(given: Record<string, string>, mode: Mode = 'all') {
  const reader = readerOf(input => given[input] ?? '');
  return { replication: readReplication(reader, mode), message: reader.close()?.message ?? '' };
}

test('nothing is waited for unless it is asked for, and then ten minutes at most', () => {
  assert.deepEqual(read({}), { replication: { wait: false, timeout: 600_000 }, message: '' });
  assert.deepEqual(read({ 'wait-for-replication': 'true' }), {
    replication: { wait: true, timeout: 600_000 },
    message: '',
  });
  const given = { 'wait-for-replication': 'true', 'replication-timeout': '30m' };
  assert.equal(read(given).replication.timeout, 1_800_000);
});

test('a time for no wait is refused, and so is the wait where nothing is released or told', () => {
  const { message } = read({ 'replication-timeout': '5m' });
  assert.match(message, /replication-timeout: '5m' is about a replication that is not awaited/);
  assert.match(read({ 'wait-for-replication': 'true' }, 'build').message, /`mode: build`/);
  for (const mode of ['all', 'build'] as const)
    assert.equal(read({ 'replication-timeout': '10m' }, mode).message, '', `the default in mode: ${mode}`);

  const cases: [place: Parameters<typeof rejectUnseenReplication>[2], problem: RegExp | undefined][] = [
    [{ type: 'private' }, undefined],
    [{ type: 'public' }, /ECR Public/],
    [
      { type: 'private', registryId: '123456789012', roleArn: 'arn:aws:iam::123456789012:role/ci' },
      undefined,
    ],
    [
      { type: 'private', registryId: '210987654321', roleArn: 'arn:aws:iam::123456789012:role/ci' },
      /needs a role of account 210987654321/,
    ],
  ];
  for (const [place, problem] of cases) {
    const reader = readerOf(() => '');
    rejectUnseenReplication(reader, { wait: true, timeout: 1 }, place);
    const told = reader.close()?.message;
    if (problem === undefined) assert.equal(told, undefined);
    else assert.match(told ?? '', problem);
  }
});

test('its permissions are printed where it is asked for, with the repository of that name in every region', () => {
  const sidsOf = (mode: Mode, wait: boolean) =>
    permissionsFor(
      makePlan({ ...inputs, mode, replication: { wait, timeout: 600_000 } }, commit),
    ).Statement.map(({ Sid }) => Sid);
  const added = ['ReplicationRules', 'Replication', 'Replicas'];
  for (const mode of ['all', 'merge', 'gate'] as const)
    assert.deepEqual(sidsOf(mode, true), [...sidsOf(mode, false), ...added], mode);
  const plan = makePlan({ ...inputs, replication: { wait: true, timeout: 600_000 } }, commit);
  assert.deepEqual(permissionsFor(plan).Statement.at(-1), {
    Sid: 'Replicas',
    Effect: 'Allow',
    Action: ['ecr:BatchGetImage', 'ecr:DescribeRepositories'],
    Resource: 'arn:aws:ecr:*:*:repository/team/app',
  });
});
