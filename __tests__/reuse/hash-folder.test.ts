import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { hashFolder } from '../../src/reuse/hash-folder.ts';

const everything = { ignores: (_path: string) => false, hasExceptions: false };

/** A folder that is gone when it is disposed of, and its hash. */
async function startFolder() {
  const path = await mkdtemp(join(tmpdir(), 'context-'));
  const at = (name: string) => join(path, name);
  await mkdir(at('lib'));
  await writeFile(at('greeting'), 'hello\n');
  await writeFile(at('lib/large'), Buffer.alloc(3_000_000, 'x'));
  await symlink('greeting', at('link'));
  const signal = new AbortController().signal;
  return {
    at,
    hash: async (options: Partial<typeof everything> = {}) => {
      const found = await hashFolder(path, { ...everything, ...options, signal });
      return found.kind === 'known' ? found.hash : found.reason;
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

test('whatever a build can tell apart in a folder makes another hash, and what it ignores makes none', async () => {
  await using folder = await startFolder();
  const { at, hash } = folder;
  const seen = [await hash()];
  assert.match(seen[0] ?? '', /^[0-9a-f]{64}$/);
  assert.equal(await hash(), seen[0]);
  const changes = [
    () => writeFile(at('greeting'), 'hello!\n'),
    () => writeFile(at('greeting'), 'hello!\r\n'),
    () => chmod(at('greeting'), 0o755),
    () => writeFile(at('lib/large'), Buffer.alloc(3_000_000, 'y')),
    () => rm(at('link')),
    () => symlink('lib', at('link')),
    () => mkdir(at('empty')),
    () => writeFile(at('empty/new'), ''),
  ];
  for (const change of changes) {
    await change();
    seen.push(await hash());
  }
  assert.equal(new Set(seen).size, seen.length, seen.join('\n'));

  const ignores = (path: string) => path.startsWith('lib');
  const without = await hash({ ignores });
  await writeFile(at('lib/other'), '');
  assert.equal(await hash({ ignores }), without);
  const withException = (path: string) => ignores(path) && path !== 'lib/other';
  assert.notEqual(await hash({ ignores: withException, hasExceptions: true }), without);
});

test('what cannot be compared is named: a repository among the files, and what is neither file nor folder nor link', async () => {
  await using folder = await startFolder();
  const { at, hash } = folder;
  await mkdir(at('lib/.git'));
  assert.equal(
    await hash(),
    '`lib/.git` is in the context and differs from commit to commit: add it to .dockerignore',
  );
  assert.match(await hash({ ignores: path => path.endsWith('.git') }), /^[0-9a-f]{64}$/);
  await rm(at('lib/.git'), { recursive: true });
  await promisify(execFile)('mkfifo', [at('pipe')]);
  assert.equal(await hash(), '`pipe` is neither a file nor a folder nor a link');
});

test('a name that is no UTF-8 is told, and left out where the build ignores it', async () => {
  await using folder = await startFolder();
  const { at, hash } = folder;
  const before = await hash();
  await writeFile(Buffer.concat([Buffer.from(at('caf')), Buffer.from([0xe9])]), '');
  assert.equal(await hash(), 'the name `caf\uFFFD` is no UTF-8');
  assert.equal(await hash({ ignores: path => path.startsWith('caf'), hasExceptions: true }), before);
});
