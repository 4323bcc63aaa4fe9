import type { BuildFailure } from '../docker/build-failure.ts';

/**
 * Matches BuildKit's errors for a layer that it could not fetch. BuildKit trusts a cache's manifest and fetches layers
 * only when it needs them, so a layer that was deleted meanwhile ends the build: https://github.com/moby/buildkit/issues/2836
 */
const cacheErrorPattern =
  /failed to copy: |httpReadSeeker: |short read: expected \d+ bytes|blob (?:sha256:\w+ )?not found|maximum timeout reached|failed commit on ref .*unexpected (?:commit )?(?:size|digest)/;

/** Matches a failed download at the beginning of an error. A push that was interrupted has partly the same error texts. */
export const fetchErrorPattern = /^(?:failed to copy: )?(?:httpReadSeeker: |GET http|short read: )/;

/** BuildKit's solver forgot the state of an edge of the build. No step fails then. */
const lostStatePattern = /^(?:failed to (?:compute|load) cache key: )?failed to get state for index \d+ on /;

/**
 * Whether a build that read caches may succeed without them. A base image that can't be fetched looks the same. Quoted texts are
 * left out: an instruction that failed is quoted in its error, and so is a file that is not there.
 */
export function isCacheFault({ step, message }: BuildFailure): boolean {
  if (step === undefined) return lostStatePattern.test(message);
  const { role, name, error } = step;
  if (role === 'push' || role === 'cache export' || name.startsWith('[internal] ')) return false;
  const [line = ''] = error.split('\n', 1);
  const words = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const pushReason = /^failed to push \S+: (.*)$/.exec(words)?.[1];
  if (role === 'image export' && pushReason !== undefined) return fetchErrorPattern.test(pushReason);
  return !words.startsWith('process "') && cacheErrorPattern.test(words);
}

/**
 * BuildKit's error for a place of caches that it cannot prepare to write to, with the kind of it. It ends the build before anything is
 * built, whatever `ignore-error` says. https://github.com/moby/buildkit/blob/master/control/control.go
 */
const exporterPattern =
  /^(?:failed to configure (?<kind>\w+) cache exporter: |unknown cache exporter: "(?<unknown>\w+)")/;

/**
 * The values of `--cache-to` that a build may do without as BuildKit cannot prepare to write there: those of GitHub's cache, and others
 * that say `ignore-error=true`. It is told by BuildKit before any step; a frontend that says the same gains a build without a cache.
 */
export function unusableExports({ step, stall, message }: BuildFailure, to: readonly string[]): string[] {
  if (step !== undefined || stall !== undefined) return [];
  const { kind, unknown } = exporterPattern.exec(message)?.groups ?? {};
  const type = kind ?? unknown;
  if (type === undefined) return [];
  const isOptional = (each: string): boolean => type === 'gha' || hasOption(each, 'ignore-error', 'true');
  return to.filter(each => hasOption(each, 'type', type) && isOptional(each));
}

/** Whether a value of `--cache-to`, a line of CSV, has an option. */
function hasOption(cache: string, name: string, value: string): boolean {
  return cache.split(',').some(each => each.replaceAll('"', '').trim() === `${name}=${value}`);
}
