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
    const stale = [...built].flatMap(([file, text]) =>
      firstDifference(file, text, committed.get(file) ?? ''),
    );
    assert.deepEqual(stale, [], 'run script/build and commit dist/ with the sources it belongs to');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('licenses.txt names every package that is in the bundle, with its licence', async () => {
  const licenses = await readFile(join(root, 'dist/licenses.txt'), 'utf8');
  // `script/build` has just written it.
  const stats: { modules: Module[] } = JSON.parse(await readFile(join(root, 'build/stats.json'), 'utf8'));
  const packages = new Set(stats.modules.flatMap(packagesIn));
  const direct: { dependencies: Record<string, string> } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  const unbundled = Object.keys(direct.dependencies).filter(name => !packages.has(name));
  assert.deepEqual(unbundled, [], 'what is not bundled is not a dependency');
  assert.deepEqual(unlicensed(packages, licenses), []);
  for (const name of ['dayjs', 'jose', 'csv-parse', 'p-retry'])
    assert.deepEqual(unlicensed(packages, licenses.replace(`\n${name}\n`, '\n')), [name], 'a gap is noticed');
});

/** The first line in which two texts of a file differ, as both have it; empty where they are the same. */
function firstDifference(file: string, built: string, committed: string): string[] {
  if (built === committed) return [];
  const [lines, others] = [built.split('\n'), committed.split('\n')];
  const at = Array.from({ length: Math.max(lines.length, others.length) }, (_, index) => index).find(
    index => lines[index] !== others[index],
  );
  const line = (of: string[]) => JSON.stringify(of[at ?? 0] ?? '').slice(0, 300);
  return [`${file}:${(at ?? 0) + 1} is ${line(lines)}, and is committed as ${line(others)}`];
}

/** A module of webpack's statistics; one that was joined of several has them in `modules`. */
interface Module {
  name: string;
  modules?: Module[];
}

function packagesIn({ name, modules = [] }: Module): string[] {
  const [own] = Array.from(
    name.matchAll(/node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/g),
    ([, found]) => found ?? '',
  ).slice(-1);
  return [...(own === undefined ? [] : [own]), ...modules.flatMap(packagesIn)];
}

/** The packages that have no entry: a line with the name, and one with the licence. */
function unlicensed(packages: Iterable<string>, licenses: string): string[] {
  const lines = licenses.split('\n');
  return [...packages].filter(
    name => !lines.some((line, index) => line === name && lines[index + 1]?.trim()),
  );
}

async function contentOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
  const byName = files.map((file, index) => [file.slice(folder.length + 1), texts[index] ?? ''] as const);
  return new Map(byName.toSorted(([a], [b]) => a.localeCompare(b)));
}
