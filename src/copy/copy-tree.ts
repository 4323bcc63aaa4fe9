import pLimit from 'p-limit';
import { megabytes } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import type { BlobReader, BlobStore } from './blob-store.ts';
import type { ImageTree, TreeBlob } from './image-tree.ts';
import type { Mounts } from './mounts.ts';
import type { Pace, Patience } from './pace.ts';
import { whereIs } from './place.ts';
import type { Place } from './place.ts';
import { planPuts, readHeld } from './plan-puts.ts';
import { putAll, verify } from './put-manifests.ts';
import { openBlobSender } from './send-blobs.ts';

/** The result of a copy. `there`: nothing was missing. Bytes are those of blobs. */
export interface Copied {
  kind: 'copied' | 'there';
  /** How many were put. */
  manifests: number;
  sentBytes: number;
  /** Of blobs that the registry took from another of its repositories. */
  mountedBytes: number;
  /** Of blobs that the destination had. */
  presentBytes: number;
}

interface CopyOptions extends Patience {
  to: Place;
  blobs: BlobStore;
  mounts: Mounts;
  pace: Pace;
  log: Pick<Log, 'info'>;
  signal: AbortSignal;
}

/** Blobs that are under way to one destination at once. */
const BLOBS_AT_ONCE = 4;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html */
const LAYERS_PER_REQUEST = 100;

/**
 * Copies what is missing at the destination, blobs first, then manifests, and asks the destination for every manifest's bytes
 * afterwards. It puts no tags but those by which other tools find what refers to an image.
 * @throws {Failure}
 */
export async function copyTree(tree: ImageTree, options: CopyOptions): Promise<Copied> {
  const { to, blobs, mounts, pace, log } = options;
  using reader = blobs.reader();
  const target: Place = { ...to, ecr: pace.paced(to) };
  const held = await readHeld(target, tree);
  const puts = planPuts(tree, { to, held, log });
  if (puts.length === 0) {
    mounts.add(to);
    return { kind: 'there', manifests: 0, sentBytes: 0, mountedBytes: 0, presentBytes: tree.bytes };
  }
  const absent = puts.filter(({ isAbsent }) => isAbsent).map(({ manifest }) => manifest);
  const needed = new Set(absent.flatMap(each => each.blobs));
  const missing = await findMissing(
    target,
    tree.blobs.filter(({ digest }) => needed.has(digest)),
  );
  const isMissing = new Set(missing.map(({ digest }) => digest));
  for (const { digest } of tree.blobs) if (!isMissing.has(digest)) reader.release(digest);
  log.info(
    `${absent.length} of ${tree.manifests.length} manifests and ${missing.length} of ${tree.blobs.length} layers are missing (${megabytes(sumOf(missing))})`,
  );
  const copy = async (from: string | undefined): Promise<{ sent: TreeBlob[]; mounted: TreeBlob[] }> => {
    const done = await sendAll(missing, { ...options, from, reader });
    await putAll(target, puts, options);
    return done;
  };
  const { sent, mounted } = missing.length === 0 ? await copy(undefined) : await mounts.inTurn(to, copy);
  await verify(target, absent, options);
  const [sentBytes, mountedBytes] = [sumOf(sent), sumOf(mounted)];
  return {
    kind: 'copied',
    manifests: absent.length,
    sentBytes,
    mountedBytes,
    presentBytes: tree.bytes - sumOf(missing),
  };
}

/** The blobs that the destination lacks. */
async function findMissing(to: Place, blobs: readonly TreeBlob[]): Promise<TreeBlob[]> {
  const digests = blobs.map(({ digest }) => digest);
  const requests = Array.from({ length: Math.ceil(digests.length / LAYERS_PER_REQUEST) }, (_, at) =>
    to.ecr.batchCheckLayerAvailability({
      ...whereIs(to),
      layerDigests: digests.slice(at * LAYERS_PER_REQUEST, (at + 1) * LAYERS_PER_REQUEST),
    }),
  );
  const answers = await Promise.all(requests);
  const available = new Set(
    answers.flatMap(({ layers = [] }) =>
      layers.flatMap(({ layerDigest, layerAvailability }) =>
        layerAvailability === 'AVAILABLE' ? [layerDigest] : [],
      ),
    ),
  );
  return blobs.filter(({ digest }) => !available.has(digest));
}

interface SendOptions extends Omit<CopyOptions, 'blobs' | 'mounts'> {
  reader: BlobReader;
  from: string | undefined;
}

async function sendAll(
  missing: readonly TreeBlob[],
  { reader, from, ...options }: SendOptions,
): Promise<{ sent: TreeBlob[]; mounted: TreeBlob[] }> {
  const { to, pace, log } = options;
  const done: { sent: TreeBlob[]; mounted: TreeBlob[] } = { sent: [], mounted: [] };
  if (missing.length === 0) return done;
  // One that fails ends the others: their destination has failed.
  const ending = new AbortController();
  using sender = openBlobSender(to, { ...options, signal: AbortSignal.any([options.signal, ending.signal]) });
  const limited = pLimit(BLOBS_AT_ONCE);
  const send = async (blob: TreeBlob): Promise<void> => {
    ending.signal.throwIfAborted();
    // Where nothing can be mounted it is read while the upload is opened.
    if (from === undefined) reader.prepare(blob);
    const result = await sender.send(blob, {
      from,
      withFile: work => reader.use(blob, path => pace.upload(() => work(path))),
    });
    if (result === 'mounted') reader.release(blob.digest);
    if (result !== 'absent') done[result].push(blob);
    log.info(
      `${blob.digest} ${result === 'absent' ? 'is not in the registry' : result}, ${megabytes(blob.size)}`,
    );
  };
  const sends = missing.map(blob =>
    limited(() => send(blob)).catch(error => {
      ending.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(sends);
  await Promise.all(sends);
  return done;
}

function sumOf(blobs: readonly TreeBlob[]): number {
  return blobs.reduce((sum, { size }) => sum + size, 0);
}
