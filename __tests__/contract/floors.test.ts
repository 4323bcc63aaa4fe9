import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { root } from '../world/world.ts';

/** A file of src/ and what it imports; `types` are gone when it runs. */
interface Source {
  file: string;
  floor: string;
  values: string[];
  types: string[];
}

const sources = await readSources();

/** What each floor may import: design by which a change stays where it belongs. */
const floors: Record<string, string[]> = {
  main: ['inputs', 'outputs', 'steps', 'rules', 'platform'],
  post: ['platform'],
  archive: [],
  inputs: ['rules', 'platform'],
  outputs: ['rules', 'platform', 'steps'],
  steps: ['rules', 'platform'],
  rules: ['rules'],
  platform: ['platform'],
};

/** Each outside thing has one owner. */
const owners: Record<string, RegExp> = {
  '@actions/core': /^(platform\/(runner|state)|inputs|outputs)\.ts$/,
  '@actions/cache': /^archive\.ts$/,
  'node:child_process': /^platform\/docker\.ts$/,
  '@aws-sdk/client-ecr': /^platform\/ecr\.ts$/,
  '@aws-sdk/client-ecr-public': /^platform\/ecr-public\.ts$/,
  '@aws-sdk/client-inspector2': /^platform\/inspector\.ts$/,
  '@aws-sdk/client-sts': /^platform\/sts\.ts$/,
};

test('no floor imports from above, and steps do not import steps', () => {
  for (const { file, floor, values } of sources) {
    const allowed = floors[floor] ?? [];
    for (const target of values.filter(each => each.startsWith('.'))) {
      const targetFloor = floorOf(normalize(join(dirname(file), target)));
      assert.ok(allowed.includes(targetFloor), `${file} imports ${target}`);
    }
  }
});

test('outputs know steps by their types alone', () => {
  const outputs = sources.find(({ file }) => file === 'outputs.ts');
  assert.deepEqual(
    outputs?.values.filter(each => each.includes('/steps/')),
    [],
  );
});

test('rules reach nothing of the outside', () => {
  for (const { file, values } of sources.filter(({ floor }) => floor === 'rules')) {
    // Hashing is arithmetic, and so is comparing versions.
    const arithmetic = new Set(['node:crypto', '@renovatebot/pep440']);
    const outside = values.filter(each => /^(node:|@)/.test(each) && !arithmetic.has(each));
    assert.deepEqual(outside, [], file);
  }
});

test('each outside thing has one owner', () => {
  for (const { file, values } of sources) {
    for (const [thing, owner] of Object.entries(owners)) {
      if (values.includes(thing)) assert.match(file, owner, `${file} imports ${thing}`);
    }
  }
});

test('main reads like a sentence: no branch in it', async () => {
  const main = await readFile(join(root, 'src/main.ts'), 'utf8');
  assert.doesNotMatch(main, /\bif\b|\?|`/);
});

async function readSources(): Promise<Source[]> {
  const entries = await readdir(join(root, 'src'), { recursive: true });
  const files = entries.filter(file => file.endsWith('.ts')).toSorted();
  return Promise.all(
    files.map(async file => describe(file, await readFile(join(root, 'src', file), 'utf8'))),
  );
}

function describe(file: string, text: string): Source {
  const found = Array.from(text.matchAll(/^import (type )?[^;]*?'([^']+)';|\bimport\('([^']+)'\)/gms));
  const named = found.map(([, type, from, lazy]) => ({
    isType: type !== undefined,
    name: from ?? lazy ?? '',
  }));
  return {
    file,
    floor: floorOf(file),
    values: named.filter(({ isType }) => !isType).map(({ name }) => name),
    types: named.filter(({ isType }) => isType).map(({ name }) => name),
  };
}

function floorOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, '');
}
