import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { argv, execPath, platform } from 'node:process';
import { cacheWorkerEnvironment, jobEnvironment } from '../platform/environment.ts';
import { describeFailure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { startProcess } from '../platform/process.ts';
import { makeTempDir, removeFolder, withTempDir } from '../platform/temp-dir.ts';
import { relayWorkerOutput } from './relay-worker-output.ts';
import { makeSafeTar, whyForeign } from './safe-tar.ts';

/** A folder in GitHub's cache, which finds an archive only for the path that it was saved with. https://github.com/actions/toolkit/tree/main/packages/cache */
export interface Archive {
  /** The folder's path: the same when it is saved and when it is restored. */
  folder: string;
  key: string;
}

/** An archive that was found in GitHub's cache and extracted. */
export interface RestoredArchive {
  /** The whole key that it was saved under. */
  key: string;
  /** Size of the archive, compressed. */
  bytes: number;
}

interface ArchiveOptions {
  log: Log;
  /** Milliseconds after which restoring or saving is given up. */
  timeoutMs: number;
}

/**
 * Restores the newest archive whose key begins with `key`, else with one of `fallbackKeys`. `none`: there is none. `failed`:
 * there may be one, but it could not be restored; the log says why.
 *
 * Whoever can write the cache chooses what is in an archive. It is unpacked into an empty folder of its own, by a tar that does
 * not leave it, and put in place only if it holds nothing but what this step saves.
 */
export async function restoreArchive(
  job: Job,
  { folder, key, fallbackKeys }: Archive & { fallbackKeys: string[] },
  options: ArchiveOptions,
): Promise<RestoredArchive | 'none' | 'failed'> {
  const temp = await makeTempDir();
  try {
    const workspace = join(temp, 'unpacked');
    await mkdir(workspace);
    const args = ['restore', folder, key, ...fallbackKeys];
    const output = await runCacheWorker(job, args, { ...options, temp, workspace });
    if (output === undefined) return 'failed';
    const [, found] = /^archive: (\S+)$/m.exec(output) ?? [];
    // The client reports its errors only by a warning.
    if (found === undefined) return output.includes('Failed to restore: ') ? 'failed' : 'none';
    const reason = await putInPlace(join(workspace, basename(folder)), folder);
    if (reason !== undefined) {
      options.log.warn(
        `The archive ${found} in GitHub's cache is not used: it ${reason}. Delete that cache, and look who can write the caches of this branch.`,
      );
      return 'failed';
    }
    const [, bytes = '0'] = /^Cache Size: .*\((\d+) B\)$/m.exec(output) ?? [];
    return { key: found, bytes: Number(bytes) };
  } finally {
    await removeFolder(temp);
  }
}

/** Moves an unpacked folder to its place, or tells why it is none of this step's. */
async function putInPlace(unpacked: string, folder: string): Promise<string | undefined> {
  try {
    const reason = await whyForeign(dirname(unpacked), basename(unpacked));
    if (reason !== undefined) return reason;
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
    return undefined;
  } catch (error) {
    return `could not be put in its place: ${describeFailure(error)}`;
  }
}

/** Saves a folder in GitHub's cache. Returns whether it was saved; where it was not, the log says why. */
export function saveArchive(job: Job, { folder, key }: Archive, options: ArchiveOptions): Promise<boolean> {
  return withTempDir(async temp => {
    // The client names the members by their paths from the workspace.
    const workspace = dirname(folder);
    const output = await runCacheWorker(job, ['save', folder, key], { ...options, temp, workspace });
    return /^archive: true$/m.test(output ?? '');
  });
}

interface CacheWorkerOptions extends ArchiveOptions {
  /** Path of a folder for temporary files. */
  temp: string;
  /** Path of the folder that the names of an archive's members start from. */
  workspace: string;
}

/** Runs `cache-worker.js`, which is beside this program in dist/. Returns its output, or `undefined` where it failed. */
async function runCacheWorker(
  job: Job,
  args: string[],
  { log, timeoutMs, temp, workspace }: CacheWorkerOptions,
): Promise<string | undefined> {
  if (platform === 'win32') {
    log.warn("Archives in GitHub's cache are not used on Windows, where the step cannot unpack them safely.");
    return undefined;
  }
  const program = join(dirname(argv[1] ?? ''), 'cache-worker.js');
  const timeout = AbortSignal.timeout(timeoutMs);
  const environment = cacheWorkerEnvironment(jobEnvironment());
  try {
    const tar = await makeSafeTar(join(temp, 'programs'), environment['PATH'] ?? '');
    const { exitCode, output } = await startProcess(execPath, [program, ...args], {
      env: { ...environment, PATH: tar.path, RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace },
      signal: AbortSignal.any([job.signal, timeout]),
    });
    relayWorkerOutput(log, output);
    log.raw(await tar.output());
    if (exitCode === 0) return output;
    log.warn("GitHub's cache could not be used; the lines above say why.");
  } catch (error) {
    job.signal.throwIfAborted();
    log.warn(
      timeout.aborted
        ? `GitHub's cache took longer than ${timeoutMs / 60_000} minutes and was given up.`
        : `GitHub's cache could not be used: ${describeFailure(error)}`,
    );
  }
  return undefined;
}
