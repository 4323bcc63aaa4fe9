import type { RunOf } from '../platform/run.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExistingImages } from '../image/image.ts';
import { bestEffort } from '../platform/job.ts';
import type { Job, Log } from '../platform/job.ts';
import { remember } from '../platform/state.ts';
import { fixedFolder, removeFolder } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/ensure-repository.ts';
import { configOf, contentOf, keysOf, rootOf } from './archive-keys.ts';
import { restoreArchive, saveArchive } from './archive.ts';
import type { Restored } from './archive.ts';
import { chooseCache } from './choose-backend.ts';
import type { CacheChoice, CacheRegistry } from './choose-backend.ts';
import { coldSecondsAmong, nextCold, noteOf, secondsOf } from './cold-build-time.ts';
import type { CacheRepository } from './ensure-cache-repository.ts';
import type { KeptLayers, CachePlan } from './plan.ts';

/** Where this build's layers come from and go to; BuildKit itself fetches only those that it needs. */
export interface Layers {
  choice: CacheChoice;
  /** A cache that is restored and saved as a whole. */
  archive?: { key: string; folder: string; restored?: Restored };
  /** Seconds that the last cold build took, as far as what is read tells, and those that restoring took. */
  times: { cold?: number; restored: number };
}

/** The file of an archive that remembers how long the last cold build took. */
const coldFile = 'cold-seconds';

/** What is known of ECR, where something is pushed. */
export interface KnownOfEcr {
  repository: Repository;
  existing: ExistingImages;
  cacheRepository: CacheRepository | undefined;
}

interface CacheParts {
  layers: CachePlan;
  build: { context: string; file?: string };
}

/** Milliseconds after which GitHub's cache is slower than a build without it. */
const TIMEOUT_MS = { restore: 180_000, save: 300_000 };

/** Decides where layers are kept, and fetches those that are kept as a whole. */
export function restoreLayers(
  { job, plan, tell }: RunOf<CacheParts, { layers: { why: string; restoredBytes: number } }>,
  found?: KnownOfEcr,
): Promise<Layers> {
  const { layers } = plan;
  return job.step('Restore layers', async log => {
    const startedAt = performance.now();
    const archive =
      layers.kind === 'actions' && layers.service.reads ? await restore(job, log, plan, layers) : undefined;
    const folder = archive?.folder ?? '';
    const choice = chooseCache(layers, {
      ...(found && {
        registry: {
          ...found.repository,
          has: tag => found.existing.caches?.has(tag) ?? false,
        } satisfies CacheRegistry,
        ...(found.cacheRepository && { cacheRegistry: found.cacheRepository }),
      }),
      folders: {
        from: archive?.restored === undefined ? undefined : join(folder, 'restored'),
        to: join(folder, 'layers'),
      },
    });
    for (const each of choice.from) log.info(`From  ${each}`);
    for (const each of choice.to) log.info(`To    ${each}`);
    if (choice.warning !== undefined) log.warn(choice.warning);
    log.result(told(choice));
    const cold = choice.kind === 'registry' ? coldIn(layers, found) : await coldOf(archive);
    tell({ layers: { why: choice.why, restoredBytes: archive?.restored?.bytes ?? 0 } });
    const restored = archive === undefined ? 0 : (performance.now() - startedAt) / 1000;
    return {
      choice,
      ...(archive && { archive }),
      times: { ...(cold !== undefined && { cold }), restored },
    };
  });
}

/** The time that the nearest cache knows. */
function coldIn(layers: CachePlan, found: KnownOfEcr | undefined): number | undefined {
  if (layers.kind === 'off') return undefined;
  const isBeside = layers.repository === undefined;
  const manifests = isBeside ? found?.existing.caches : found?.cacheRepository?.manifests;
  return coldSecondsAmong(layers.tags.readTags, manifests);
}

async function coldOf(archive: Layers['archive']): Promise<number | undefined> {
  if (archive?.restored === undefined) return undefined;
  const file = join(archive.folder, 'restored', coldFile);
  return existsSync(file) ? secondsOf(await readFile(file, 'utf8')) : undefined;
}

function told({ kind, why, from, to }: CacheChoice): string {
  if (kind === 'off') return why === 'off' ? 'Layer caching is off' : `Layers are not cached: ${why}`;
  const read = from.length > 0 ? 'to be read' : 'nothing to be read yet';
  return `Layers in ${why}: ${read}, ${to.length > 0 ? 'to be written' : 'not to be written'}`;
}

/** The folder has the same path in every run, as the archive is known by it; each export goes to a fresh one. */
async function restore(job: Job, log: Log, plan: CacheParts, { name }: KeptLayers) {
  const folder = fixedFolder('layers');
  remember({ folder });
  const kept = join(folder, 'layers');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { key, others } = keysOf(name, await dockerfileOf(plan));
  log.info(`Looking for ${key}*, else ${others.join(', ')}*`);
  const restored = await restoreArchive(
    job,
    { folder: kept, key, others },
    { log, timeoutMs: TIMEOUT_MS.restore },
  );
  if (typeof restored === 'string' || !existsSync(join(kept, 'index.json'))) return { key, folder };
  await rename(kept, join(folder, 'restored'));
  return { key, folder, restored };
}

async function dockerfileOf({ build }: CacheParts): Promise<string> {
  const file = build.file ?? join(build.context, 'Dockerfile');
  return existsSync(file) ? readFile(file, 'utf8') : file;
}

/** Saves what the build has exported, unless it is what was restored; that costs the job nothing but a warning. */
export async function saveLayers(
  { job }: RunOf<object>,
  layers: Layers | undefined,
  built?: { cacheUse: CacheUse; seconds: number },
): Promise<void> {
  if (layers?.archive === undefined) return;
  const { archive, choice, times } = layers;
  const cold = built ? nextCold(built, times.cold) : times.cold;
  const { folder, key, restored } = archive;
  const exported = join(folder, 'layers');
  if (choice.kind !== 'actions' || !existsSync(join(exported, 'index.json'))) return removeFolder(folder);
  const save = async (log: Log): Promise<void> => {
    const full = await keyOf(exported, key);
    if (full === undefined) return log.result('Not saved: what the build exported is no cache');
    if (full === restored?.key) return log.result('No layer has changed: nothing is saved');
    log.info(`Saving ${full}`);
    if (cold !== undefined) await writeFile(join(exported, coldFile), noteOf(cold));
    const saved = await saveArchive(
      job,
      { folder: exported, key: full },
      { log, timeoutMs: TIMEOUT_MS.save },
    );
    log.result(saved ? `Saved as ${full}` : 'Not saved');
  };
  await job.step('Save layers', log =>
    bestEffort(job, log, { goal: 'Layers are not saved', work: () => save(log) }),
  );
  await removeFolder(folder);
}

/** The key that tells this cache from others of the same Dockerfile. */
async function keyOf(layout: string, key: string): Promise<string | undefined> {
  const blob = (digest = ''): Promise<string> =>
    readFile(join(layout, 'blobs', digest.replace(':', '/')), 'utf8');
  try {
    const root = rootOf(await readFile(join(layout, 'index.json'), 'utf8'));
    return `${key}${contentOf(await blob(configOf(await blob(root))))}`;
  } catch {
    return undefined;
  }
}
