import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../world/world.ts';

interface Described {
  description?: string;
  default?: string;
}

const read = (file: string): Promise<string> => readFile(join(root, file), 'utf8');
const action: {
  inputs: Record<string, Described>;
  outputs: Record<string, Described>;
  runs: Record<string, string>;
} = parse(await read('action.yml'));
const readme = await read('README.md');

test('every input of action.yml is read, and no other is', async () => {
  const source = `${await read('src/inputs.ts')}${await read('src/rules/role-inputs.ts')}`;
  const names = Array.from(source.matchAll(/(?:door\.\w+|getInput)\(\s*'([a-z-]+)'/g), match => match[1]);
  assert.deepEqual(new Set(names), new Set(Object.keys(action.inputs)));
});

test('every output of action.yml is set, and no other is', async () => {
  const [outputs, severity] = await Promise.all([read('src/outputs.ts'), read('src/rules/severity.ts')]);
  const severities = Array.from(
    /severities = \[(.*)\]/.exec(severity)?.[1]?.matchAll(/'(\w+)'/g) ?? [],
    match => match[1],
  );
  const names = Array.from(outputs.matchAll(/setOutput\('([a-z-]+)'/g), match => match[1]);
  assert.deepEqual(new Set([...names, ...severities]), new Set(Object.keys(action.outputs)));
});

test('every input and output is described, in the same words in the README', () => {
  const inputs = Object.entries(action.inputs).map(([name, { description = '', default: preset }]) =>
    rowOf([`\`${name}\``, preset === undefined ? '' : `\`${preset}\``, description]),
  );
  const outputs = Object.entries(action.outputs).map(([name, { description = '' }]) =>
    rowOf([`\`${name}\``, description]),
  );
  const rows = readme.split('\n').filter(line => line.startsWith('| `'));
  const told = rows.map(row => rowOf(row.slice(1, -1).split(/(?<!\\)\|/)));
  assert.deepEqual(told, [...inputs, ...outputs]);
});

/** A table's row without the spaces that align it. */
function rowOf(cells: string[]): string {
  return cells.map(cell => cell.trim()).join(' | ');
}

test('it runs on Node 24, and post runs whatever happened', () => {
  assert.deepEqual(action.runs, {
    using: 'node24',
    main: 'dist/main/index.js',
    post: 'dist/post/index.js',
    'post-if': 'always()',
  });
});
