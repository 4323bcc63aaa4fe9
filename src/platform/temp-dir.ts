import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Does work with a new temporary folder and removes the folder afterwards. */
export async function withTempDir<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeTempDir();
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes a folder without ever throwing: the post step knows the folder as well and tries again. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => {});
}

/** Makes a new folder in the runner's temporary folder; answers its path. */
export function makeTempDir(): Promise<string> {
  return mkdtemp(join(runnerTemp(), NAME_PREFIX));
}

/** The path of a folder that is the same in every run on this kind of runner. The caller makes the folder and removes it. */
export function fixedTempDir(name: string): string {
  return join(runnerTemp(), NAME_PREFIX + name);
}

/** Whether a path is that of a folder as `makeTempDir` and `fixedTempDir` name them, in the runner's temporary folder itself. */
export function isOwnTempDir(path: string): boolean {
  return dirname(path) === resolve(runnerTemp()) && basename(path).startsWith(NAME_PREFIX);
}

/** Begins the names of this action's folders. */
const NAME_PREFIX = 'ecr-image-';

function runnerTemp(): string {
  return process.env['RUNNER_TEMP'] ?? tmpdir();
}
