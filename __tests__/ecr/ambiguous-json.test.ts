import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { findAmbiguousMember } from '../../src/ecr/ambiguous-json.ts';

test('no JSON that has each name once is taken for ambiguous', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'), (value, space) => {
      assert.equal(findAmbiguousMember(JSON.stringify(value, null, space), {}), undefined);
    }),
  );
});

test('a repeated name is found wherever it is and however it is escaped', () => {
  const escaped = (name: string): string =>
    `"${Array.from({ length: name.length }, (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.tuple(fc.string(), fc.jsonValue()), { maxLength: 5 }),
      fc.array(fc.constantFrom('[', '{'), { maxLength: 20 }),
      (name, others, around) => {
        const between = [...new Map(others)].filter(([each]) => each !== name);
        const members = [
          `${JSON.stringify(name)}:1`,
          ...between.map(([each, value]) => `${JSON.stringify(each)}:${JSON.stringify(value)}`),
          `${escaped(name)}:2`,
        ];
        const opened = around.map(each => (each === '[' ? '[0,' : '{"a":')).join('');
        const closed = around
          .toReversed()
          .map(each => (each === '[' ? ']' : '}'))
          .join('');
        const json = `${opened}{${members.join(',')}}${closed}`;
        JSON.parse(json);
        assert.equal(findAmbiguousMember(json, {})?.kind, 'repeated', json);
      },
    ),
  );
});

test('a struct is found behind arrays and by its exact name alone', () => {
  const struct = { a: { Name: 'free' }, k: 'free' } as const;
  assert.deepEqual(findAmbiguousMember('{"a":[[{"NAME":1}]]}', struct), {
    kind: 'variant',
    path: 'a[0][0].NAME',
    readAs: 'Name',
  });
  assert.deepEqual(findAmbiguousMember('{"\u212A":1}', struct), {
    kind: 'variant',
    path: '\u212A',
    readAs: 'k',
  });
  assert.equal(findAmbiguousMember('{"b":{"NAME":1},"k":{"NAME":1}}', struct), undefined);
});

test('names that Go makes equal by replacing half of a surrogate pair are equal', () => {
  assert.equal(findAmbiguousMember(String.raw`{"a\ud800":1,"a\udbff":2}`, {})?.kind, 'repeated');
});

test('4 MB, the most that ECR stores, take no time worth mentioning', () => {
  const members = Array.from({ length: 400_000 }, (_, at) => `"${at}":0`);
  const began = process.cpuUsage();
  assert.equal(findAmbiguousMember(`{${members.join(',')}}`, {}), undefined);
  assert.ok(process.cpuUsage(began).user < 2_000_000);
});
