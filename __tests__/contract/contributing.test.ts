import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../world/world.ts';

const guide = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');

test('CONTRIBUTING names every folder and file that src/ begins with', async () => {
  const entries = await readdir(join(root, 'src'), { withFileTypes: true });
  const names = entries.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  const unnamed = names.filter(name => !guide.includes(`\`${name}\``));
  assert.deepEqual(unnamed, []);
});

test('CONTRIBUTING names every command, and no other', async () => {
  const names = await readdir(join(root, 'script'));
  const commands = names.filter(name => !name.includes('.') && !parts.has(name));
  for (const name of commands) {
    assert.ok(guide.includes(`script/${name}`), name);
    assert.ok((await stat(join(root, 'script', name))).mode & 0o100, `${name} can be started`);
  }
  const named = Array.from(guide.matchAll(/\bscript\/([\w-]+)/g), ([, name = '']) => name);
  assert.deepEqual(
    named.filter(name => !names.includes(name)),
    [],
  );
});

/** What the commands themselves start. */
const parts = new Set(['engine-leftovers', 'engine-packages', 'world']);

test('CONTRIBUTING names every folder of tests that mirrors none of src/', async () => {
  const [tests, sources] = await Promise.all(['__tests__', 'src'].map(name => readdir(join(root, name))));
  const own = (tests ?? []).filter(name => !name.includes('.') && !sources?.includes(name));
  assert.deepEqual(
    own.filter(name => !guide.includes(`\`__tests__/${name}\``)),
    [],
  );
});
