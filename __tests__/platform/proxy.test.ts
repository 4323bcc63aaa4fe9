import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceMasked } from '../../src/platform/masked-values.ts';
import { useProxy } from '../../src/platform/proxy.ts';

test('the password of a proxy is masked in both its forms, unless it is so short that other text would go', () => {
  const kept = { ...process.env };
  try {
    useProxy({ proxy: 'http://user:to%2Bken@proxy:3128' });
    assert.equal(replaceMasked('to%2Bken or to+ken'), '*** or ***');
    useProxy({ proxy: 'http://user:ab@proxy:3128' });
    assert.equal(replaceMasked('an able cab'), 'an able cab');
  } finally {
    process.env = kept;
  }
});
