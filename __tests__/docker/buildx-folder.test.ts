import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openBuildxFolder, ownBuildxFolder } from '../../src/docker/buildx-folder.ts';

const scratch = await mkdtemp(join(tmpdir(), 'buildx-'));
after(() => rm(scratch, { recursive: true, force: true }));

/** The folder of a step's own configuration. */
function newOwn(): Promise<string> {
  return mkdtemp(join(scratch, 'own-'));
}

test("buildx's folder is the job's where that can be written, and is made where it is missing", async () => {
  const own = await newOwn();
  const jobs = join(scratch, 'home', '.docker', 'buildx');
  assert.equal(await openBuildxFolder(jobs, own), jobs);
  await writeFile(join(jobs, 'current'), '{}');
  assert.equal(await openBuildxFolder(jobs, own), jobs);
  assert.equal(ownBuildxFolder(own), undefined);
});

test('where nobody may write, it is one of the step, with the builders that are known', async () => {
  const own = await newOwn();
  const made = await openBuildxFolder('/proc/buildx', own);
  assert.equal(made, ownBuildxFolder(own));
  assert.deepEqual(await readdir(made), []);

  const other = await newOwn();
  const jobs = join(scratch, 'of-root');
  await mkdir(join(jobs, 'instances'), { recursive: true });
  await writeFile(join(jobs, 'instances', 'mine'), '{"Name":"mine"}');
  await writeFile(join(jobs, '.lock'), '');
  // Root may write to all folders, but nobody to one that is none.
  await writeFile(join(jobs, 'activity'), '', { mode: 0o644 });
  const copy = await openBuildxFolder(jobs, other);
  assert.equal(copy, ownBuildxFolder(other));
  assert.deepEqual(await readdir(copy), ['instances']);
  assert.equal(await readFile(join(copy, 'instances', 'mine'), 'utf8'), '{"Name":"mine"}');
});
