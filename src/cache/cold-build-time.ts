import type { CacheChoice } from './choose-backend.ts';
import type { CachePlan } from './plan.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';

/** The annotation of a cache's manifest that says how long the last cold build took; `BatchGetImage` shows it. */
export const coldAnnotation = 'io.github.ecr-image.cold-seconds';

/** How much sooner a build ended than the last one that found no layer. */
export interface TimeSaved {
  /** At most 0 where it took longer. */
  seconds: number;
  /** Seconds that the cold build took. */
  cold: number;
}

interface Annotated {
  annotations?: Record<string, string>;
}

/** The seconds in a cache's manifest; `undefined` where nobody has noted them. */
export function coldSecondsIn(manifest: string): number | undefined {
  const { annotations }: Annotated = JSON.parse(manifest);
  return secondsOf(annotations?.[coldAnnotation]);
}

/** The seconds that the nearest of some caches knows. */
export function coldSecondsAmong(
  tags: readonly string[],
  manifests: ReadonlyMap<string, string> | undefined,
): number | undefined {
  return tags.map(tag => coldSecondsIn(manifests?.get(tag) ?? '{}')).find(seconds => seconds !== undefined);
}

/** A number of seconds that was noted. */
export function secondsOf(text = ''): number | undefined {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** The same manifest with the seconds noted in it: BuildKit takes no notice of them. */
export function withColdSeconds(manifest: string, seconds: number): string {
  const { annotations, ...rest }: Annotated = JSON.parse(manifest);
  return JSON.stringify({ ...rest, annotations: { ...annotations, [coldAnnotation]: noteOf(seconds) } });
}

export function noteOf(seconds: number): string {
  return seconds.toFixed(1);
}

/** What the next build is compared with: this one if it was cold, else the same as this one. */
export function nextCold(
  { cacheUse, seconds }: { cacheUse: CacheUse; seconds: number },
  last: number | undefined,
): number | undefined {
  return isCold(cacheUse) ? seconds : last;
}

/** A `WORKDIR` makes a folder, which BuildKit may know from another image even where it is to use no cache. */
function isCold({ each }: CacheUse): boolean {
  const steps = each.filter(({ name }) => !/^\[[^\]]*\] WORKDIR /.test(name));
  return steps.length > 0 && steps.every(({ isCached }) => !isCached);
}

/** Answers nothing where no layer was cached, or no cold build is known. */
export function timeSaved(
  { cacheUse, seconds }: { cacheUse: CacheUse; seconds: number },
  cold: number | undefined,
): TimeSaved | undefined {
  return cold === undefined || isCold(cacheUse) ? undefined : { seconds: cold - seconds, cold };
}

export function sayTimeSaved({ seconds, cold }: TimeSaved): string {
  const saved = seconds < 0.1 ? 'no time' : `about ${say(seconds)}`;
  return `${saved} saved against the last cold build (${say(cold)})`;
}

function say(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/** Only what the step itself writes has a place for the time; ECR Public shows no manifest. */
export function keepsTime(layers: CachePlan, { kind, to }: Pick<CacheChoice, 'kind' | 'to'>): boolean {
  if (layers.kind === 'off' || layers.raw.to.length > 0 || to.length === 0) return false;
  return kind === 'actions' || (kind === 'registry' && !layers.isPublic);
}
