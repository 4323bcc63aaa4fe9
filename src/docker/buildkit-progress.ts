import { replaceMasked } from '../platform/masked-values.ts';

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

const MAX_LAST_LINES = 25;
const MAX_LAST_CHARACTERS = 8_000;

/** Bytes by the units of sizes in BuildKit's progress. */
const BYTES_BY_UNIT: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/**
 * Reads BuildKit's plain progress. `#7 [build 2/4] RUN make` names a step. `#7 CACHED` means that the step was not run, and so
 * does `#7 extracting sha256:…`, for a layer that was downloaded; `#7 sha256:… 1.2kB / 1.2kB done` has its size. Lines that a
 * step itself prints begin with its time, so they are not mistaken for these.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#progress
 */
export function cacheUseOf(progress: string): CacheUse {
  const names = new Map(
    Array.from(progress.matchAll(/^#(\d+) (\[[^\]]*\d+\/\d+\] (?!FROM ).*)$/gm), ([, id = '', name = '']) => [
      id,
      name.trimEnd(),
    ]),
  );
  const cached = new Set(
    Array.from(progress.matchAll(/^#(\d+) (?:CACHED$|extracting sha256:)/gm), ([, id]) => id),
  );
  const fetched = new Map(
    Array.from(
      progress.matchAll(/^#(\d+) (sha256:[0-9a-f]+) \S+ \/ ([\d.]+)(k?M?G?B)(?: [\d.]+s)? done$/gm),
      ([, id = '', digest = '', size, unit = '']) => [
        names.has(id) ? digest : '',
        Number(size) * (BYTES_BY_UNIT[unit] ?? 0),
      ],
    ),
  );
  fetched.delete('');
  const written = Array.from(
    progress.matchAll(/^#\d+ writing cache (?:image )?manifest (sha256:[0-9a-f]{64})/gm),
  ).at(-1)?.[1];
  // BuildKit may report the same step under two numbers.
  const each = Array.from(
    Map.groupBy(names, ([, name]) => name),
    ([name, reports]) => ({ name, isCached: reports.every(([id]) => cached.has(id)) }),
  );
  return {
    steps: each.length,
    cached: each.filter(({ isCached }) => isCached).length,
    fetched: Math.round([...fetched.values()].reduce((sum, bytes) => sum + bytes, 0)),
    each,
    ...(written !== undefined && { written }),
    trouble: troubleIn(progress),
  };
}

/**
 * The first error of each kind: BuildKit continues without a cache that it cannot read or write. A cache that does not exist
 * yet is no error.
 */
function troubleIn(progress: string): CacheTrouble[] {
  const names =
    /^#(\d+) (importing cache manifest from|exporting cache to|exporting to GitHub Actions Cache)/gm;
  const ways = new Map(
    Array.from(progress.matchAll(names), ([, id, what = '']) => [
      id,
      what.startsWith('importing') ? 'read' : 'written',
    ]),
  );
  const errors = Array.from(progress.matchAll(/^#(\d+) ERROR: (.*?)\s*$/gm), ([, id, reason = '']) => ({
    way: ways.get(id),
    reason,
  }));
  return (['read', 'written'] as const).flatMap(way => {
    const first = errors.find(each => each.way === way && !each.reason.endsWith(': not found'));
    return first === undefined ? [] : [{ way, reason: first.reason }];
  });
}

/**
 * The state of a build that only waits: for the download of layers, or without any step in progress. `undefined` while a step
 * is at work. The same answer later means that there was no progress in between. BuildKit repeats the line of a download every
 * five seconds, with or without progress (`#9 sha256:… 0B / 2.38kB 153.2s`), so its time is ignored.
 */
export function waitStateOf(progress: string): string | undefined {
  const lines = progress.split(/\r?\n/).map(line => line.replace(/(?<=^#\d+ sha256:.*) [\d.]+s$/, ''));
  const last = new Map(
    lines.flatMap(line => {
      const [, id, text = ''] = /^#([1-9]\d*) (.*)$/.exec(line) ?? [];
      return id === undefined || text === '...' ? [] : [[id, text] as const];
    }),
  );
  const waits = [...last.values()].every(text =>
    /^(?:DONE|CACHED|CANCELED|ERROR)\b|^sha256:[0-9a-f]+ \S+ \/ \S+$/.test(text),
  );
  return waits && last.size > 0 ? String(new Set(lines).size) : undefined;
}

/**
 * The end of the output of a failed build: its error, the output before it, and the place in the Dockerfile. At most 25 lines
 * and 8,000 characters. Masked values are replaced before the text is cut, as the rest of one that is cut would be shown.
 */
export function lastLinesOf(progress: string): string {
  const lines = progress.trimEnd().split(/\r?\n/).slice(-MAX_LAST_LINES);
  return replaceMasked(lines.join('\n')).slice(-MAX_LAST_CHARACTERS);
}
