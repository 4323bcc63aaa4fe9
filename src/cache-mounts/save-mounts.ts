import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { saveArchive } from '../cache/github-archive.ts';
import { bestEffort } from '../platform/job.ts';
import type { Job, Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { removeFolder } from '../platform/temp-dir.ts';
import { copyErrorOf, exportMountsDockerfile, savedImageDockerfile } from './copy-builds.ts';
import type { RestoredMounts } from './restore-mounts.ts';
import { joinTarballs, listTarball } from './tar.ts';

/** Milliseconds after which GitHub's cache is given up. */
const SAVE_TIMEOUT_MS = 300_000;

/** Saves the contents of the build's cache mounts where they have changed. Where that fails, it only warns. */
export async function saveMounts({ job }: RunOf<object>, mounts: RestoredMounts | undefined): Promise<void> {
  if (mounts === undefined) return;
  const { store, folder, isIncomplete } = mounts;
  const isWritable =
    store.kind === 'github' ? store.writes : store.kind === 'registry' && store.writeReference !== undefined;
  if (isWritable && !isIncomplete) {
    await job.step('Save cache mounts', log =>
      bestEffort(job, log, { goal: 'Cache mounts are not saved', work: () => saveChanged(job, log, mounts) }),
    );
  }
  await removeFolder(folder);
}

async function saveChanged(job: Job, log: Log, mounts: RestoredMounts): Promise<void> {
  const { store, folder, key, restored } = mounts;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const savedTar = join(folder, 'saved.tar');
  if (!(await exportMounts(job, log, { ...mounts, tar: savedTar }))) return log.result('Not saved');
  const digest = await listingDigestOf(job, savedTar);
  if (digest === undefined) return log.result('Not saved: the mounts are empty');
  if (digest === restored) return log.result('Nothing in the mounts has changed: nothing is saved');
  const name = store.kind === 'registry' ? (store.writeReference ?? '') : `${key}${digest}`;
  const saved =
    store.kind === 'registry'
      ? await pushImage(log, { ...mounts, name, digest })
      : await saveArchive(job, { folder, key: name }, { log, timeoutMs: SAVE_TIMEOUT_MS });
  log.result(saved ? `Saved as ${name}` : 'Not saved');
}

/** Copies the contents of all groups, one after the other, into one tarball. Returns whether all could be copied. */
async function exportMounts(job: Job, log: Log, mounts: RestoredMounts & { tar: string }): Promise<boolean> {
  const { copy, groups, folder, tar } = mounts;
  for (const [index, group] of groups.entries()) {
    const part = index === 0 ? tar : join(folder, `part-${index}.tar`);
    const text = exportMountsDockerfile(group, { nonce: randomUUID(), index });
    const { failure } = await copy(log, { text, context: folder, output: `type=tar,dest=${part}` });
    if (failure !== undefined) {
      log.warn(`Cache mounts could not be read in ${group.image}: ${copyErrorOf(failure)}`);
      return false;
    }
    if (part === tar) continue;
    await joinTarballs(tar, part, job.signal);
    await rm(part);
  }
  return true;
}

/** A hash of the tarball's names, owners, modes, sizes and times; `undefined` where it has only folders. */
async function listingDigestOf(job: Job, tar: string): Promise<string | undefined> {
  const lines = (await listTarball(tar, job.signal)).filter(line => !line.startsWith('d'));
  if (lines.length === 0) return undefined;
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 16);
}

async function pushImage(
  log: Log,
  mounts: RestoredMounts & { name: string; digest: string },
): Promise<boolean> {
  const { copy, name, digest, folder } = mounts;
  const copyBuild = {
    text: savedImageDockerfile(digest),
    context: folder,
    output: `type=image,name=${name},push=true`,
  };
  const { failure } = await copy(log, copyBuild);
  if (failure !== undefined) log.warn(`Cache mounts could not be pushed: ${copyErrorOf(failure)}`);
  return failure === undefined;
}
