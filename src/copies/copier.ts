import { openBlobStore } from '../copy/blob-store.ts';
import type { BlobStore } from '../copy/blob-store.ts';
import { copyTree } from '../copy/copy-tree.ts';
import type { Copied } from '../copy/copy-tree.ts';
import type { ImageTree } from '../copy/image-tree.ts';
import { openMounts } from '../copy/mounts.ts';
import { openPace } from '../copy/pace.ts';
import type { Place } from '../copy/place.ts';
import { readTree } from '../copy/read-tree.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { openTagger } from '../image/tagger.ts';
import type { Tagger } from '../image/tagger.ts';
import { together } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import { ownValue } from '../platform/own-value.ts';

/** Copies one image to several destinations, each blob of which is read once. */
export interface Copier extends AsyncDisposable {
  tree: ImageTree;
  /** Does the work of a destination; of a bounded number of them at once. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Copies what is missing at a destination. */
  copy(to: Place, log: Pick<Log, 'info'>): Promise<Copied>;
  /** Puts the tags that the image does not have at a destination, fixed ones first. `onPut` is told of each that it has then. */
  tag(to: Place, tags: { fixed: string[]; moving: string[]; onPut: (tag: string) => void }): Promise<void>;
}

/**
 * Finds all that belongs to an image, and makes what copies it.
 * @throws {Failure} where a part of it is missing, or cannot be trusted.
 */
export async function openCopier(
  from: Place,
  image: StoredManifest,
  { destinations, signal }: { destinations: number; signal: AbortSignal },
): Promise<Copier> {
  const tree: ImageTree = await readTree(from, image, { signal });
  const blobs: BlobStore = openBlobStore(from, { readers: destinations, signal });
  const mounts = openMounts(from);
  const pace = openPace({ signal });
  return {
    tree,
    inTurn: work => pace.destination(work),
    copy: (to, log) => copyTree(tree, { to, blobs, mounts, pace, log, signal }),
    async tag(to, { fixed, moving, onPut }) {
      const names = [...fixed, ...moving];
      if (names.length === 0) return;
      const tagger = openTagger({ ecr: pace.paced(to) }, to.repository, { signal });
      const holders = await tagger.holders(names);
      const options = { image, tagger, holders, onPut };
      await putMissing(fixed, options);
      await putMissing(moving, options);
    },
    [Symbol.asyncDispose]: () => blobs[Symbol.asyncDispose](),
  };
}

interface PutOptions {
  image: StoredManifest;
  tagger: Tagger;
  /** The digests by tag. */
  holders: Record<string, string>;
  onPut: (tag: string) => void;
}

function putMissing(tags: string[], { image, tagger, holders, onPut }: PutOptions): Promise<void> {
  return together(
    ...tags.map(async tag => {
      if (ownValue(holders, tag) !== image.digest) await tagger.release(tag, image);
      onPut(tag);
    }),
  );
}
