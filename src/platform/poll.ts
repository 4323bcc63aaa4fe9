import { setTimeout } from 'node:timers/promises';

/** Where time comes from. */
export interface Clock {
  /** Milliseconds since the epoch, which only go forward. */
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The time of this machine. */
export const clock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};

export interface PollOptions {
  clock: Clock;
  signal: AbortSignal;
  /** Milliseconds after which no further answer is waited for. */
  timeoutMs: number;
  /** Least milliseconds until the next question, when so many have been spent. */
  pause: (spent: number) => number;
  /** Told before each pause, with the milliseconds spent so far. */
  onWait: (spent: number) => void;
}

/**
 * Asks until there is an answer or the time is spent; `undefined` means that time ran out. The pauses are spread by a
 * tenth, so that fifty jobs of one push don't ask in step.
 */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  { clock: { now, sleep }, signal, timeoutMs, pause, onWait }: PollOptions,
): Promise<T | undefined> {
  const began = now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const spent = now() - began;
    if (spent >= timeoutMs) return undefined;
    onWait(spent);
    await sleep(Math.min(pause(spent) * (1 + Math.random() * 0.1), timeoutMs - spent), signal);
  }
}

/** For `onWait`: tells what is waited for when that changes, and again after so many milliseconds. */
export function heartbeat(
  every: number,
  { say, tell }: { say: () => string; tell: (said: string, spent: number) => void },
): PollOptions['onWait'] {
  let last = { said: '', spent: 0 };
  return spent => {
    const said = say();
    if (said === last.said && spent - last.spent < every) return;
    last = { said, spent };
    tell(said, spent);
  };
}
