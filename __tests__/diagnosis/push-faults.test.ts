import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameApart } from '../../src/image/tag-conflict.ts';
import { findPushFault, pushFaults } from '../../src/diagnosis/push-faults.ts';
import type { BuildFailure } from '../../src/docker/build-failure.ts';
import type { StepRole } from '../../src/docker/step-roles.ts';

function failureOf(error: string, role: StepRole = 'image export'): BuildFailure {
  const step = { role, name: 'exporting to image', error, lastLines: [] };
  return { step, message: error, lastLines: '' };
}

const push = 'failed to push r/x:t: ';
const table: [name: string | undefined, error: string][] = [
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
    'immutable tag',
    `${push}tag invalid: The image tag 't' already exists in the 'x' repository and cannot be overwritten because the repository is immutable.`,
  ],
  [
    'too many images',
    `${push}denied: The repository with name 'x' in registry with id '123456789012' already has the maximum allowed number of images which is '10000'`,
  ],
  [
    '403 without a reason',
    `${push}failed commit on ref "manifest-sha256:3": unexpected status from PUT request to https://r/v2/x/manifests/t: 403 Forbidden`,
  ],
  [
    'certificate of the registry',
    `${push}failed to do request: Head "https://r/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  ],
  [
    'registry out of reach',
    `${push}failed to do request: Put "http://r/v2/": read tcp: connection reset by peer`,
  ],
  [
    'registry out of reach',
    `${push}unexpected status from PUT request to http://r/v2/: 500 Internal Server Error`,
  ],
  ['named by another build', 'image "r/x:t": already exists'],
  [undefined, 'process "/bin/sh -c make" did not complete successfully: exit code: 2'],
  // A layer that the push could not fetch, from a registry that anybody can name.
  [undefined, `${push}failed to copy: httpReadSeeker: failed open: 405 Method Not Allowed`],
  [
    undefined,
    `${push}failed to copy: httpReadSeeker: failed open: denied: Your authorization token has expired`,
  ],
  [undefined, 'failed to copy: httpReadSeeker: failed open: toomanyrequests: Rate exceeded'],
  [undefined, 'busybox: toomanyrequests: You have reached your pull rate limit.'],
  [undefined, ''],
];

test('a failed push is known by what the registry said', () => {
  for (const [name, error] of table) assert.equal(findPushFault(failureOf(error))?.name, name, error);
});

test("where a commit's tag cannot move, two images of the commit are told what to set, as before the build", () => {
  const fault = findPushFault(failureOf(table.find(([name]) => name === 'immutable tag')?.[1] ?? ''));
  assert.ok(fault?.remedy.includes(nameApart), fault?.remedy);
});

test('buildx itself pushes an image of the classic store, and an index over several nodes', () => {
  const expired = 'denied: Your authorization token has expired. Reauthenticate and try again.';
  assert.equal(findPushFault(failureOf(expired, 'push'))?.name, 'expired login');
});

test('what any other step says, or the last words of buildx, is no fault of the push', () => {
  for (const [, error] of table) {
    for (const role of ['other', 'cache import', 'cache export'] as const)
      assert.equal(findPushFault(failureOf(error, role)), undefined, error);
    assert.equal(findPushFault({ message: error, lastLines: error }), undefined, error);
  }
});

test('only what passes is tried again', () => {
  const again = table
    .map(([, error]) => findPushFault(failureOf(error)))
    .filter(fault => fault && fault.retries > 0);
  assert.deepEqual(
    new Set(again.map(fault => fault?.name)),
    new Set([
      'expired login',
      'refused without a reason',
      '403 without a reason',
      'throttled',
      'named by another build',
      'registry out of reach',
    ]),
  );
});

test('every fault of a push is known by the words that the page has for it', () => {
  for (const { name, examples } of pushFaults) {
    for (const each of examples) {
      const error = each.startsWith('image "') ? each : `${push}${each}`;
      assert.equal(findPushFault(failureOf(error))?.name, name, each);
    }
  }
});
