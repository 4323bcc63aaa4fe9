import type { Job } from './job.ts';

/** Bits of `Permission` in a scope. https://github.com/tonistiigi/go-actions-cache/blob/master/cache.go */
export const READ = 1;
export const WRITE = 2;

/** A ref whose caches a job may see or make, in the spelling of the token's claim `ac`. */
export interface CacheScope {
  Scope: string;
  /** `READ`, `WRITE` or both. */
  Permission: number;
}

/**
 * The scopes of a job, in the order they are searched: its own ref, then a pull request's base branch, then the
 * default branch. Only its own ref can be written.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache
 */
export function cacheScopes(job: Job): CacheScope[] {
  const own = permissions(job.cacheMode);
  const others = [...(job.baseRef ? [`refs/heads/${job.baseRef}`] : []), `refs/heads/${job.defaultBranch}`];
  return [
    { Scope: job.ref, Permission: own },
    ...[...new Set(others)]
      .filter(scope => scope !== job.ref)
      .map(scope => ({ Scope: scope, Permission: own & READ })),
  ].filter(scope => scope.Permission > 0);
}

function permissions(mode: Job['cacheMode']): number {
  switch (mode) {
    case 'none':
      return 0;
    case 'read':
      return READ;
    case 'write':
      return READ | WRITE;
    case 'write-only':
      return WRITE;
  }
}
