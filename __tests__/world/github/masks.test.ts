import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMasks } from './masks.ts';

test('masked values are hidden as they are and in other spellings', () => {
  const masks = createMasks(['pass"word/1']);
  const spellings = [
    'pass"word/1',
    JSON.stringify('pass"word/1').slice(1, -1),
    encodeURIComponent('pass"word/1'),
    'pass&quot;word/1',
    btoa('pass"word/1'),
  ];
  for (const spelling of spellings) assert.equal(masks.hide(`<${spelling}>`), '<***>', spelling);
});

test('masks that overlap or touch become one', () => {
  const masks = createMasks(['abc', 'cde', 'fg']);
  assert.equal(masks.hide('-abcde-abcfg-aba-'), '-***-***-aba-');
  assert.equal(createMasks(['aa']).hide('aaa b'), '*** b');
});

test('a value of several lines hides each of them, and an empty one nothing', () => {
  const masks = createMasks();
  masks.add('first\r\nsecond\n');
  masks.add('');
  assert.equal(masks.hide('second, then first'), '***, then ***');
});
