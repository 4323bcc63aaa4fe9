/** What this job may do with GitHub's cache of the repository. */
export interface CacheService {
  reads: boolean;
  writes: boolean;
  /** The newer of its two protocols, the only one on github.com. */
  v2: boolean;
  /** Why it can't be used, or only be read; completes "GitHub's cache …". */
  limit?: string;
}

/** The part of a runtime token's claim `ac` that is read: bit 1 reads, bit 2 writes. */
interface Scope {
  Permission?: number;
}

/**
 * Read from what the runner gives to JavaScript actions. BuildKit drops `type=gha` without a word where the token or the
 * address is missing, and fails an export with a token that may only read, so both have to be known before the build.
 * https://docs.docker.com/build/cache/backends/gha/
 */
export function cacheServiceOf(environment: Record<string, string | undefined>): CacheService {
  const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_CACHE_MODE: mode = '' } = environment;
  const v2 = /^(1|true)$/i.test(environment['ACTIONS_CACHE_SERVICE_V2'] ?? '');
  const address = environment['ACTIONS_RESULTS_URL'] || (v2 ? '' : environment['ACTIONS_CACHE_URL']);
  const none = { reads: false, writes: false, v2 };
  if (!token) return { ...none, limit: 'has no token in this job (ACTIONS_RUNTIME_TOKEN)' };
  if (!address) return { ...none, limit: 'has no address in this job (ACTIONS_RESULTS_URL)' };
  const scopes = scopesIn(token);
  const may = (bit: number): boolean =>
    scopes === undefined || scopes.some(({ Permission = 0 }) => (Permission & bit) !== 0);
  const reads = may(1) && !/^(none|write-only)$/.test(mode);
  const writes = may(2) && !/^(none|read)$/.test(mode);
  if (!reads) return { ...none, limit: 'may not be read by this job' };
  return { reads, writes, v2, ...(!writes && { limit: 'may only be read by this job' }) };
}

/** The scopes in a token; `undefined` where it does not say, as an older server's. */
function scopesIn(token: string): Scope[] | undefined {
  try {
    const claims: { ac?: string } = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    );
    return claims.ac === undefined ? undefined : JSON.parse(claims.ac);
  } catch {
    return undefined;
  }
}
