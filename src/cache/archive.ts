import { dirname, join } from 'node:path';
import { argv, execPath } from 'node:process';
import { describeFailure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { startProcess } from '../platform/process.ts';

/** A folder as GitHub's cache keeps it, found under its path alone. https://github.com/actions/toolkit/tree/main/packages/cache */
export interface Archive {
  /** The folder's path: the same when it is saved and when it is restored. */
  folder: string;
  key: string;
}

export interface Restored {
  /** The key that it was saved under. */
  key: string;
  /** Of the archive. */
  bytes: number;
}

interface ArchiveOptions {
  log: Log;
  /** Milliseconds after which it is given up. */
  timeoutMs: number;
}

/**
 * Fetches the newest archive whose key begins with `key`, else with one of `others`. `none`: there is none of them. `failed`:
 * there may be one, and it could not be had, which the log tells.
 */
export async function restoreArchive(
  job: Job,
  { folder, key, others }: Archive & { others: string[] },
  options: ArchiveOptions,
): Promise<Restored | 'none' | 'failed'> {
  const output = await run(job, ['restore', folder, key, ...others], options);
  if (output === undefined) return 'failed';
  const [, found] = /^archive: (\S+)$/m.exec(output) ?? [];
  // The client tells of its trouble by a warning alone.
  if (found === undefined) return output.includes('Failed to restore: ') ? 'failed' : 'none';
  const [, bytes = '0'] = /^Cache Size: .*\((\d+) B\)$/m.exec(output) ?? [];
  return { key: found, bytes: Number(bytes) };
}

/** Saves a folder, and says whether it did. */
export async function saveArchive(
  job: Job,
  { folder, key }: Archive,
  options: ArchiveOptions,
): Promise<boolean> {
  const output = await run(job, ['save', folder, key], options);
  return /^archive: true$/m.test(output ?? '');
}

/** The program that lies beside this one in dist/. */
async function run(
  job: Job,
  args: string[],
  { log, timeoutMs }: ArchiveOptions,
): Promise<string | undefined> {
  const program = join(dirname(argv[1] ?? ''), 'cache-worker.js');
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const { exitCode, output } = await startProcess(execPath, [program, ...args], {
      signal: AbortSignal.any([job.signal, late]),
    });
    // A cache in trouble is no error of the job.
    log.raw(output.replaceAll(/^::error/gm, '::warning').replaceAll(/^archive: .*\n/gm, ''));
    if (exitCode === 0) return output;
    log.warn("GitHub's cache could not be used; the lines above say why.");
  } catch (error) {
    job.signal.throwIfAborted();
    log.warn(
      late.aborted
        ? `GitHub's cache took longer than ${timeoutMs / 60_000} minutes and was given up.`
        : `GitHub's cache could not be used: ${describeFailure(error)}`,
    );
  }
  return undefined;
}
