import { createHash } from 'node:crypto';

/** A manifest as it is stored: its very bytes, which its digest is of. */
export interface StoredManifest {
  repositoryName: string;
  /** A tag or a digest. */
  reference: string;
  body: string;
  mediaType: string;
}

/** What holds layers and manifests behind ECR: a real registry, or memory where there is none. */
export interface Content {
  /** Bytes; undefined when the repository has no such blob. */
  blobSize(repositoryName: string, digest: string): Promise<number | undefined>;
  /** Where the blob can be fetched without a login; undefined where it is in memory. */
  blobUrl(repositoryName: string, digest: string): string | undefined;
  readBlob(repositoryName: string, digest: string): Promise<Buffer | undefined>;
  writeBlob(repositoryName: string, digest: string, bytes: Buffer): Promise<void>;
  putManifest(manifest: StoredManifest): Promise<void>;
}

/** Content that tests fill themselves, blob by blob. */
export interface MemoryContent extends Content {
  /** @returns the blob's digest */
  putBlob(repositoryName: string, bytes: Buffer | string): string;
}

export function createMemoryContent(): MemoryContent {
  const blobs = new Map<string, Buffer>();
  return {
    async blobSize(repositoryName, digest) {
      return blobs.get(`${repositoryName}@${digest}`)?.length;
    },
    async readBlob(repositoryName, digest) {
      return blobs.get(`${repositoryName}@${digest}`);
    },
    blobUrl: () => undefined,
    async writeBlob(repositoryName, digest, bytes) {
      blobs.set(`${repositoryName}@${digest}`, bytes);
    },
    // The registry keeps each manifest itself, and nobody asks this one for it.
    async putManifest() {},
    putBlob(repositoryName, bytes) {
      const digest = digestOf(bytes);
      blobs.set(`${repositoryName}@${digest}`, Buffer.from(bytes));
      return digest;
    },
  };
}

export function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
