import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a signed URL permits: a reader's has `r`; an uploader's can create and write. */
export type Permissions = 'r' | 'cw';

/** Why a signed URL is refused. */
export type Refusal = { reason: 'signature' } | { reason: 'expired'; expiry: string };

/** Signs the URLs of blobs, as shared access signatures do, with a secret of its own. */
export interface UrlSigner {
  /** The query that admits to `path`, without a `?`. */
  sign(path: string, permissions: Permissions): string;
  /** The permissions that the query of `url` gives for its path. */
  verify(url: URL): { permissions: string } | Refusal;
}

/** Version of the storage service whose behaviour the blobs follow. */
export const STORAGE_VERSION = '2025-11-05';

/** https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas */
export function createUrlSigner(options: { lifetimeSeconds: number; now: () => Date }): UrlSigner {
  const { lifetimeSeconds, now } = options;
  const secret = randomBytes(32);
  const signature = (path: string, permissions: string, { expiry }: { expiry: string }): string =>
    createHmac('sha256', secret)
      .update([permissions, expiry, path, 'b', STORAGE_VERSION].join('\n'))
      .digest('base64');
  return {
    sign(path, permissions) {
      const expiry = new Date(now().getTime() + lifetimeSeconds * 1000).toISOString();
      const sig = signature(path, permissions, { expiry });
      return new URLSearchParams({
        se: expiry,
        sig,
        sp: permissions,
        sr: 'b',
        sv: STORAGE_VERSION,
      }).toString();
    },
    verify(url) {
      const { se: expiry = '', sig = '', sp: permissions = '' } = Object.fromEntries(url.searchParams);
      const expected = Buffer.from(signature(url.pathname, permissions, { expiry }));
      const given = Buffer.from(sig);
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return { reason: 'signature' };
      return Date.parse(expiry) < now().getTime() ? { reason: 'expired', expiry } : { permissions };
    },
  };
}
