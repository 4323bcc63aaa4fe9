import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageReplicationStatus } from '@aws-sdk/client-ecr';
import {
  compareTags,
  entryOf,
  nothingListed,
  replicasOutput,
  sayState,
  stateAfterFailure,
  stateWithoutTags,
  statusAt,
} from '../../src/replication/replica.ts';

const place = { region: 'us-east-1', registryId: '123456789012' };
const [digest, otherDigest] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];

test('the status of a place is read from its own entries, and all of them have to be complete', () => {
  const cases: [entries: ImageReplicationStatus[], kind: string, state?: string][] = [
    [[], 'running', 'not listed yet'],
    [[{ ...place, region: 'eu-west-1', status: 'COMPLETE' }], 'running', 'not listed yet'],
    [[{ ...place, registryId: '210987654321', status: 'COMPLETE' }], 'running', 'not listed yet'],
    [[{ ...place, status: 'IN_PROGRESS' }], 'running', 'IN_PROGRESS'],
    [[{ ...place }], 'running', 'no status'],
    [[{ ...place, status: 'COMPLETE' }], 'complete'],
    [
      [
        { ...place, status: 'COMPLETE' },
        { ...place, status: 'IN_PROGRESS' },
      ],
      'running',
      'IN_PROGRESS',
    ],
    [
      [
        { ...place, status: 'COMPLETE' },
        { ...place, status: 'FAILED', failureCode: 'X' },
      ],
      'failed',
    ],
  ];
  for (const [entries, kind, state] of cases) {
    const status = statusAt(place, entries);
    assert.equal(status.kind, kind, JSON.stringify(entries));
    if (status.kind === 'running') assert.equal(status.state, state);
  }
});

test('a failure counts at the second look in a row that shows the same code', () => {
  const once = stateAfterFailure(nothingListed, 'KMS');
  assert.equal(once.kind, 'pending');
  assert.deepEqual(stateAfterFailure(once, 'KMS'), { kind: 'failed', why: 'FAILED (KMS)', code: 'KMS' });
  assert.equal(stateAfterFailure(once, 'OTHER').kind, 'pending');
});

test('tags have to be on the very image there, and what is missing is told', () => {
  const holders = new Map([
    ['1.2.3', digest],
    ['latest', otherDigest],
  ]);
  const found = compareTags(['1.2.3', 'latest', '1.2'], { digest, holders });
  assert.deepEqual(found, {
    seen: ['1.2.3'],
    missing: ['latest', '1.2'],
    elsewhere: [['latest', otherDigest]],
  });
  assert.match(sayState(stateWithoutTags(found)), /^COMPLETE, but latest is on sha256:b+ there$/);
  assert.equal(sayState(stateWithoutTags({ ...found, elsewhere: [] })), 'COMPLETE, without latest, 1.2');
});

test('each place is told by its end', () => {
  const image = `host/team/app@${digest}`;
  assert.deepEqual(
    [
      entryOf(place, { digest, state: { kind: 'replicated', image, checked: 'tags', tags: ['1.2.3'] } }),
      entryOf(place, { digest, state: { kind: 'replicated', checked: 'digest', tags: [] } }),
      entryOf(place, { digest, state: { kind: 'failed', why: 'FAILED (X)', code: 'X' } }),
      entryOf(place, { digest, state: nothingListed }),
    ],
    [
      { ...place, digest, status: 'replicated', image, checked: 'tags', tags: ['1.2.3'] },
      { ...place, digest, status: 'replicated', checked: 'digest', tags: [] },
      { ...place, digest, status: 'failed', reason: 'FAILED (X)', failureCode: 'X' },
      { ...place, digest, status: 'timed-out', reason: 'not listed yet' },
    ],
  );
});

test('the output has the names of `copies`, and no account where that is masked', () => {
  const entries = [
    entryOf(place, {
      digest,
      state: { kind: 'replicated', image: 'host/app@sha256:0', checked: 'tags', tags: [] },
    }),
    entryOf(place, { digest, state: { kind: 'failed', why: 'FAILED (X)', code: 'X' } }),
  ];
  const told = (masksAccountId: boolean): unknown => JSON.parse(replicasOutput(entries, { masksAccountId }));
  const own = { region: 'us-east-1', 'registry-id': '123456789012', digest };
  assert.deepEqual(told(false), [
    { ...own, status: 'replicated', image: 'host/app@sha256:0', checked: 'tags', tags: [] },
    { ...own, status: 'failed', reason: 'FAILED (X)', 'failure-code': 'X' },
  ]);
  assert.deepEqual(told(true), [
    { region: 'us-east-1', digest, status: 'replicated', checked: 'tags', tags: [] },
    { region: 'us-east-1', digest, status: 'failed', reason: 'FAILED (X)', 'failure-code': 'X' },
  ]);
});
