import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { whyUnusable } from '../../src/platform/workspace.ts';

test('a place for an output is refused where nothing can be written, and made where it is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'workspace-'));
  try {
    const [file, closed] = [join(folder, 'file'), join(folder, 'closed')];
    await writeFile(file, '');
    await mkdir(closed);
    const places: [path: string, problem: RegExp | undefined][] = [
      [join(folder, 'out'), undefined],
      [join(folder, 'new', 'out.tar'), undefined],
      [file, undefined],
      ['/dev/null', undefined],
      [join(file, 'out'), /^would be below \S+file, which is a file$/],
      [join(file, 'a', 'b'), /^would be below \S+file, which is a file$/],
      // Root may write to every folder.
      [closed, process.getuid?.() === 0 ? undefined : /^cannot be written \(EACCES\)$/],
      [join(closed, 'out'), process.getuid?.() === 0 ? undefined : /^cannot be written \(EACCES\)$/],
    ];
    await chmod(closed, 0o555);
    for (const [path, problem] of places) {
      const found = whyUnusable(path, 'output');
      if (problem === undefined) assert.equal(found, undefined, path);
      else assert.match(found?.problem ?? '', problem, path);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
