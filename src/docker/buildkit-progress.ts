/** What a build took from the cache. */
export interface CacheUse {
  /** Steps of the Dockerfile that do work: neither BuildKit's own nor the `FROM` of a stage. */
  steps: number;
  cached: number;
  /** Bytes of the layers that those steps fetched instead of making them. */
  fetched: number;
  /** Each step as BuildKit names it, in the order in which they began. */
  each: { name: string; isCached: boolean }[];
  /** The digest of the cache that was written to a registry. */
  written?: string;
  /** Why a cache could not be read, or not be written, in BuildKit's words. */
  trouble: CacheTrouble[];
}

export interface CacheTrouble {
  way: 'read' | 'written';
  reason: string;
}

const units: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/**
 * Reads BuildKit's plain progress: `#7 [build 2/4] RUN make` names a step, `#7 CACHED` says that nothing was run, and so
 * does `#7 extracting sha256:…`, a layer that had to be fetched; `#7 sha256:… 1.2kB / 1.2kB done` says how large it was.
 * What a step itself prints has its time before it.
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
        Number(size) * (units[unit] ?? 0),
      ],
    ),
  );
  fetched.delete('');
  const written = Array.from(
    progress.matchAll(/^#\d+ writing cache (?:image )?manifest (sha256:[0-9a-f]{64})/gm),
  ).at(-1)?.[1];
  // BuildKit may tell of one step twice, under two numbers.
  const each = Array.from(
    Map.groupBy(names, ([, name]) => name),
    ([name, told]) => ({ name, isCached: told.every(([id]) => cached.has(id)) }),
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

/** BuildKit goes on without a cache that it cannot read or write. One that is not there yet is no trouble. */
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
 * What a build has come to, where all that it does is wait: for bytes of layers, or for what it does not tell of, with no step
 * open. The same answer later means that nothing has moved meanwhile, as BuildKit tells of a download every five seconds,
 * whether it moves or not: `#9 sha256:… 0B / 2.38kB 153.2s`. `undefined` where a step is at work.
 */
export function waitingOf(progress: string): string | undefined {
  const lines = progress.split(/\r?\n/).map(line => line.replace(/(?<=^#\d+ sha256:.*) [\d.]+s$/, ''));
  const last = new Map(
    lines.flatMap(line => {
      const [, id, said = ''] = /^#([1-9]\d*) (.*)$/.exec(line) ?? [];
      return id === undefined || said === '...' ? [] : [[id, said] as const];
    }),
  );
  const waits = [...last.values()].every(said =>
    /^(?:DONE|CACHED|CANCELED|ERROR)\b|^sha256:[0-9a-f]+ \S+ \/ \S+$/.test(said),
  );
  return waits && last.size > 0 ? String(new Set(lines).size) : undefined;
}

/** What a failed build said at last: its error, the output before it, and where in the Dockerfile that is. */
export function lastLinesOf(progress: string): string {
  return progress.trimEnd().split(/\r?\n/).slice(-25).join('\n').slice(-8_000);
}
