import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCacheFault, unusableExports } from '../../src/diagnosis/cache-faults.ts';
import type { BuildFailure } from '../../src/docker/build-failure.ts';
import type { StepRole } from '../../src/docker/step-roles.ts';

function failureOf(error: string, role: StepRole = 'other', name = '[2/2] RUN make'): BuildFailure {
  return { step: { role, name, error, lastLines: [] }, message: error, lastLines: '' };
}

const key = 'failed to compute cache key: ';

const table: [error: string, isCacheFault: boolean, role?: StepRole, name?: string][] = [
  [`${key}short read: expected 93 bytes but got 92: unexpected EOF`, true],
  [
    `${key}failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:6d80 (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found`,
    true,
  ],
  [
    `${key}failed to copy: GET http://storage/cache/1\nRESPONSE 404: The specified blob does not exist.`,
    true,
  ],
  [`${key}blob not found`, true],
  ['blob sha256:0a1b not found', true],
  ['maximum timeout reached', true],
  ['failed commit on ref "layer-sha256:0a1b": unexpected commit digest sha256:1', true],
  ['failed to push r/x:t: failed to copy: httpReadSeeker: failed open: not found', true, 'image export'],
  ['failed to copy: httpReadSeeker: failed open: not found', true, 'image export', 'exporting to image'],
  // A file that is not there, a step that fails and a push that is refused fail as well without a cache.
  [`${key}failed to calculate checksum of ref a::b: "/dist": not found`, false],
  ['process "/bin/sh -c curl" did not complete successfully: exit code: 56', false],
  ['failed to push r/x:t: failed to copy: io: read/write on closed pipe', false, 'image export'],
  [
    'failed to push r/x:t: denied: Your authorization token has expired. Reauthenticate',
    false,
    'image export',
  ],
  ['failed to copy: httpReadSeeker: failed open: not found', false, 'cache export'],
  [
    'failed to copy: httpReadSeeker: failed open: not found',
    false,
    'other',
    '[internal] load metadata for r/x',
  ],
  // What an instruction says is quoted.
  [
    'process "/bin/sh -c echo \\"failed to copy: \\" && false" did not complete successfully: exit code: 1',
    false,
  ],
  ['process "failed to copy: " did not complete successfully: blob not found', false],
  [`${key}failed to calculate checksum of ref a::b: "/httpReadSeeker: ": not found`, false],
  ['failed to fetch remote https://h/r.git: git stderr:\nfailed to copy: ', false],
  ['', false],
];

test('a layer that could not be fetched is told from all else that ends a build', () => {
  for (const [error, expected, role, name] of table)
    assert.equal(isCacheFault(failureOf(error, role, name)), expected, error);
});

test("buildx's last words are believed only where no step failed, and only as a whole", () => {
  const lost = `${key}failed to get state for index 0 on [almanac 2/2] RUN make`;
  assert.ok(isCacheFault({ message: lost, lastLines: '' }));
  assert.ok(!isCacheFault({ ...failureOf('process "sh" did not complete'), message: lost }));
  const quoted = [
    'dockerfile parse error on line 1: unknown instruction: failed to copy: ',
    `failed to process "\${X:?}": X: failed to get state for index 0 on x`,
  ];
  for (const message of quoted) assert.ok(!isCacheFault({ message, lastLines: '' }), message);
});

const gha = 'type=gha,scope=x,mode=max';
const optional = 'type=s3,region=eu-central-1,ignore-error=true';
const exports: [message: string, to: string[], left: string[], step?: boolean][] = [
  ['failed to configure gha cache exporter: token is malformed: x', [gha, optional], [optional]],
  ['failed to configure gha cache exporter: token is malformed: x', ['"type=gha",scope=x'], []],
  ['unknown cache exporter: "s3"', [gha, optional], [gha]],
  ['failed to configure s3 cache exporter: no bucket', [optional], []],
  // Whoever does not say that it may fail wants to know.
  ['failed to configure s3 cache exporter: no bucket', ['type=s3,region=x'], ['type=s3,region=x']],
  ['failed to configure gha cache exporter: x', [optional], [optional]],
  ['failed to configure gha cache exporter: x', [gha], [gha], true],
  ['failed to solve: failed to configure gha cache exporter: x', [gha], [gha]],
];

test('a build does without a cache that BuildKit cannot prepare to write, where that may be', () => {
  for (const [message, to, left, isOfStep = false] of exports) {
    const failure = isOfStep ? failureOf(message) : { message, lastLines: '' };
    const unusable = unusableExports(failure, to);
    assert.deepEqual(
      to.filter(each => !unusable.includes(each)),
      left,
      message,
    );
  }
});
