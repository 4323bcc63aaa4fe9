import { dirname, join } from 'node:path';
import { argv, execPath } from 'node:process';
import { cacheWorkerEnvironment, jobEnvironment } from '../platform/environment.ts';
import { describeFailure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { startProcess } from '../platform/process.ts';
import { relayWorkerOutput } from './relay-worker-output.ts';

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
 */
export async function restoreArchive(
  job: Job,
  { folder, key, fallbackKeys }: Archive & { fallbackKeys: string[] },
  options: ArchiveOptions,
): Promise<RestoredArchive | 'none' | 'failed'> {
  const output = await runCacheWorker(job, ['restore', folder, key, ...fallbackKeys], options);
  if (output === undefined) return 'failed';
  const [, found] = /^archive: (\S+)$/m.exec(output) ?? [];
  // The client reports its errors only by a warning.
  if (found === undefined) return output.includes('Failed to restore: ') ? 'failed' : 'none';
  const [, bytes = '0'] = /^Cache Size: .*\((\d+) B\)$/m.exec(output) ?? [];
  return { key: found, bytes: Number(bytes) };
}

/** Saves a folder in GitHub's cache. Returns whether it was saved; where it was not, the log says why. */
export async function saveArchive(
  job: Job,
  { folder, key }: Archive,
  options: ArchiveOptions,
): Promise<boolean> {
  const output = await runCacheWorker(job, ['save', folder, key], options);
  return /^archive: true$/m.test(output ?? '');
}

/** Runs `cache-worker.js`, which is beside this program in dist/. Returns its output, or `undefined` where it failed. */
async function runCacheWorker(
  job: Job,
  args: string[],
  { log, timeoutMs }: ArchiveOptions,
): Promise<string | undefined> {
  const program = join(dirname(argv[1] ?? ''), 'cache-worker.js');
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { exitCode, output } = await startProcess(execPath, [program, ...args], {
      // The client takes its working directory, which is the workspace, where GITHUB_WORKSPACE is not set.
      env: cacheWorkerEnvironment(jobEnvironment()),
      signal: AbortSignal.any([job.signal, timeout]),
    });
    relayWorkerOutput(log, output);
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
