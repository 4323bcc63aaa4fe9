import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCommandFiles, jobOutputFaults, parsePairs, readCommandFiles } from './command-files.ts';

test('lines and heredocs are read to the letter', () => {
  const cases: [string, Record<string, string>][] = [
    ['', {}],
    ['a=1', { a: '1' }],
    ['a=1\n\nb=2\n', { a: '1', b: '2' }],
    ['a==<<x\n', { a: '=<<x' }],
    ['a<<E\nE\n', { a: '' }],
    ['a<<E\n\nE', { a: '' }],
    ['a<<E\none\n E\ntwo\n\nE\nb=2', { a: 'one\n E\ntwo\n', b: '2' }],
    ['a<<b=c\none\nb=c\n', { a: 'one' }],
    ['a=1\r\n', { a: '1\r' }],
  ];
  for (const [text, expected] of cases) assert.deepEqual(parsePairs(text), expected, JSON.stringify(text));
});

test('anything else is an error in the runner’s words', () => {
  const cases: [string, string][] = [
    ['nonsense', "Invalid format 'nonsense'"],
    ['=1', "Invalid format '=1'. Name must not be empty"],
    ['<<E\nE', "Invalid format '<<E'. Name must not be empty and delimiter must not be empty"],
    ['a<<\n', "Invalid format 'a<<'. Name must not be empty and delimiter must not be empty"],
    ['a<<E\none\n', "Invalid value. Matching delimiter not found 'E'"],
    ['a<<E\noneE', 'Invalid value. EOF marker missing new line.'],
    ['a=b\0c', "Invalid format 'a=b\0c'"],
  ];
  for (const [text, message] of cases)
    assert.throws(() => parsePairs(text), { message }, JSON.stringify(text));
});

test('the outputs of a job take a mebibyte of UTF-16 together, and more of them turn it red', async () => {
  const most = 1024 * 512;
  assert.deepEqual(jobOutputFaults({ a: 'x'.repeat(most - 1) }), []);
  const message = 'Job outputs exceed 1,048,576 bytes';
  assert.deepEqual(jobOutputFaults({ a: 'x'.repeat(most) }), ['Fail to evaluate job outputs', message]);
  assert.deepEqual(jobOutputFaults({ a: 'ü'.repeat(most / 2), b: 'x'.repeat(most / 2) }).at(-1), message);

  const temp = await mkdtemp(join(tmpdir(), 'command-files-'));
  const files = await createCommandFiles(temp);
  await writeFile(files.GITHUB_OUTPUT, `a=${'x'.repeat(most)}\n`);
  const { failures, outputs } = await readCommandFiles(files);
  await rm(temp, { recursive: true });
  assert.equal(failures.at(-1), message);
  assert.equal(outputs['a']?.length, most);
});
