import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { openTransfers } from '../aws/transfers.ts';
import { makeTempDir, removeFolder } from '../platform/temp-dir.ts';
import type { TreeBlob } from './image-tree.ts';
import type { Patience } from './pace.ts';
import type { Place } from './place.ts';
import { readBlob } from './read-blob.ts';

/** The source's blobs as files of the step, each read once. */
export interface BlobStore extends AsyncDisposable {
  /** Bytes that were read from the source. */
  readonly readBytes: number;
  /** Begins the copy to one destination, which is done with all blobs when its reader is disposed of. */
  reader: () => BlobReader;
}

/** A destination's access to the blobs. */
export interface BlobReader extends Disposable {
  /**
   * Gives a blob's file to `work`; the file may be gone after that. The path is `undefined` where the source lacks a blob that may be
   * absent.
   * @throws {Failure} where the blob cannot be read, or is not what its digest and size say.
   */
  use: <T>(blob: TreeBlob, work: (path: string | undefined) => Promise<T>) => Promise<T>;
  /** Begins to read a blob that will be used. */
  prepare: (blob: TreeBlob) => void;
  /** Says that this destination does not need the blob. */
  release: (digest: string) => void;
}

interface BlobStoreOptions extends Patience {
  /** How many readers there will be: a file is removed when each of them is done with it, and all of them at the end. */
  readers: number;
  signal: AbortSignal;
}

/** Blobs that are read at once. */
const READS_AT_ONCE = 4;

/** Reads each blob of the source once, whoever asks for it and however often, its digest and size checked. */
export function openBlobStore(from: Place, { readers: expected, ...options }: BlobStoreOptions): BlobStore {
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const transfers = openTransfers(signal);
  const files = new Map<string, Promise<string | undefined>>();
  const readers = new Set<{ released: Set<string>; isDone: boolean }>();
  const limited = pLimit(READS_AT_ONCE);
  let folder: Promise<string> | undefined;
  let readBytes = 0;

  const read = async (blob: TreeBlob): Promise<string | undefined> => {
    const path = join(await (folder ??= makeTempDir()), blob.digest.replace(':', '-'));
    const isRead = await readBlob(from, blob, { ...options, path, transfers, signal });
    if (!isRead) return undefined;
    readBytes += blob.size;
    return path;
  };
  const fileOf = (blob: TreeBlob): Promise<string | undefined> => {
    const file = files.get(blob.digest) ?? limited(() => read(blob));
    files.set(blob.digest, file);
    return file;
  };
  const isNeeded = (digest: string): boolean =>
    readers.size < expected || [...readers].some(({ released, isDone }) => !isDone && !released.has(digest));
  const removeUnneeded = (digest: string): void => {
    if (isNeeded(digest)) return;
    const file = files.get(digest);
    file?.then(path => (path === undefined ? undefined : rm(path, { force: true }))).catch(() => {});
  };
  return {
    get readBytes() {
      return readBytes;
    },
    reader() {
      const reader = { released: new Set<string>(), isDone: false };
      readers.add(reader);
      const release = (digest: string): void => {
        reader.released.add(digest);
        removeUnneeded(digest);
      };
      return {
        // Whoever uses it is told what goes wrong.
        prepare: blob => void fileOf(blob).catch(() => {}),
        release,
        async use(blob, work) {
          try {
            return await work(await fileOf(blob));
          } finally {
            release(blob.digest);
          }
        },
        [Symbol.dispose]() {
          reader.isDone = true;
          for (const digest of files.keys()) removeUnneeded(digest);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      ending.abort(new Error('The copies have ended.'));
      transfers[Symbol.dispose]();
      await Promise.allSettled(files.values());
      if (folder !== undefined) await folder.then(removeFolder, () => {});
    },
  };
}
