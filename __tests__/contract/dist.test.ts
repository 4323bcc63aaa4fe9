import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../world/world.ts';

const run = promisify(execFile);

test('dist/ is what script/build makes of the sources', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dist-'));
  try {
    await run(join(root, 'script/build'), [folder]);
    const [built, committed] = await Promise.all([contentOf(folder), contentOf(join(root, 'dist'))]);
    assert.deepEqual([...built.keys()], [...committed.keys()]);
    const stale = [...built].filter(([file, text]) => committed.get(file) !== text).map(([file]) => file);
    assert.deepEqual(stale, [], 'run script/build and commit dist/ with the sources it belongs to');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

// Of a bundle in several files ncc lists only the packages in those that are loaded lazily. webpack names the modules that it
// joined in one scope, which are enough to notice when the first file holds packages.
test('licenses.txt names the packages that are in the bundle', async () => {
  const content = await contentOf(join(root, 'dist'));
  const code = [...content].filter(([file]) => file.endsWith('.js')).map(([, text]) => text);
  const joined = code
    .join('\n')
    .matchAll(/^;\/\/ CONCATENATED MODULE: \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/gm);
  const packages = new Set(Array.from(joined, ([, name]) => name ?? ''));
  assert.ok(packages.size > 10, 'the modules are found');
  const lines = new Set(content.get('licenses.txt')?.split('\n'));
  assert.deepEqual(packages.difference(lines), new Set());
});

async function contentOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
  const byName = files.map((file, index) => [file.slice(folder.length + 1), texts[index] ?? ''] as const);
  return new Map(byName.toSorted(([a], [b]) => a.localeCompare(b)));
}
