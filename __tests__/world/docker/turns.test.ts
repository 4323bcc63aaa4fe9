import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './command.ts';

const rival = fileURLToPath(new URL('turns-rival.ts', import.meta.url));
const turns = new URL('turns.ts', import.meta.url).href;

it('turns go to one at a time, among several processes and within one', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'turns-'));
  try {
    // Four processes with two rivals each, 50 rounds a rival: 400 rounds.
    const rivals = Array.from({ length: 4 }, () =>
      run(process.execPath, [rival, folder, '50'], { TMPDIR: folder }),
    );
    const ends = await Promise.allSettled(rivals);
    const faults = ends.flatMap(end => (end.status === 'rejected' ? [String(end.reason)] : []));
    assert.deepEqual(faults, []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('what died while it built or emptied has no turn any more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'turns-'));
  try {
    for (const turn of ['build', 'empty']) {
      const source = `
        const { turnsAt } = await import(${JSON.stringify(turns)});
        await turnsAt('unix:///rivals.sock').${turn}(async () => process.kill(process.pid, 'SIGKILL'));`;
      const options = { env: { ...process.env, TMPDIR: folder } };
      const child = spawn(process.execPath, ['--input-type=module', '--eval', source], options);
      assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
      await run(process.execPath, [rival, folder, '1'], { TMPDIR: folder });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
