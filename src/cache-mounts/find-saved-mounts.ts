import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { restoreArchive } from '../cache/github-archive.ts';
import { buildFailureOf } from '../docker/build-failure.ts';
import type { Docker } from '../docker/docker.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { copyErrorOf, savedDigestIn } from './copy-builds.ts';
import type { MountStore } from './plan.ts';

type SavedReference = Extract<MountStore, { kind: 'registry' }>['reads'][number];

/** Milliseconds after which restoring an archive is given up. */
const RESTORE_TIMEOUT_MS = 180_000;

/** The contents that an earlier build saved. */
interface SavedMounts {
  /** Digest of the contents. */
  digest: string;
  /** The reference of the image that holds the contents; absent where `saved.tar` does. */
  from?: string;
  /** The reference or key, for the log. */
  name: string;
  /** Compressed size. */
  bytes: number;
}

/**
 * Finds the newest contents in the registry, once docker is logged in.
 * @throws {Failure} when what is saved cannot be read.
 */
export async function findSavedImage(
  job: Job,
  docker: Docker,
  { reads, login }: { reads: SavedReference[]; login: Promise<unknown> | undefined },
): Promise<SavedMounts | undefined> {
  if (reads.length > 0) await login;
  for (const { reference: from, bytes } of reads) {
    const argv = ['imagetools', 'inspect', '--format', '{{json .Image}}', from];
    const { exitCode, stdout, stderr } = await docker.askBuildx(argv, job.signal);
    if (exitCode !== 0) {
      throw new Failure(
        `What is saved as ${from} could not be read: ${copyErrorOf(buildFailureOf(undefined, stderr.split('\n')))}`,
        {
          remedy: 'It is left as it is. Should this go on, delete that tag: the next build saves them anew.',
        },
      );
    }
    const digest = savedDigestIn(stdout);
    if (digest !== undefined) return { digest, from, name: from, bytes };
  }
  return undefined;
}

/**
 * Finds the newest contents in GitHub's cache, and restores them as `saved.tar`.
 * @throws {Failure} when the cache cannot be read.
 */
export async function findSavedArchive(
  job: Job,
  log: Log,
  archive: { folder: string; key: string; fallbackKeys: string[] },
): Promise<SavedMounts | undefined> {
  const restored = await restoreArchive(job, archive, { log, timeoutMs: RESTORE_TIMEOUT_MS });
  if (restored === 'failed') {
    throw new Failure("What GitHub's cache may have of them could not be read.", {
      remedy: 'It is left as it is.',
    });
  }
  if (restored === 'none' || !existsSync(join(archive.folder, 'saved.tar'))) return undefined;
  return { digest: restored.key.replace(/^.*-/, ''), name: restored.key, bytes: restored.bytes };
}
