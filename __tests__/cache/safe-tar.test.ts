import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { makeSafeTar, whyForeign } from '../../src/cache/safe-tar.ts';
import { withTempDir } from '../../src/platform/temp-dir.ts';
import { tarOf } from '../world/github/tar.ts';
import type { TarMember } from '../world/github/tar.ts';
import { poisons, startOutside } from './poisons.ts';

const execute = promisify(execFile);

/** Unpacks an archive as the cache client does; why the result is not used, or `undefined` where it is. */
async function unpack(members: TarMember[]): Promise<string | undefined> {
  return withTempDir(async folder => {
    const archive = join(folder, 'archive.tar');
    const workspace = join(folder, 'workspace');
    await mkdir(workspace);
    await writeFile(archive, tarOf(members));
    const tar = await makeSafeTar(join(folder, 'programs'), process.env['PATH'] ?? '');
    const unpacking = execute('tar', ['-xf', archive, '-P', '-C', workspace], { env: { PATH: tar.path } });
    const failed = await unpacking.then(
      () => false,
      () => true,
    );
    return failed ? tar.output() : whyForeign(workspace, 'layers');
  });
}

test('an archive that reaches outside, or holds what is no cache, is not used and writes nothing outside', async () => {
  await using outside = await startOutside();
  for (const [what, members] of Object.entries(poisons('layers', outside))) {
    assert.notEqual(await unpack(members), undefined, what);
    assert.deepEqual(await readdir(outside.folder), ['victim'], what);
    assert.equal((await stat(outside.victim)).nlink, 1, what);
  }
});

test('an archive of files and folders is used', async () => {
  const why = await unpack([
    { name: 'layers/', kind: 'folder', mode: 0o755 },
    { name: 'layers/index.json', kind: 'file', content: '{}' },
    { name: 'layers/blobs/', kind: 'folder', mode: 0o755 },
    { name: 'layers/blobs/one', kind: 'file', content: 'x' },
  ]);
  assert.equal(why, undefined);
});
