import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setOutput } from '../../src/platform/actions.ts';
import { Failure } from '../../src/platform/failure.ts';
import { forgetState } from '../../src/platform/state.ts';
import { makeTempDir, requireTempDir, whyFull } from '../../src/platform/temp-dir.ts';

const folder = await mkdtemp(join(tmpdir(), 'temp-dir-'));
after(() => rm(folder, { recursive: true, force: true }));

test('a temporary folder that cannot be used is named', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  for (const path of [join(folder, 'none'), file, '/proc']) {
    process.env['RUNNER_TEMP'] = path;
    const told = async (work: Promise<unknown>): Promise<void> => {
      const error: unknown = await work.then(
        () => undefined,
        reason => reason,
      );
      assert.ok(error instanceof Failure && error.message.includes(`${path} of RUNNER_TEMP`), String(error));
    };
    await told(makeTempDir());
    // A process of root may write everywhere.
    if (path !== '/proc') await told(requireTempDir());
  }
  process.env['RUNNER_TEMP'] = folder;
  await requireTempDir();
  const room = { bsize: 4096, blocks: 1e6, bavail: 1e5, files: 1e5, ffree: 1e4 };
  assert.equal(whyFull(room), undefined);
  assert.match(whyFull({ ...room, bavail: 100 }) ?? '', /^409600 bytes are free, and 16777216 are needed$/);
  assert.match(whyFull({ ...room, ffree: 0 }) ?? '', /no inode is free/);
  assert.equal(whyFull({ bsize: 4096, blocks: 0, bavail: 0, files: 0, ffree: 0 }), undefined);
});

test("the runner's files that cannot be written are told as that", () => {
  process.env['GITHUB_OUTPUT'] = '/dev/full';
  process.env['GITHUB_STATE'] = '/dev/full';
  assert.throws(
    () => setOutput('digest', 'sha256:1'),
    /^Failure: The output `digest` could not be written: ENOSPC/,
  );
  assert.throws(forgetState, /^Failure: The state of this step could not be written: ENOSPC/);
});
