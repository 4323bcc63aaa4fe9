/** What this job may do with GitHub's cache of the repository. */
export interface CacheService {
  reads: boolean;
  writes: boolean;
  /** Whether version 2 of its protocol is used, the only one on github.com. */
  v2: boolean;
  /** Why the cache can't be used, or can only be read; completes "GitHub's cache …". */
  limit?: string;
  /**
   * Why BuildKit's `type=gha` cannot use what `@actions/cache` can: the server that runs the job, such as Gitea or act, gives
   * tokens of another kind. Completes "GitHub's cache …".
   */
  notByBuildKit?: string;
}

/** What is read of a scope in the claim `ac` of the runtime token. Of `Permission` bit 1 allows to read, bit 2 to write. */
interface TokenScope {
  Permission?: number;
}

/**
 * Reads from the runner's environment what this job may do with GitHub's cache. BuildKit silently ignores `type=gha` where
 * the token or the address is missing, and an export fails where the token may only read, so the step checks both first.
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
  return {
    reads,
    writes,
    v2,
    ...(!writes && { limit: 'may only be read by this job' }),
    ...(scopes === undefined && {
      notByBuildKit:
        "has a token in this job (ACTIONS_RUNTIME_TOKEN) that is none of GitHub's and that BuildKit cannot read",
    }),
  };
}

/**
 * The scopes in a token; `undefined` where it is not one that BuildKit reads: a JWT with access controls and the time in which it
 * is valid. https://github.com/tonistiigi/go-actions-cache/blob/master/cache.go
 */
function scopesIn(token: string): TokenScope[] | undefined {
  const [header = '', payload = '', signature] = token.split('.');
  const { alg } = jsonIn(header);
  const { ac, exp, nbf } = jsonIn(payload);
  if (signature === undefined || typeof alg !== 'string' || typeof ac !== 'string') return undefined;
  if (typeof exp !== 'number' || typeof nbf !== 'number') return undefined;
  try {
    const scopes: unknown = JSON.parse(ac);
    return Array.isArray(scopes)
      ? scopes.filter(each => typeof each === 'object' && each !== null)
      : undefined;
  } catch {
    return undefined;
  }
}

function jsonIn(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
