import { isDownload } from './build-steps.ts';
import type { Step } from './build-steps.ts';
import { roleOf } from './step-roles.ts';

/** What a build took from the cache. */
export interface CacheUse {
  /** Number of steps of the Dockerfile, without the internal steps of BuildKit and without `FROM`. */
  steps: number;
  /** Number of those steps that the cache had. */
  cached: number;
  /** Bytes of the layers that those steps downloaded instead of building them. */
  fetched: number;
  /** Each step as BuildKit names it, in the order in which they began. */
  each: { name: string; isCached: boolean }[];
  /** The digest of the cache that was written to a registry. */
  written?: string;
  /** Why a cache could not be read or written, in BuildKit's words. */
  trouble: CacheTrouble[];
}

/** An error of BuildKit about a cache. */
export interface CacheTrouble {
  way: 'read' | 'written';
  reason: string;
}

/**
 * Sums up the steps of a build. A step whose layer was downloaded and extracted was not run, so it counts as cached.
 */
export function cacheUseOf(steps: readonly Step[]): CacheUse {
  const instructions = steps
    .filter(({ name, runs }) => runs.size > 0 && /^\[(?:[^\]]*\D)?\d+\/\d+\] (?!FROM )/.test(name))
    .toSorted((a, b) => Math.min(...a.runs.keys()) - Math.min(...b.runs.keys()));
  // BuildKit may report the same step under two digests.
  const each = Array.from(
    Map.groupBy(instructions, ({ name }) => name),
    ([name, reports]) => ({ name, isCached: reports.every(isFromCache) }),
  );
  const written = writtenCache(steps);
  return {
    steps: each.length,
    cached: each.filter(({ isCached }) => isCached).length,
    fetched: fetchedBytes(instructions),
    each,
    ...(written !== undefined && { written }),
    trouble: troubleIn(steps),
  };
}

function isFromCache({ isCached, statuses }: Step): boolean {
  return isCached || [...statuses.keys()].some(id => id.startsWith('extracting sha256:'));
}

function fetchedBytes(instructions: readonly Step[]): number {
  const layers = new Map(
    instructions.flatMap(({ statuses }) =>
      [...statuses.values()]
        .filter(status => isDownload(status) && status.completed !== undefined)
        .map(({ id, total }) => [id, total] as const),
    ),
  );
  return [...layers.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** The digest in the part `writing cache manifest sha256:…` of an export of a cache. */
function writtenCache(steps: readonly Step[]): string | undefined {
  return steps
    .filter(step => roleOf(step, steps) === 'cache export')
    .flatMap(({ statuses }) => Array.from(statuses.values()))
    .filter(({ completed }) => completed !== undefined)
    .flatMap(({ id }) => /^writing cache (?:image )?manifest (sha256:[0-9a-f]{64})$/.exec(id)?.[1] ?? [])
    .at(-1);
}

/**
 * The first error of each kind: BuildKit continues without a cache that it cannot read or write. A cache that does not exist
 * yet is no error.
 */
function troubleIn(steps: readonly Step[]): CacheTrouble[] {
  const errors = steps.flatMap(step => {
    const role = step.error === undefined ? 'other' : roleOf(step, steps);
    if (step.error === undefined || step.error.endsWith(': not found')) return [];
    if (role !== 'cache import' && role !== 'cache export') return [];
    return [{ way: role === 'cache import' ? 'read' : 'written', reason: step.error } as const];
  });
  return (['read', 'written'] as const).flatMap(way => errors.find(each => each.way === way) ?? []);
}
