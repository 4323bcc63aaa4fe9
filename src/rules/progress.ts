/** What a build took from the cache. */
export interface CacheUse {
  /** Steps of the Dockerfile that do work: neither BuildKit's own nor the `FROM` of a stage. */
  steps: number;
  cached: number;
}

/**
 * Reads BuildKit's plain progress: `#7 [build 2/4] RUN make` names a step, `#7 CACHED` says that nothing was run, and so
 * does `#7 extracting sha256:…`, a layer that had to be fetched. What a step itself prints has its time before it.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#progress
 */
export function cacheUseOf(progress: string): CacheUse {
  const steps = new Set(
    Array.from(progress.matchAll(/^#(\d+) \[[^\]]*\d+\/\d+\] (?!FROM )/gm), match => match[1]),
  );
  const cached = Array.from(
    progress.matchAll(/^#(\d+) (?:CACHED$|extracting sha256:)/gm),
    match => match[1],
  ).filter(id => steps.has(id));
  return { steps: steps.size, cached: new Set(cached).size };
}
