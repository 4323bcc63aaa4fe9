import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemWithExpiry } from '../../src/repository/lifecycle-safety.ts';

const image = { imageDigest: 'sha256:a', imageTags: ['1.2.3'], appliedRulePriority: 2 };
const expired = { ...image, action: { type: 'EXPIRE' as const } };
const archived = { ...image, action: { type: 'TRANSITION' as const } };
const other = { ...expired, imageDigest: 'sha256:b', imageTags: ['old'] };

test('what is in use is neither expired nor archived by a policy, and what is not may be', () => {
  const message = (...results: Parameters<typeof problemWithExpiry>[0]) =>
    problemWithExpiry(results, { digest: 'sha256:c', tags: ['1.2.3'] })?.message ?? '';
  assert.equal(message(other, { ...other, action: { type: 'TRANSITION' } }), '');
  assert.match(
    message(expired, other),
    /would expire an image that is in use:\n- sha256:a \(1\.2\.3\), by rule 2$/,
  );
  assert.match(message(archived), /would archive an image that is in use:\n- .*, archived by rule 2$/);
  assert.match(
    message(archived, { ...expired, imageDigest: 'sha256:c', imageTags: [] }),
    /would expire or archive 2 images that are in use:\n.*archived by rule 2\n.*being pushed\), expired by rule 2$/,
  );
});
