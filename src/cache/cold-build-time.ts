import type { CacheUse } from '../docker/cache-use.ts';
import { readContent, readContentIfSound } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import type { CacheChoice } from './choose-backend.ts';
import type { CachePlan } from './plan.ts';

/**
 * The annotation in a cache's manifest with the seconds that the last cold build took, one without cached layers. The
 * manifest is read by `BatchGetImage`.
 */
export const coldAnnotation = 'io.github.ecr-image.cold-seconds';

/** How much faster a build was than the last cold build. */
export interface TimeSaved {
  /** Seconds saved; 0 or less where the build did not take less time. */
  seconds: number;
  /** Seconds that the cold build took. */
  cold: number;
}

/** The seconds of the last cold build in the manifest of a cache; `undefined` where it has none or cannot be read. */
export function coldSecondsIn(cache: StoredManifest): number | undefined {
  return parseSeconds(readContentIfSound(cache)?.annotations[coldAnnotation]);
}

/** The seconds of the last cold build in the first cache that has them, in the order of `tags`. */
export function nearestColdSeconds(
  tags: readonly string[],
  caches: ReadonlyMap<string, StoredManifest> | undefined,
): number | undefined {
  return tags
    .flatMap(tag => caches?.get(tag) ?? [])
    .map(coldSecondsIn)
    .find(seconds => seconds !== undefined);
}

/** Parses seconds as {@link formatSeconds} writes them; `undefined` where the text is not a number. */
export function parseSeconds(text = ''): number | undefined {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/**
 * The JSON of the same manifest with the seconds of the last cold build, which BuildKit ignores.
 * @throws {Failure} where two programs could read the manifest differently.
 */
export function withColdSeconds(cache: StoredManifest, seconds: number): string {
  const { members, annotations } = readContent(cache);
  const { annotations: _, ...rest } = members;
  return JSON.stringify({
    ...rest,
    annotations: { ...annotations, [coldAnnotation]: formatSeconds(seconds) },
  });
}

/** Seconds with one decimal, as they are stored with a cache. */
export function formatSeconds(seconds: number): string {
  return seconds.toFixed(1);
}

/** The seconds that the next build is compared with: those of this build if it was cold, else those of the last cold one. */
export function nextColdSeconds(
  { cacheUse, seconds }: { cacheUse: CacheUse; seconds: number },
  last: number | undefined,
): number | undefined {
  return isCold(cacheUse) ? seconds : last;
}

/** Whether no step was cached. `WORKDIR` does not count: BuildKit may reuse its folder of another image even with `--no-cache`. */
function isCold({ each }: CacheUse): boolean {
  const steps = each.filter(({ name }) => !/^\[[^\]]*\] WORKDIR /.test(name));
  return steps.length > 0 && steps.every(({ isCached }) => !isCached);
}

/** The time saved against the last cold build; `undefined` where no layer was cached or no cold build is known. */
export function timeSaved(
  { cacheUse, seconds }: { cacheUse: CacheUse; seconds: number },
  cold: number | undefined,
): TimeSaved | undefined {
  return cold === undefined || isCold(cacheUse) ? undefined : { seconds: cold - seconds, cold };
}

/** The time saved in words, for the log and the summary. */
export function sayTimeSaved({ seconds, cold }: TimeSaved): string {
  const saved = seconds < 0.1 ? 'no time' : `about ${sayRoughSeconds(seconds)}`;
  return `${saved} saved against the last cold build (${sayRoughSeconds(cold)})`;
}

function sayRoughSeconds(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/**
 * Whether the time of a cold build can be stored with the cache: only where the step itself chooses the cache, and not in
 * ECR Public, which does not show manifests.
 */
export function canRecordColdTime(
  layers: CachePlan,
  { kind, to }: Pick<CacheChoice, 'kind' | 'to'>,
): boolean {
  if (layers.kind === 'off' || layers.raw.to.length > 0 || to.length === 0) return false;
  return kind === 'actions' || (kind === 'registry' && !layers.isPublic);
}
