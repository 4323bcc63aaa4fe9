import { openBlobStore } from '../copy/blob-store.ts';
import { copyTree } from '../copy/copy-tree.ts';
import type { Copied } from '../copy/copy-tree.ts';
import type { ImageTree } from '../copy/image-tree.ts';
import { openMounts } from '../copy/mounts.ts';
import { openPace } from '../copy/pace.ts';
import type { Place } from '../copy/place.ts';
import type { Log } from '../platform/job.ts';

interface CopyFromSourceOptions {
  from: Place;
  to: Place;
  log: Pick<Log, 'info'>;
  signal: AbortSignal;
}

/** Copies what a single destination lacks of an image. What was read of its blobs is removed at the end. */
export async function copyFromSource(
  tree: ImageTree,
  { from, to, log, signal }: CopyFromSourceOptions,
): Promise<Copied> {
  await using blobs = openBlobStore(from, { readers: 1, signal });
  return await copyTree(tree, {
    to,
    blobs,
    mounts: openMounts(from),
    pace: openPace({ signal }),
    log,
    signal,
  });
}
