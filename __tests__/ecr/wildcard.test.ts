import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { matchesWildcard } from '../../src/ecr/wildcard.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), maxLength: 8 });

test('a filter covers a whole text, and each `*` any part of it', () => {
  assert.equal(matchesWildcard('1.2', '*.*'), true);
  assert.equal(matchesWildcard('latest', 'late'), false);
  assert.equal(matchesWildcard('aba', 'ab*ba'), false, 'no character counts twice');
});

test('it says what the same filter says as a regular expression', () => {
  fc.assert(
    fc.property(letters, fc.array(letters, { minLength: 1, maxLength: 4 }), (text, parts) => {
      const expression = new RegExp(`^${parts.map(part => RegExp.escape(part)).join('.*')}$`);
      assert.equal(matchesWildcard(text, parts.join('*')), expression.test(text));
    }),
  );
});
