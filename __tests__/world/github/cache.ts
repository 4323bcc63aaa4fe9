import type { BlobStorage } from './blobs.ts';
import { parseCacheRequest } from './cache-request.ts';
import type { CacheRequest } from './cache-request.ts';
import { READ, WRITE } from './cache-scopes.ts';
import type { Grant, RuntimeTokens } from './runtime-token.ts';
import { json } from './service.ts';
import type { Reply, Service } from './service.ts';
import { refuseTransport, twirpError, twirpFault } from './twirp.ts';

/** A cache, of one key and version in one scope of a repository. */
export interface CacheEntry {
  id: number;
  repositoryId: string;
  /** The ref that made it. */
  scope: string;
  key: string;
  version: string;
  /** Bytes; 0 while the upload has not been finalized. */
  size: number;
  finalized: boolean;
  /** Path of its blob. */
  blob: string;
}

export interface CacheService {
  readonly service: Service;
  /** Every entry, the oldest first. */
  entries(): readonly CacheEntry[];
  /** Puts another archive, under another key if one is given, in the place of an entry: what somebody else has saved. */
  overwrite(id: number, other: { archive: Buffer; key?: string }): void;
}

export interface CacheOptions {
  blobs: BlobStorage;
  runtimeTokens: RuntimeTokens;
}

/** Who asks: what it may do, and the server as it calls it, where it will find the blobs too. */
interface Caller {
  grant: Grant;
  origin: string;
}

const PREFIX = '/twirp/github.actions.results.api.v1.CacheService/';

/**
 * The cache service, version 2.
 * https://github.com/actions/toolkit/blob/main/packages/cache/src/generated/results/api/v1/cache.ts
 */
export function createCacheService({ blobs, runtimeTokens }: CacheOptions): CacheService {
  const entries: CacheEntry[] = [];

  const create = ({ key, version }: CacheRequest, { grant, origin }: Caller): Reply => {
    const scope = grant.cacheScopes.find(({ Permission }) => Permission & WRITE)?.Scope;
    // Not an HTTP error: clients tell it from contention by the message's beginning.
    // https://github.com/actions/toolkit/pull/2429
    if (scope === undefined)
      return json(200, { ok: false, message: 'cache write denied: token has no writable scopes' });
    if (entries.some(entry => isSame(entry, { grant, scope, key, version })))
      return twirpError(
        409,
        'already_exists',
        'cache entry with the same key, version, and scope already exists',
      );
    const { repositoryId } = grant;
    const blob = blobs.allocate();
    entries.push({
      id: entries.length + 1,
      repositoryId,
      scope,
      key,
      version,
      size: 0,
      finalized: false,
      blob,
    });
    return json(200, {
      ok: true,
      signed_upload_url: `${origin}${blobs.signedPath(blob, 'cw')}`,
      message: '',
    });
  };

  const finalize = ({ key, version, sizeBytes }: CacheRequest, { grant }: Caller): Reply => {
    const scope = grant.cacheScopes.find(({ Permission }) => Permission & WRITE)?.Scope ?? '';
    const entry = entries.find(other => !other.finalized && isSame(other, { grant, scope, key, version }));
    if (!entry) return twirpError(404, 'not_found', 'cache entry not found');
    const size = blobs.size(entry.blob);
    if (size === undefined || size !== sizeBytes)
      return json(200, {
        ok: false,
        entry_id: '0',
        message: 'uploaded blob does not have the announced size',
      });
    entry.size = size;
    entry.finalized = true;
    return json(200, { ok: true, entry_id: String(entry.id), message: '' });
  };

  const find = ({ key, version, restoreKeys }: CacheRequest, { grant, origin }: Caller): Reply => {
    const scopes = grant.cacheScopes.filter(({ Permission }) => Permission & READ);
    if (scopes.length === 0)
      return twirpError(403, 'permission_denied', 'cache read denied: token has no readable scopes');
    for (const { Scope: scope } of scopes) {
      const newestFirst = entries
        .filter(entry => entry.finalized && isSame(entry, { grant, scope, key: entry.key, version }))
        .toReversed();
      const exact = newestFirst.find(entry => entry.key === key);
      const prefixes = [key, ...restoreKeys];
      const found =
        exact ?? prefixes.map(prefix => newestFirst.find(e => e.key.startsWith(prefix))).find(Boolean);
      if (found)
        return json(200, {
          ok: true,
          signed_download_url: `${origin}${blobs.signedPath(found.blob, 'r')}`,
          matched_key: found.key,
        });
    }
    return json(200, { ok: false, signed_download_url: '', matched_key: '' });
  };

  const methods = new Map([
    ['CreateCacheEntry', create],
    ['FinalizeCacheEntryUpload', finalize],
    ['GetCacheEntryDownloadURL', find],
  ]);
  return {
    entries: () => entries,
    overwrite(id, { archive, key }) {
      const entry = entries.find(each => each.id === id);
      if (entry === undefined) throw new Error(`There is no cache ${id}.`);
      Object.assign(entry, { size: archive.length, ...(key !== undefined && { key }) });
      blobs.overwrite(entry.blob, archive);
    },
    service: {
      label: ({ url }) =>
        url.pathname.startsWith(PREFIX) ? `cache:${url.pathname.slice(PREFIX.length)}` : undefined,
      async answer(call) {
        const name = call.url.pathname.slice(PREFIX.length);
        const method = methods.get(name);
        if (!method) return twirpError(404, 'bad_route', `no handler for path "${call.url.pathname}"`);
        const refusal = refuseTransport(call);
        if (refusal) return refusal;
        const grant = await runtimeTokens.verify(call.headers.authorization);
        if (!grant) return twirpError(401, 'unauthenticated', 'missing or invalid authentication');
        const request = parseCacheRequest(call.body.toString());
        if (typeof request === 'string') return twirpError(400, 'invalid_argument', request);
        return method(request, { grant, origin: `http://${call.headers.host ?? ''}` });
      },
      refuse: twirpFault,
    },
  };
}

function isSame(
  entry: CacheEntry,
  { grant, scope, key, version }: { grant: Grant; scope: string; key: string; version: string },
): boolean {
  return (
    entry.repositoryId === grant.repositoryId &&
    entry.scope === scope &&
    entry.key === key &&
    entry.version === version
  );
}
