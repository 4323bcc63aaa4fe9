import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReplicaState } from '../../src/replication/replica.ts';
import { replicationFailure } from '../../src/replication/replication-failure.ts';

const own = '123456789012';
const destination = { region: 'us-east-1', registryId: own };

test('a region that the runner does not reach is told with what to change', () => {
  const failure = (state: ReplicaState) =>
    replicationFailure([{ destination, state }], { own, ref: 'host/team/app@sha256:a', time: '600.0 s' });
  const state = 'COMPLETE, but ECR did not answer there';
  const silent = failure({ kind: 'pending', state, reason: 'no answer' });
  assert.match(
    silent?.message ?? '',
    /- us-east-1: not within 600\.0 s \(last seen: COMPLETE, but ECR did not/,
  );
  assert.match(silent?.remedy ?? '', /^Where ECR did not answer: the network of the runner/);
  const late = failure({ kind: 'pending', state: 'IN_PROGRESS', reason: 'running' });
  assert.doesNotMatch(late?.remedy ?? '', /network/);
});
