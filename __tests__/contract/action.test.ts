import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { withFaults, withTables } from '../../script/docs.ts';
import { root } from '../world/world.ts';

interface Described {
  description?: string;
  default?: string;
}

const read = (file: string): Promise<string> => readFile(join(root, file), 'utf8');
const text = await read('action.yml');
const action: {
  inputs: Record<string, Described>;
  outputs: Record<string, Described>;
  runs: Record<string, string>;
} = parse(text);
const readme = await read('README.md');

test('every input of action.yml is read, and no other is', async () => {
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter(file => file.endsWith('.ts'));
  const sources = await Promise.all(files.map(file => read(`src/${file}`)));
  const source = sources.join('\n');
  const names = Array.from(
    source.matchAll(/\b(?:reader|buildReader)\.\w+\(\s*'([a-z-]+)'/g),
    match => match[1],
  );
  assert.deepEqual(new Set(names), new Set(Object.keys(action.inputs)));
});

test('every output of action.yml is set, and no other is', async () => {
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter(file => file.endsWith('.ts'));
  const sources = await Promise.all(files.map(file => read(`src/${file}`)));
  const severities = /severities = \[(.*)\]/.exec(await read('src/scan/severity.ts'))?.[1] ?? '';
  const told = sources.flatMap(source => source.match(/: OutputValues\b[^]*?\n\}/g) ?? []);
  const set = [
    ...sources.join('\n').matchAll(/\bsetOutput\(\s*'([a-z-]+)'/g),
    ...told.join('\n').matchAll(/\['([a-z-]+)', /g),
    ...severities.matchAll(/'(\w+)'/g),
  ].map(([, name]) => name);
  assert.deepEqual(new Set(set), new Set(Object.keys(action.outputs)));
});

test('every input and output is described, in the same words in the README', async () => {
  for (const [name, { description }] of Object.entries({ ...action.inputs, ...action.outputs }))
    assert.match(description ?? '', /[.;]/, name);
  assert.equal(await withTables(readme, text), readme, 'run script/docs');
});

test('the page about errors has the faults that the step knows, and what it quotes otherwise is what the step says', async () => {
  const page = await read('docs/troubleshooting.md');
  assert.equal(await withFaults(page), page, 'run script/docs');
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter(file => file.endsWith('.ts'));
  const source = (await Promise.all(files.map(file => read(`src/${file}`))))
    .join('\n')
    .replaceAll('\\`', '`');
  const written = page.replaceAll(/<!-- (\w+) -->.*<!-- \/\1 -->/gs, '');
  const fragments = Array.from(written.matchAll(/^```text\n(.*)\n```$/gm), ([, words = '']) => words)
    // AWS itself says this.
    .filter(words => !words.startsWith('Not authorized to perform') && !words.startsWith('is not authorized'))
    .flatMap(words => words.split('…'));
  for (const each of fragments) assert.ok(source.includes(each), each);
});

test('it runs on Node 24, and post runs whatever happened', () => {
  assert.deepEqual(action.runs, {
    using: 'node24',
    main: 'dist/main.js',
    post: 'dist/post.js',
    'post-if': 'always()',
  });
});
