import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPushFault } from '../../src/build/push-errors.ts';

const push = 'ERROR: failed to build: failed to solve: failed to push r/x:t: ';
const table: [name: string | undefined, output: string][] = [
  [
    'missing repository',
    `${push}unexpected status from POST request: 404 Not Found: name unknown: The repository with name 'x' does not exist in the registry with id '123456789012'`,
  ],
  [
    'immutable tag',
    `${push}unknown: The image tag 't' already exists in the 'x' repository and cannot be overwritten because the tag is immutable.`,
  ],
  [
    'too many tags',
    `${push}unexpected status from PUT request to https://r/v2/x/manifests/t: 403 Forbidden: denied: Adding tag 't' to an image in the repository with name 'x' in registry with id '123456789012' exceeds the maximum allowed number of tags per image which is '1000'`,
  ],
  ['expired login', `${push}denied: Your authorization token has expired. Reauthenticate and try again.`],
  ['expired login', `${push}no basic auth credentials`],
  [
    'missing permission',
    `${push}denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-central-1:123456789012:repository/x`,
  ],
  [
    'missing permission',
    `${push}denied: User: arn:aws:sts::123456789012:assumed-role/ci/s is not authorized to perform: signer:SignPayload on resource: arn:aws:signer:eu-central-1:123456789012:/signing-profiles/team`,
  ],
  [
    'throttled',
    `${push}unexpected status from PUT request: 429 Too Many Requests: toomanyrequests: Rate exceeded`,
  ],
  [
    'refused without a reason',
    `${push}unexpected status from HEAD request to https://r/v2/x/blobs/sha256:3: 403 Forbidden`,
  ],
  [
    'attestations refused',
    `${push}unexpected status from PUT request to https://r/v2/x/manifests/sha256:3: 405 Method Not Allowed`,
  ],
  ['attestations refused', `${push}unsupported`],
  [
    'registry out of reach',
    `${push}failed to do request: Put "http://r/v2/": read tcp: connection reset by peer`,
  ],
  [
    'registry out of reach',
    `${push}unexpected status from PUT request to http://r/v2/: 500 Internal Server Error`,
  ],
  ['named by another build', 'ERROR: failed to build: failed to solve: image "r/x:t": already exists'],
  [
    undefined,
    'ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
  ],
  [
    undefined,
    '#7 0.3 curl: (56) connection reset by peer\nERROR: failed to solve: process "/bin/sh -c curl" failed',
  ],
  // What was ignored earlier in the build, or what a step prints, is not why it ended.
  [
    undefined,
    '#4 ERROR: failed to push: unexpected status from HEAD request to https://r/v2/x: 403 Forbidden\nERROR: failed to solve: process "/bin/sh -c false" failed',
  ],
  [
    undefined,
    '#7 0.3 toomanyrequests: Rate exceeded\nERROR: failed to solve: process "/bin/sh -c false" failed',
  ],
  [undefined, 'ERROR: failed to solve: busybox: toomanyrequests: You have reached your pull rate limit.'],
  [undefined, ''],
];

test('a failed push is known by what the registry said', () => {
  for (const [name, output] of table) assert.equal(findPushFault(output)?.name, name, output);
});

test('only what passes is tried again', () => {
  const again = table.map(([, output]) => findPushFault(output)).filter(fault => fault && fault.retries > 0);
  assert.deepEqual(
    new Set(again.map(fault => fault?.name)),
    new Set([
      'expired login',
      'refused without a reason',
      'throttled',
      'named by another build',
      'registry out of reach',
    ]),
  );
});
