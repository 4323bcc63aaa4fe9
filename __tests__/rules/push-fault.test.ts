import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passes, pushFaultOf, remedyOf } from '../../src/rules/push-fault.ts';
import type { PushFault } from '../../src/rules/push-fault.ts';

/** What clients print around the registry's text differs from version to version; the text does not. */
const table: [PushFault, string][] = [
  [
    'missing-repository',
    "ERROR: failed to solve: failed to push x: unexpected status from POST request: 404 Not Found: name unknown: The repository with name 'x' does not exist in the registry with id '123456789012'",
  ],
  [
    'immutable-tag',
    "ERROR: failed to solve: unknown: The image tag 't' already exists in the 'x' repository and cannot be overwritten because the tag is immutable.",
  ],
  ['expired-login', 'denied: Your authorization token has expired. Reauthenticate and try again.'],
  ['expired-login', 'failed to push: no basic auth credentials'],
  [
    'not-permitted',
    'denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-central-1:123456789012:repository/x',
  ],
  ['throttled', 'unexpected status from PUT request: 429 Too Many Requests: toomanyrequests: Rate exceeded'],
  [
    'unreachable',
    'ERROR: failed to solve: failed to push r/x:t: failed to do request: Put "http://r/v2/": read tcp: connection reset by peer',
  ],
  [
    'unreachable',
    'failed to push r/x:t: unexpected status from PUT request to http://r/v2/: 500 Internal Server Error',
  ],
  ['other', 'ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2'],
  [
    'other',
    '#7 0.3 curl: (56) connection reset by peer\nERROR: failed to solve: process "/bin/sh -c curl" did not complete',
  ],
];

test('a failed push is known by what the registry said', () => {
  for (const [fault, output] of table) assert.equal(pushFaultOf(output), fault, output);
});

test('only what passes is tried again, and every fault has a way out', () => {
  const again = table.filter(([fault]) => passes(fault)).map(([fault]) => fault);
  assert.deepEqual(new Set(again), new Set(['expired-login', 'throttled', 'unreachable']));
  for (const [fault] of table) assert.match(remedyOf(fault), /\.$/);
});
