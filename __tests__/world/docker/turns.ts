import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Turns at one engine, among all processes of the machine: builds go on side by side, but never while the build cache is
 * emptied, as that takes from a build that is under way what it is about to export.
 */
export interface Turns {
  build<T>(work: () => Promise<T>): Promise<T>;
  empty<T>(work: () => Promise<T>): Promise<T>;
}

const pause = 50;

export function turnsAt(engineHost: string): Turns {
  const name = createHash('sha256').update(engineHost).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `engine-turns-${name}`);
  const builds = join(folder, 'builds');
  const emptying = join(folder, 'emptying');
  /** The turn that builds of this process share while any of them is under way. */
  let shared: { file: string; users: number } | undefined;
  const takeTurn = async (): Promise<string> => {
    const mine = join(builds, newHolder());
    for (;;) {
      await mkdir(builds, { recursive: true });
      await writeFile(mine, '');
      if ((await holdersIn(emptying)).length === 0) return mine;
      await rm(mine);
      await delay(pause);
    }
  };
  return {
    async build(work) {
      // Whoever waits to empty waits for the first, and the first may wait for this one.
      const turn = shared ?? { file: await takeTurn(), users: 0 };
      shared = turn;
      turn.users += 1;
      try {
        return await work();
      } finally {
        turn.users -= 1;
        if (turn.users === 0) {
          if (shared === turn) shared = undefined;
          await rm(turn.file, { force: true });
        }
      }
    },
    async empty(work) {
      await mkdir(folder, { recursive: true });
      const mine = newHolder();
      while (!(await claim(emptying, mine))) await delay(pause);
      try {
        while ((await holdersIn(builds)).length > 0) await delay(pause);
        return await work();
      } finally {
        // The folder stays, as it may be another's from now on.
        await rm(join(emptying, mine), { force: true });
      }
    },
  };
}

/** A name that no other holder has or will have, so that whoever removes it takes nobody else's turn away. */
function newHolder(): string {
  return `${process.pid}-${randomUUID()}`;
}

/** Puts a folder with this holder in it where only an empty one may be; what a dead process left is emptied. */
async function claim(folder: string, holder: string): Promise<boolean> {
  const mine = `${folder}-${holder}`;
  await mkdir(mine);
  await writeFile(join(mine, holder), '');
  try {
    await rename(mine, folder);
    return true;
  } catch (error) {
    await rm(mine, { recursive: true });
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    await holdersIn(folder);
    return false;
  }
}

/** The names in a folder whose process, by the number that they begin with, still lives. */
async function holdersIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const living = names.filter(name => isAlive(Number.parseInt(name, 10)));
  await Promise.all(
    names.filter(name => !living.includes(name)).map(name => rm(join(folder, name), { force: true })),
  );
  return living;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some(code => code === error.code);
}
