import { access, constants, mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { describeFailure, Failure } from './failure.ts';

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

/**
 * Makes a new folder in the runner's temporary folder; answers its path.
 * @throws {Failure} where the runner's folder takes none.
 */
export function makeTempDir(): Promise<string> {
  return mkdtemp(join(runnerTemp(), NAME_PREFIX)).catch(error => {
    throw unusable(describeFailure(error), error);
  });
}

/**
 * Writes a text into a folder of `makeTempDir`.
 * @throws {Failure} where there is no room for it.
 */
export function writeTempFile(path: string, text: string, options: { mode?: number } = {}): Promise<void> {
  return writeFile(path, text, options).catch(error => {
    throw unusable(describeFailure(error), error);
  });
}

/** What the files of a run take at most in the temporary folder, in bytes, without archives of caches. */
const NEEDED_BYTES = 16 * 1024 * 1024;

/**
 * Looks whether the runner's temporary folder can be written and has room, before anything is created or pushed.
 * @throws {Failure} where it cannot be used.
 */
export async function requireTempDir(): Promise<void> {
  const folder = runnerTemp();
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder');
    await access(folder, constants.W_OK | constants.X_OK);
    const reason = whyFull(await statfs(folder));
    if (reason !== undefined) throw new Error(reason);
  } catch (error) {
    throw unusable(describeFailure(error), error);
  }
}

/** Why a file system takes no files of a run; some tell no sizes and are believed to have room. */
export function whyFull({
  bsize,
  blocks,
  bavail,
  files,
  ffree,
}: Record<'bsize' | 'blocks' | 'bavail' | 'files' | 'ffree', number>): string | undefined {
  const free = bavail * bsize;
  if (blocks > 0 && free < NEEDED_BYTES) return `${free} bytes are free, and ${NEEDED_BYTES} are needed`;
  if (files > 0 && ffree === 0) return 'it takes no further file, as no inode is free';
  return undefined;
}

function unusable(reason: string, cause: unknown): Failure {
  return new Failure(
    `The runner's temporary folder, ${runnerTemp()} of RUNNER_TEMP, cannot be used: ${reason}.`,
    {
      remedy: 'Free space there, or let the user of the runner write to it.',
      cause,
    },
  );
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
