import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheUse } from '../docker/cache-use.ts';
import type { ExistingImages } from '../image/image.ts';
import { bestEffort } from '../platform/job.ts';
import type { Job, Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { remember } from '../platform/state.ts';
import { fixedTempDir, removeFolder } from '../platform/temp-dir.ts';
import type { Repository } from '../repository/repository.ts';
import { cacheConfigDigestIn, cacheContentHash, archiveKeysOf, newestDigestIn } from './archive-keys.ts';
import { chooseCache } from './choose-backend.ts';
import type { CacheChoice, CacheRegistry } from './choose-backend.ts';
import { nearestColdSeconds, nextColdSeconds, formatSeconds, parseSeconds } from './cold-build-time.ts';
import type { CacheRepository } from './ensure-cache-repository.ts';
import { restoreArchive, saveArchive } from './github-archive.ts';
import type { RestoredArchive } from './github-archive.ts';
import type { EnabledCachePlan, CachePlan } from './plan.ts';

/** The caches of this build's layers. BuildKit itself fetches only the layers that it needs. */
export interface Layers {
  choice: CacheChoice;
  /** The archive in GitHub's cache that is restored and saved as a whole (`cache: actions`); absent with other caches. */
  archive?: { key: string; folder: string; restored?: RestoredArchive };
  /** Seconds that the last cold build took, where a cache that is read has them, and that restoring the archive took. */
  times: { cold?: number; restored: number };
}

/** The file in an archive with the seconds that the last cold build took. */
const coldSecondsFile = 'cold-seconds';

/** What was looked up in ECR before the build, where something is pushed. */
export interface EcrLookup {
  repository: Repository;
  existing: ExistingImages;
  cacheRepository: CacheRepository | undefined;
}

interface RestoreLayersParts {
  layers: CachePlan;
  build: { context: string; file?: string };
}

/** Milliseconds after which GitHub's cache is given up, as a build without it would be faster. */
const TIMEOUT_MS = { restore: 180_000, save: 300_000 };

/** Chooses the cache of layers, and restores an archive where that is the cache. */
export function restoreLayers(
  { job, plan, tell }: RunOf<RestoreLayersParts, { layers: { why: string; restoredBytes: number } }>,
  ecr?: EcrLookup,
): Promise<Layers> {
  const { layers } = plan;
  return job.step('Restore layers', async log => {
    const startedAt = performance.now();
    const archive =
      layers.kind === 'actions' && layers.service.reads
        ? await restoreFolder(job, log, plan, layers)
        : undefined;
    const folder = archive?.folder ?? '';
    const choice = chooseCache(layers, {
      ...(ecr && {
        registry: {
          ...ecr.repository,
          has: tag => ecr.existing.caches?.has(tag) ?? false,
        } satisfies CacheRegistry,
        ...(ecr.cacheRepository && { cacheRegistry: ecr.cacheRepository }),
      }),
      folders: {
        from: archive?.restored === undefined ? undefined : join(folder, 'restored'),
        to: join(folder, 'layers'),
      },
    });
    for (const each of choice.from) log.info(`From  ${each}`);
    for (const each of choice.to) log.info(`To    ${each}`);
    if (choice.warning !== undefined) log.warn(choice.warning);
    log.result(describeChoice(choice));
    const cold =
      choice.kind === 'registry' ? coldSecondsInRegistry(layers, ecr) : await coldSecondsInArchive(archive);
    tell({ layers: { why: choice.why, restoredBytes: archive?.restored?.bytes ?? 0 } });
    const restored = archive === undefined ? 0 : (performance.now() - startedAt) / 1000;
    return {
      choice,
      ...(archive && { archive }),
      times: { ...(cold !== undefined && { cold }), restored },
    };
  });
}

/** The seconds of the last cold build in the nearest cache of the registry. */
function coldSecondsInRegistry(layers: CachePlan, ecr: EcrLookup | undefined): number | undefined {
  if (layers.kind === 'off') return undefined;
  const isInImageRepository = layers.repository === undefined;
  const manifests = isInImageRepository ? ecr?.existing.caches : ecr?.cacheRepository?.manifests;
  return nearestColdSeconds(layers.tags.readTags, manifests);
}

async function coldSecondsInArchive(archive: Layers['archive']): Promise<number | undefined> {
  if (archive?.restored === undefined) return undefined;
  const file = join(archive.folder, 'restored', coldSecondsFile);
  // It is absent from the cache of a build that was not cold, and may be anything in one that this step has not saved.
  return readFile(file, 'utf8').then(parseSeconds, () => undefined);
}

function describeChoice({ kind, why, from, to }: CacheChoice): string {
  if (kind === 'off') return why === 'off' ? 'Layer caching is off' : `Layers are not cached: ${why}`;
  const read = from.length > 0 ? 'to be read' : 'nothing to be read yet';
  return `Layers in ${why}: ${read}, ${to.length > 0 ? 'to be written' : 'not to be written'}`;
}

/**
 * Restores the archive. Its folder has the same path in every run, as GitHub's cache finds archives by their path. The
 * restored folder is then moved, so that the build exports to an empty one.
 */
async function restoreFolder(job: Job, log: Log, plan: RestoreLayersParts, { name }: EnabledCachePlan) {
  const folder = fixedTempDir('layers');
  remember({ folder });
  const archiveFolder = join(folder, 'layers');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { key, fallbackKeys } = archiveKeysOf(name, await readDockerfile(plan));
  log.info(`Looking for ${key}*, else ${fallbackKeys.join(', ')}*`);
  const restored = await restoreArchive(
    job,
    { folder: archiveFolder, key, fallbackKeys },
    { log, timeoutMs: TIMEOUT_MS.restore },
  );
  if (typeof restored === 'string' || !existsSync(join(archiveFolder, 'index.json'))) return { key, folder };
  await rename(archiveFolder, join(folder, 'restored'));
  return { key, folder, restored };
}

async function readDockerfile({ build }: RestoreLayersParts): Promise<string> {
  const file = build.file ?? join(build.context, 'Dockerfile');
  return existsSync(file) ? readFile(file, 'utf8') : file;
}

/** Saves the cache that the build has exported, unless it equals the restored one. Trouble only costs a warning. */
export async function saveLayers(
  { job }: RunOf<object>,
  layers: Layers | undefined,
  built?: { cacheUse: CacheUse; seconds: number },
): Promise<void> {
  if (layers?.archive === undefined) return;
  const { archive, choice, times } = layers;
  const cold = built ? nextColdSeconds(built, times.cold) : times.cold;
  const { folder, key, restored } = archive;
  const exported = join(folder, 'layers');
  if (choice.kind !== 'actions' || !existsSync(join(exported, 'index.json'))) return removeFolder(folder);
  const save = async (log: Log): Promise<void> => {
    const fullKey = await fullKeyOf(exported, key);
    if (fullKey === undefined) return log.result('Not saved: what the build exported is no cache');
    if (fullKey === restored?.key) return log.result('No layer has changed: nothing is saved');
    log.info(`Saving ${fullKey}`);
    if (cold !== undefined) await writeFile(join(exported, coldSecondsFile), formatSeconds(cold));
    const saved = await saveArchive(
      job,
      { folder: exported, key: fullKey },
      { log, timeoutMs: TIMEOUT_MS.save },
    );
    log.result(saved ? `Saved as ${fullKey}` : 'Not saved');
  };
  await job.step('Save layers', log =>
    bestEffort(job, log, { goal: 'Layers are not saved', work: () => save(log) }),
  );
  await removeFolder(folder);
}

/** The key with the hash of the cache's content; `undefined` where the exported folder holds no cache. */
async function fullKeyOf(layout: string, key: string): Promise<string | undefined> {
  const blob = (digest = ''): Promise<string> =>
    readFile(join(layout, 'blobs', digest.replace(':', '/')), 'utf8');
  try {
    const manifestDigest = newestDigestIn(await readFile(join(layout, 'index.json'), 'utf8'));
    return `${key}${cacheContentHash(await blob(cacheConfigDigestIn(await blob(manifestDigest))))}`;
  } catch {
    return undefined;
  }
}
