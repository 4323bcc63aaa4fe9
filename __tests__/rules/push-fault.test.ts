import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pushFaultOf } from '../../src/rules/push-fault.ts';

/** What clients print around the registry's text differs from version to version; the text does not. */
const table: [name: string | undefined, output: string][] = [
  [
    'missing repository',
    "ERROR: failed to solve: failed to push x: unexpected status from POST request: 404 Not Found: name unknown: The repository with name 'x' does not exist in the registry with id '123456789012'",
  ],
  [
    'immutable tag',
    "ERROR: failed to solve: unknown: The image tag 't' already exists in the 'x' repository and cannot be overwritten because the tag is immutable.",
  ],
  ['expired login', 'denied: Your authorization token has expired. Reauthenticate and try again.'],
  ['expired login', 'failed to push: no basic auth credentials'],
  [
    'missing permission',
    'denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-central-1:123456789012:repository/x',
  ],
  [
    'refused without a reason',
    'failed to push r/x:t: unexpected status from HEAD request to https://r/v2/x/blobs/sha256:3: 403 Forbidden',
  ],
  ['throttled', 'unexpected status from PUT request: 429 Too Many Requests: toomanyrequests: Rate exceeded'],
  [
    'registry out of reach',
    'ERROR: failed to solve: failed to push r/x:t: failed to do request: Put "http://r/v2/": read tcp: connection reset by peer',
  ],
  [
    'registry out of reach',
    'failed to push r/x:t: unexpected status from PUT request to http://r/v2/: 500 Internal Server Error',
  ],
  [
    undefined,
    'ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
  ],
  [
    undefined,
    '#7 0.3 curl: (56) connection reset by peer\nERROR: failed to solve: process "/bin/sh -c curl" did not complete',
  ],
];

test('a failed push is known by what the registry said', () => {
  for (const [name, output] of table) assert.equal(pushFaultOf(output)?.name, name, output);
});

test('only what passes is tried again', () => {
  const again = table.map(([, output]) => pushFaultOf(output)).filter(fault => fault && fault.retries > 0);
  assert.deepEqual(
    new Set(again.map(fault => fault?.name)),
    new Set(['expired login', 'refused without a reason', 'throttled', 'registry out of reach']),
  );
});
