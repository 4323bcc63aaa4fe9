import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { restoreArchive } from '../../src/cache/github-archive.ts';
import { jobOf } from '../in-process.ts';

const folder = await mkdtemp(join(tmpdir(), 'archive-'));
after(() => rm(folder, { recursive: true, force: true }));

test("a client of GitHub's cache that never ends is given up after its time", async () => {
  // The program that is beside the action's own.
  await writeFile(join(folder, 'cache-worker.js'), 'setInterval(() => {}, 1000);');
  process.argv[1] = join(folder, 'main.js');
  process.env['RUNNER_TEMP'] = folder;
  const lines: string[] = [];
  const log = {
    info: () => {},
    raw: () => {},
    result: () => {},
    warn: (text: string) => void lines.push(text),
  };
  const archive = { folder: join(folder, 'layers'), key: 'layers-1', fallbackKeys: [] };
  const found = await restoreArchive(jobOf(lines), archive, { log, timeoutMs: 200 });
  assert.equal(found, 'failed');
  assert.match(lines.join('\n'), /^GitHub's cache took longer than .* minutes and was given up\.$/);
});
