import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hideSecrets } from '../../src/build/hide-secrets.ts';
import { replaceMasked } from '../../src/platform/masked-values.ts';
import { build } from '../sample.ts';

test('a dummy password in a build argument hides no other word, and a long one is hidden', () => {
  const token = 'ghs_0123456789abcdefABCDEF';
  const buildArgs = [
    'DATABASE_URL=postgresql://user:pass@localhost:5432/app',
    `URL=https://x:${token}@host/`,
  ];
  hideSecrets({ ...build, buildArgs }, () => undefined);
  assert.equal(replaceMasked('passed'), 'passed');
  assert.doesNotMatch(replaceMasked(`the ${token}`), /ghs_/);
});
