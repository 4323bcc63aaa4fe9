import { rm } from 'node:fs/promises';
import { makeScratch } from './runner.ts';

/** Works in a folder of its own, which is gone afterwards. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeScratch();
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
