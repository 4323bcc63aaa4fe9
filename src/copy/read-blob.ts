import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pRetry from 'p-retry';
import { isRefusal } from '../aws/client.ts';
import { CutTransfer } from '../aws/transfers.ts';
import type { TransferAnswer, Transfers } from '../aws/transfers.ts';
import { describeFailure, Failure } from '../platform/failure.ts';
import type { TreeBlob } from './image-tree.ts';
import type { Patience } from './pace.ts';
import type { Place } from './place.ts';

/** Tries to read a blob, whose connection may be cut. */
const READ_TRIES = 3;

interface ReadOptions extends Patience {
  path: string;
  transfers: Pick<Transfers, 'send'>;
  signal: AbortSignal;
}

/**
 * Reads a blob into a file; answers `false` where the source does not have it and need not.
 * @throws {Failure} where it cannot be read, or is not what its digest and size say.
 */
export async function readBlob(
  { ecr, repository }: Place,
  blob: TreeBlob,
  { path, transfers, signal, firstWaitMs = 1_000 }: ReadOptions,
): Promise<boolean> {
  const { name: repositoryName, registryId, uri } = repository;
  const attempt = async (): Promise<boolean> => {
    // An address of its own for each try: it is good for some minutes alone.
    const { downloadUrl } = await ecr
      .getDownloadUrlForLayer({ repositoryName, registryId, layerDigest: blob.digest })
      .catch(error => {
        if (blob.mayBeAbsent && isRefusal(error, 'LayersNotFoundException', 'LayerInaccessibleException'))
          return { downloadUrl: undefined };
        throw error;
      });
    if (!downloadUrl && blob.mayBeAbsent) return false;
    const url = URL.parse(downloadUrl ?? '');
    if (url === null) throw new CutTransfer('ECR answered without an address for it');
    const answer = await transfers.send({ method: 'GET', url });
    if (answer.status !== 200) {
      await answer.text();
      throw new CutTransfer(`${url.host} answered HTTP ${answer.status}`);
    }
    await write(answer, blob, { path, signal });
    return true;
  };
  try {
    return await pRetry(attempt, {
      retries: READ_TRIES - 1,
      minTimeout: firstWaitMs,
      shouldRetry: ({ error }) => error instanceof CutTransfer,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure(`The layer ${blob.digest} of ${uri} could not be read: ${describeFailure(error)}.`, {
      remedy: remedyFor(error),
      cause: error,
    });
  }
}

async function write(
  { body }: TransferAnswer,
  { digest, size }: TreeBlob,
  { path, signal }: { path: string; signal: AbortSignal },
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  const check = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > size) break;
      hash.update(piece);
      yield piece;
    }
  };
  await pipeline(body, check, createWriteStream(path), { signal });
  if (bytes > size) throw new CutTransfer(`it is longer than the ${size} bytes that its manifest says`);
  if (bytes < size) throw new CutTransfer(`${bytes} of the ${size} bytes came that its manifest says`);
  const actual = `sha256:${hash.digest('hex')}`;
  if (actual !== digest) throw new CutTransfer(`the digest of what came is ${actual}`);
}

/** Whether the runner's disk takes no more. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ENOSPC|EDQUOT|EFBIG)$/.test(String(error.code));
}

function remedyFor(error: unknown): string {
  return isFull(error)
    ? "Free space in the runner's temporary folder (RUNNER_TEMP): each layer that a destination lacks is kept there until all destinations have it."
    : "Run the job again; what has been copied is not copied again. If it stays, check that the runner's network or proxy lets it read from the host of the layers (Amazon S3).";
}
