import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCacheFault } from '../../src/build/push-errors.ts';

const begin = 'ERROR: failed to build: failed to solve: ';

const key = `${begin}failed to compute cache key: `;

const table: [output: string, isCacheFault: boolean][] = [
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
  [`${begin}blob sha256:0a1b not found`, true],
  [`${begin}maximum timeout reached`, true],
  [`${begin}failed to get state for index 0 on almanac`, true],
  // A file that is not there, a step that fails and a push that is refused fail as well without a cache.
  [`${key}failed to calculate checksum of ref a::b: "/dist": not found`, false],
  [`${begin}process "/bin/sh -c curl" did not complete successfully: exit code: 56`, false],
  [`#5 ERROR: failed to copy: httpReadSeeker: 500\n${begin}process "/bin/sh -c false" failed`, false],
  [`${begin}failed to push r/x:t: failed to copy: io: read/write on closed pipe`, false],
  [`${begin}failed to push r/x:t: failed to copy: httpReadSeeker: failed open: not found`, true],
  [`${begin}failed to push r/x:t: denied: Your authorization token has expired. Reauthenticate`, false],
  ['', false],
];

test('a layer that could not be fetched is told from all else that ends a build', () => {
  for (const [output, expected] of table) assert.equal(isCacheFault(output), expected, output);
});
