import { randomUUID } from 'node:crypto';
import { readBlob } from './blob-read.ts';
import { writeBlob } from './blob-write.ts';
import type { Slot } from './blocks.ts';
import type { Call, Reply, Service } from './service.ts';
import type { Permissions, Refusal, UrlSigner } from './signed-urls.ts';
import { storageError, storageFault } from './storage-error.ts';

/** Block blobs in memory, behind signed URLs. */
export interface BlobStorage {
  readonly service: Service;
  /** A place for a blob: its path, with nothing there yet. */
  allocate(): string;
  /** Path and query by which anybody may read or write the blob for a while. */
  signedPath(path: string, permissions: Permissions): string;
  /** Puts other content in the place of a blob's: what somebody else has uploaded. */
  overwrite(path: string, content: Buffer): void;
  /** Size in bytes of what has been committed; undefined when nothing has. */
  size(path: string): number | undefined;
}

const CONTAINER = '/actions-cache/';

/** The operations that a permission of a signed URL is needed for. */
const NEEDED = new Map([
  ['PUT', 'w'],
  ['GET', 'r'],
  ['HEAD', 'r'],
]);

/** An empty storage, whose URLs `signer` signs. */
export function createBlobStorage({ signer, now }: { signer: UrlSigner; now: () => Date }): BlobStorage {
  const slots = new Map<string, Slot>();

  const answer = (call: Call): Reply => {
    const admitted = signer.verify(call.url);
    if ('reason' in admitted) return storageError('AuthenticationFailed', explain(admitted, now()));
    const needed = NEEDED.get(call.method);
    if (needed === undefined) return storageError('UnsupportedHttpVerb');
    if (!admitted.permissions.includes(needed)) return storageError('AuthorizationPermissionMismatch');
    const path = call.url.pathname;
    const slot = slots.get(path);
    if (!slot) return storageError('BlobNotFound');
    if (needed === 'r') return readBlob(slot.committed, call);
    const written = writeBlob(slot, call, { now: now() });
    slots.set(path, written.slot);
    return written.reply;
  };

  return {
    service: {
      label: ({ method, url }) => (url.pathname.startsWith(CONTAINER) ? `cache:${method} blob` : undefined),
      answer: async call => answer(call),
      refuse: storageFault,
    },
    allocate() {
      const path = CONTAINER + randomUUID();
      slots.set(path, { uncommitted: new Map() });
      return path;
    },
    overwrite(path, content) {
      const committed = { content, etag: `"${randomUUID()}"`, lastModified: now(), blocks: new Map() };
      slots.set(path, { committed, uncommitted: new Map() });
    },
    signedPath: (path, permissions) => `${path}?${signer.sign(path, permissions)}`,
    size: path => slots.get(path)?.committed?.content.length,
  };
}

function explain(refusal: Refusal, now: Date): string {
  return refusal.reason === 'signature'
    ? 'Signature did not match.'
    : `Signature not valid in the specified time frame: Expiry [${refusal.expiry}] - Current [${now.toISOString()}]`;
}
