import { isRefusal } from '../aws/client.ts';
import { clock as realClock, poll } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';

/** Milliseconds after a push in which an operation of ECR may not know the image yet. */
export const UNKNOWN_AFTER_PUSH_MS = 30_000;

/** By which calls the wait for an image is limited; `clock` is the machine's unless a test has another. */
export interface JustPushed {
  signal: AbortSignal;
  clock?: Clock;
}

/** Whether ECR says that it does not have an image, or one that an index names, or one of its layers. */
export function isUnknownImage(error: unknown): boolean {
  return isRefusal(
    error,
    'ImageNotFoundException',
    'ReferencedImagesNotFoundException',
    'LayersNotFoundException',
  );
}

/**
 * Asks ECR about images that were pushed just before, by this run or as it was told, again for half a minute while ECR does not
 * know them: `ask` then answers `undefined` or throws ECR's error. After that time the last answer counts.
 */
export async function askUntilKnown<T>(
  ask: () => Promise<T | undefined>,
  { signal, clock = realClock }: JustPushed,
): Promise<T | undefined> {
  let unknown: unknown;
  const look = async (): Promise<T | undefined> => {
    unknown = undefined;
    try {
      return await ask();
    } catch (error) {
      if (!isUnknownImage(error)) throw error;
      unknown = error;
      return undefined;
    }
  };
  const answer = await poll(look, {
    clock,
    signal,
    timeoutMs: UNKNOWN_AFTER_PUSH_MS,
    pause: spent => Math.min(500 + spent / 2, 5_000),
    onWait: () => {},
  });
  if (answer === undefined && unknown !== undefined) throw unknown;
  return answer;
}
