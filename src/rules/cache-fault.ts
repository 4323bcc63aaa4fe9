import { lastErrorOf } from './push-fault.ts';

/**
 * How BuildKit says that it could not fetch a layer. It takes a cache at its word and fetches only what it needs in the
 * end, so a layer that has gone meanwhile ends the build: https://github.com/moby/buildkit/issues/2836
 */
const sign =
  /failed to copy: |httpReadSeeker: |short read: expected \d+ bytes|blob (?:sha256:\w+ )?not found|maximum timeout reached|failed to get state for index|failed commit on ref .*unexpected (?:commit )?(?:size|digest)/;

/** A push that broke off says partly the same. */
const fetching = /httpReadSeeker: |GET http/;

/** Whether a build that read caches may end well without them. A base image that can't be fetched looks the same. */
export function isCacheFault(output: string): boolean {
  const error = lastErrorOf(output) ?? '';
  return sign.test(error) && (!error.includes('failed to push') || fetching.test(error));
}
