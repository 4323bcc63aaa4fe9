import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Works in a folder of its own, which is gone afterwards. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeScratch();
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes a folder that is known to post, which tries again: what is left of it is no reason to fail. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => {});
}

/** A folder of this step alone, on the runner's own scratch disk. */
export function makeScratch(): Promise<string> {
  return mkdtemp(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'ecr-image-'));
}

/** A folder that has the same path in every run on such a runner; whoever makes it removes it. */
export function fixedFolder(name: string): string {
  return join(process.env['RUNNER_TEMP'] ?? tmpdir(), `ecr-image-${name}`);
}
