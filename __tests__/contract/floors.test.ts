import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { root } from '../world/world.ts';

/** A file of src/ and the files and packages that it imports. */
interface Source {
  file: string;
  /** The folder, or the name of a file that lies in src/ itself. */
  floor: string;
  text: string;
  imports: Import[];
}

interface Import {
  /** A path below src/, or the name of a package. */
  target: string;
  /** Gone when it runs. */
  isType: boolean;
}

const sources = await readSources();
const byFile = new Map(sources.map(source => [source.file, source]));

/** From the ground up: a folder imports only what stands before it here, and itself. */
const floors = [
  'platform',
  'git',
  'validation',
  'docker',
  'aws',
  'commit',
  'ecr',
  'diagnosis',
  'role',
  'repository',
  'image',
  'scan',
  'cache',
  'tags',
  'build',
  'gate',
  'builder',
  'cache-mounts',
  'copy',
  'report',
  'reuse',
  'merge',
  'promote',
  'copies',
  'replication',
  'build-image',
  'permissions',
  'plan',
  'dry-run',
  'inputs',
  'cache-worker',
  'post',
  'main',
  'programs',
];

/** Each outside thing has one owner. */
const owners: Record<string, RegExp> = {
  '@actions/core': /^(platform\/(actions|log-writer|state|step-log)|inputs)\.ts$/,
  '@actions/cache': /^cache-worker\.ts$/,
  '@actions/http-client': /^platform\/http\.ts$/,
  '@actions/exec': /^platform\/process\.ts$/,
  'node:child_process': /^platform\/program\.ts$/,
  '@aws-sdk/client-ecr': /^aws\/ecr\.ts$/,
  '@aws-sdk/client-ecr-public': /^aws\/ecr-public\.ts$/,
  '@aws-sdk/client-inspector2': /^aws\/inspector\.ts$/,
  '@aws-sdk/client-sts': /^aws\/sts\.ts$/,
};

/** Hashing is arithmetic, and so is comparing versions. */
const arithmetic = new Set(['node:crypto', '@renovatebot/pep440']);

test('a folder imports only what stands below it, types included', () => {
  const above = sources.flatMap(({ file, floor, imports }) =>
    localsOf(imports)
      .filter(({ target }) => floors.indexOf(floorOf(target)) > floors.indexOf(floor))
      .map(({ target }) => `${file} imports ${target}`),
  );
  assert.deepEqual(above, []);
});

test('every folder has its floor', () => {
  assert.deepEqual(new Set(sources.map(({ floor }) => floor)), new Set(floors));
});

test('no files import each other in a circle, types included', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
    if (done.has(file) || path.includes(file)) return;
    for (const { target } of localsOf(byFile.get(file)?.imports ?? [])) visit(target, [...path, file]);
    done.add(file);
  };
  for (const { file } of sources) visit(file, []);
  assert.deepEqual(circles, []);
});

test('no folder is a drawer: at most 25 files', () => {
  const counts = Map.groupBy(
    sources.filter(({ file }) => file.includes('/')),
    ({ floor }) => floor,
  );
  for (const [folder, files] of counts) assert.ok(files.length <= 25, `${folder} has ${files.length} files`);
});

test('what is read and planned is pure: plan.ts and inputs.ts reach no effect', () => {
  const starts = sources.filter(({ file }) => /(^|\/)(plan|permissions|[\w-]*inputs)\.ts$/.test(file));
  for (const { file } of starts.filter(each => each.file !== 'inputs.ts')) {
    for (const reached of reachedFrom(file)) {
      const outside = (byFile.get(reached)?.imports ?? [])
        .filter(({ target, isType }) => !isType && /^(node:|@)/.test(target) && !arithmetic.has(target))
        .map(({ target }) => target);
      assert.deepEqual(outside, [], `${file} reaches ${reached}`);
    }
  }
});

test('a step calls no step: a file that opens one takes no value of another that does', () => {
  const isStep = (file: string): boolean => /\bjob\.step\(/.test(byFile.get(file)?.text ?? '');
  const calls = sources
    .filter(({ file }) => isStep(file))
    .flatMap(({ file, imports }) =>
      localsOf(imports)
        .filter(({ target, isType }) => !isType && isStep(target))
        .map(({ target }) => `${file} imports ${target}`),
    );
  assert.deepEqual(calls, []);
});

test('each outside thing has one owner', () => {
  for (const { file, imports } of sources) {
    for (const { target, isType } of imports) {
      const owner = owners[target];
      if (owner !== undefined && !isType) assert.match(file, owner, `${file} imports ${target}`);
    }
  }
});

test("only the log's writer writes to the log", () => {
  // The output of the cache worker is read by the process that started it.
  const writers = new Set(['platform/log-writer.ts', 'cache-worker.ts']);
  for (const { file, text } of sources)
    if (!writers.has(file))
      assert.doesNotMatch(text, /\bconsole\.\w+\(|\bprocess\.std(?:out|err)|\bcore\.info\b/, file);
});

test('nobody but main, inputs and the dry run knows the whole plan', () => {
  const knowing = sources.filter(({ imports }) => imports.some(({ target }) => target === 'plan.ts'));
  for (const { file } of knowing) assert.match(file, /^(main|inputs|dry-run\/[\w-]+)\.ts$/);
});

test('main reads like a sentence: no branch and no string work in it', () => {
  assert.doesNotMatch(byFile.get('main.ts')?.text ?? '', /\bif\b|\?[^:]*:|`/);
});

function localsOf(imports: Import[]): Import[] {
  return imports.filter(({ target }) => byFile.has(target));
}

/** The files that run when this one is loaded, itself included. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file)) return reached;
  reached.add(file);
  const { imports = [] } = byFile.get(file) ?? {};
  for (const { target, isType } of localsOf(imports)) if (!isType) reachedFrom(target, reached);
  return reached;
}

async function readSources(): Promise<Source[]> {
  const entries = await readdir(join(root, 'src'), { recursive: true });
  const files = entries.filter(file => file.endsWith('.ts')).toSorted();
  return Promise.all(
    files.map(async file => {
      const text = await readFile(join(root, 'src', file), 'utf8');
      return { file, floor: floorOf(file), text, imports: importsIn(file, text) };
    }),
  );
}

function importsIn(file: string, text: string): Import[] {
  const found = text.matchAll(
    /^(?:import|export) (type )?(?:[^;']*? from )?'([^']+)';|\bimport\(\s*'([^']+)'\s*\)/gms,
  );
  return Array.from(found, ([, type, from, lazy]) => {
    const given = from ?? lazy ?? '';
    return {
      target: given.startsWith('.') ? normalize(join(dirname(file), given)) : given,
      isType: type !== undefined,
    };
  });
}

function floorOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, '');
}
