// A process that fights for turns: node turns-rival.ts FOLDER ROUNDS. It fails where a turn was not its own.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { turnsAt } from './turns.ts';

const [, , folder = '', rounds = '0'] = process.argv;
const emptying = join(folder, 'emptying');
const building = join(folder, 'building');
await mkdir(building, { recursive: true });
// Two of one process are to each other what two processes are.
await Promise.all([fight(), fight()]);

async function fight(): Promise<void> {
  const turns = turnsAt('unix:///rivals.sock');
  for (let round = 0; round < Number(rounds); round += 1) {
    await turns.empty(async () => {
      // It fails when the file is there, which another one's turn has put there.
      await writeFile(emptying, '', { flag: 'wx' });
      assert.deepEqual(await readdir(building), []);
      await rm(emptying);
    });
    // A build that waits for another of its process, which must not wait for whoever waits to empty.
    if (round % 10 === 0) await turns.build(() => turns.build(build));
  }
}

async function build(): Promise<void> {
  const mine = join(building, randomUUID());
  await writeFile(mine, '');
  assert.ok(!(await readdir(folder)).includes('emptying'));
  await rm(mine);
}
