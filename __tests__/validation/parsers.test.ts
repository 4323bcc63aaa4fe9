import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRuleLines } from '../../src/validation/csv-attributes.ts';
import {
  parseChoice,
  parseDuration,
  parseBoolean,
  parseList,
  parseLines,
  parsePlainLines,
  sayFaults,
  parseWholeNumber,
} from '../../src/validation/parsers.ts';

test('durations are seconds, or a number with its unit', () => {
  const table: [string, number][] = [
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['1.5m', 90_000],
    ['45', 45_000],
    ['6h', 21_600_000],
  ];
  for (const [text, value] of table) assert.deepEqual(parseDuration(text), { value }, text);
  for (const text of ['', '0', '0s', '10 minutes', '-5m', '7h', '1d', 'ten', '1e3', '10m30s', '90ms']) {
    assert.ok('problem' in parseDuration(text), text);
  }
});

test('a choice is found whatever its case, and a misspelt one is guessed', () => {
  assert.deepEqual(parseChoice('Critical', ['critical', 'high']), { value: 'critical' });
  assert.deepEqual(parseChoice('immutable', ['IMMUTABLE']), { value: 'IMMUTABLE' });
  assert.deepEqual(parseChoice('critcal', ['critical', 'high']), {
    problem: 'is not one of the choices',
    remedy: "Allowed: critical, high. Did you mean 'critical'?",
  });
  assert.deepEqual(parseChoice('everything', ['critical', 'high']), {
    problem: 'is not one of the choices',
    remedy: 'Allowed: critical, high.',
  });
});

test("booleans are YAML's", () => {
  for (const text of ['true', 'True', 'TRUE']) assert.deepEqual(parseBoolean(text), { value: true });
  for (const text of ['false', 'False', 'FALSE']) assert.deepEqual(parseBoolean(text), { value: false });
  for (const text of ['yes', '1', 'on', 'tRUE', '']) assert.ok('problem' in parseBoolean(text), text);
});

test('whole numbers keep their limits', () => {
  const limits = { min: 900, max: 43_200 };
  assert.deepEqual(parseWholeNumber('3600', limits), { value: 3600 });
  for (const text of ['899', '43201', '1e3', '3600.5', '1h', '-900']) {
    assert.ok('problem' in parseWholeNumber(text, limits), text);
  }
});

test('lines keep their commas, items are cut at them, quotes hold both together', () => {
  const table: [text: string, lines: string[], items: string[]][] = [
    ['', [], []],
    ['a\nb', ['a', 'b'], ['a', 'b']],
    [' a , b \n\n c ', ['a , b', 'c'], ['a', 'b', 'c']],
    ['MSG=Hello, world', ['MSG=Hello, world'], ['MSG=Hello', 'world']],
    ['CFG={"a":1,"b":2}', ['CFG={"a":1,"b":2}'], ['CFG={"a":1', '"b":2}']],
    ['J=["a", "b"]', ['J=["a", "b"]'], ['J=["a"', '"b"]']],
    ['LIST=1,2,3', ['LIST=1,2,3'], ['LIST=1', '2', '3']],
    ['TEXT=say "hi"', ['TEXT=say "hi"'], ['TEXT=say "hi"']],
    [
      '"TWO=line one\nline two"\nNEXT=1',
      ['TWO=line one\nline two', 'NEXT=1'],
      ['TWO=line one\nline two', 'NEXT=1'],
    ],
    ['linux/amd64,linux/arm64', ['linux/amd64,linux/arm64'], ['linux/amd64', 'linux/arm64']],
    ['# don\'t, "quote\na=1#2\n  # this, too\n#b=3\n', ['a=1#2'], ['a=1#2']],
    ['"a=1\n# of a"\nb=#2,#3', ['a=1\n# of a', 'b=#2,#3'], ['a=1\n# of a', 'b=#2', '#3']],
  ];
  for (const [text, lines, items] of table) {
    assert.deepEqual(parseLines(text), { value: lines }, text);
    assert.deepEqual(parseList(text), { value: items }, text);
  }
  assert.ok('problem' in parseLines('"never closed'));
});

test('a comment is no item of a plain list', () => {
  assert.deepEqual(parsePlainLines('# files\n out \n  #\ntype=tar,dest=#1.tar'), {
    value: ['out', 'type=tar,dest=#1.tar'],
  });
});

test('line ends of both kinds end a line, in one list too', () => {
  for (const [text, items] of [
    ['a=1\r\nb=2\nc=3\r\n', ['a=1', 'b=2', 'c=3']],
    ['a=1\nb=2\r\nc=3', ['a=1', 'b=2', 'c=3']],
    ['a=1\rb=2', ['a=1', 'b=2']],
    ['"a=1\r\n2"\nb=3', ['a=1\r\n2', 'b=3']],
  ] as const) {
    assert.deepEqual(parseLines(text), { value: items }, JSON.stringify(text));
    assert.deepEqual(parseList(text), { value: items }, JSON.stringify(text));
  }
  const rules = parseRuleLines('type=sha\r\nlatest\ntype=edge');
  assert.ok('value' in rules);
  assert.deepEqual(
    rules.value.map(({ text }) => text),
    ['type=sha', 'latest', 'type=edge'],
  );
});

test('an error shows the beginning of a value, on one line, and tells the first of many faults', () => {
  const fault = { input: 'labels', problem: 'has no name', remedy: 'Give NAME=value.' };
  const said = (value: string): string => sayFaults([{ ...fault, value }]).message;
  assert.match(said('a'.repeat(2_600_000)), /labels: 'a{200}…' \(2,600,000 characters\) has no name\./);
  assert.match(said('a\nb\r\u0000\u001B[31m\uD800\u202E'), /'a\\nb\\r\\u0000\\u001b\[31m\\ud800\\u202e' has/);
  assert.match(said('größe=🐳'), /'größe=🐳' has/);
  const inProblem = sayFaults([{ ...fault, value: 'x', problem: `has '${'a'.repeat(5_000)}'` }]).message;
  assert.ok(inProblem.length < 1_200);
  const many = sayFaults(Array.from({ length: 20_000 }, () => ({ ...fault, value: 'x' }))).message;
  assert.equal(many.split('\n').length, 22);
  assert.match(many, /^20,000 inputs need a change:\n.*\n- and 19,980 more$/s);
});

test('all faults stand in one message, and each names its input, its value and the way out', () => {
  const one = {
    input: 'fail-on',
    value: 'critcal',
    problem: 'is not one of the choices',
    remedy: 'Allowed: none.',
  };
  assert.equal(
    sayFaults([one]).message,
    "An input needs a change: fail-on: 'critcal' is not one of the choices. Allowed: none.",
  );
  const two = sayFaults([one, { ...one, input: 'cache', value: 'x' }]).message;
  assert.match(two, /^2 inputs need a change:\n- fail-on: 'critcal' .*\n- cache: 'x' .*$/);
});
