import type { RunOf } from '../platform/run.ts';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { saveArchive } from '../cache/archive.ts';
import { bestEffort } from '../platform/job.ts';
import type { Job, Log } from '../platform/job.ts';
import { removeFolder } from '../platform/temp-dir.ts';
import { copyFaultOf, extraction, keeping } from './copy-builds.ts';
import type { Mounts } from './restore-mounts.ts';
import { joinTarballs, listTarball } from './tar.ts';

/** Milliseconds after which GitHub's cache is given up. */
const SAVE_TIMEOUT_MS = 300_000;

/** Saves what the build left in its cache mounts, where that has changed; trouble costs a warning. */
export async function saveMounts({ job }: RunOf<object>, mounts: Mounts | undefined): Promise<void> {
  if (mounts === undefined) return;
  const { store, folder, broken } = mounts;
  const writes =
    store.kind === 'github' ? store.writes : store.kind === 'registry' && store.own !== undefined;
  if (writes && !broken) {
    await job.step('Save cache mounts', log =>
      bestEffort(job, log, { goal: 'Cache mounts are not saved', work: () => save(job, log, mounts) }),
    );
  }
  await removeFolder(folder);
}

async function save(job: Job, log: Log, mounts: Mounts): Promise<void> {
  const { store, folder, key, restored } = mounts;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const tar = join(folder, 'saved.tar');
  if (!(await extract(job, log, { ...mounts, tar }))) return log.result('Not saved');
  const digest = await digestOf(job, tar);
  if (digest === undefined) return log.result('Not saved: the mounts are empty');
  if (digest === restored) return log.result('Nothing in the mounts has changed: nothing is saved');
  const name = store.kind === 'registry' ? (store.own ?? '') : `${key}${digest}`;
  const saved =
    store.kind === 'registry'
      ? await push(log, { ...mounts, name, digest })
      : await saveArchive(job, { folder, key: name }, { log, timeoutMs: SAVE_TIMEOUT_MS });
  log.result(saved ? `Saved as ${name}` : 'Not saved');
}

/** One group after the other, each added to the archive. */
async function extract(job: Job, log: Log, mounts: Mounts & { tar: string }): Promise<boolean> {
  const { copy, groups, folder, tar } = mounts;
  for (const [index, group] of groups.entries()) {
    const part = index === 0 ? tar : join(folder, `part-${index}.tar`);
    const text = extraction(group, { nonce: randomUUID(), index });
    const { exitCode, output } = await copy(log, { text, context: folder, output: `type=tar,dest=${part}` });
    if (exitCode !== 0) {
      log.warn(`Cache mounts could not be read in ${group.image}: ${copyFaultOf(output)}`);
      return false;
    }
    if (part === tar) continue;
    await joinTarballs(tar, part, job.signal);
    await rm(part);
  }
  return true;
}

/** Of the listing: names, owners, modes, sizes and times; `undefined` where there is nothing but empty folders. */
async function digestOf(job: Job, tar: string): Promise<string | undefined> {
  const lines = (await listTarball(tar, job.signal)).filter(line => !line.startsWith('d'));
  if (lines.length === 0) return undefined;
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 16);
}

async function push(log: Log, mounts: Mounts & { name: string; digest: string }): Promise<boolean> {
  const { copy, name, digest, folder } = mounts;
  const order = { text: keeping(digest), context: folder, output: `type=image,name=${name},push=true` };
  const { exitCode, output } = await copy(log, order);
  if (exitCode !== 0) log.warn(`Cache mounts could not be pushed: ${copyFaultOf(output)}`);
  return exitCode === 0;
}
