import { setTimeout } from 'node:timers/promises';

/** A source of time, which tests simulate. */
export interface Clock {
  /** Milliseconds since the epoch, never less than before. */
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const clock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};

/** How long and how often to poll. */
export interface PollOptions {
  clock: Clock;
  signal: AbortSignal;
  /** Milliseconds after which polling ends. */
  timeoutMs: number;
  /** The least milliseconds until the next call, by the milliseconds spent so far. */
  pause: (spentMs: number) => number;
  /** Called before each pause with the milliseconds spent so far. */
  onWait: (spentMs: number) => void;
}

/**
 * Calls `ask` until it returns a value; `undefined` means that the time ran out. Each pause is lengthened at random by up to a
 * tenth, so that many jobs of one push do not call at the same moments.
 */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  { clock: { now, sleep }, signal, timeoutMs, pause, onWait }: PollOptions,
): Promise<T | undefined> {
  const began = now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const spentMs = now() - began;
    if (spentMs >= timeoutMs) return undefined;
    onWait(spentMs);
    await sleep(Math.min(pause(spentMs) * (1 + Math.random() * 0.1), timeoutMs - spentMs), signal);
  }
}

const MIN_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 8_000;

/**
 * Milliseconds until the next call, after `spentMs` milliseconds of waiting for something of unknown length: a fifth of that time, so
 * that its end is noticed late by a tenth of its duration on average.
 */
export function growingPause(spentMs: number): number {
  return Math.min(Math.max(spentMs / 5, MIN_PAUSE_MS), MAX_PAUSE_MS);
}

/** The log repeats after this time what is waited for. */
export const HEARTBEAT_MS = 10_000;

/** Makes an `onWait` that calls `tell` whenever the text of `say` changes, and again each time that `everyMs` have passed. */
export function heartbeat(
  everyMs: number,
  { say, tell }: { say: () => string; tell: (text: string, spentMs: number) => void },
): PollOptions['onWait'] {
  let last = { text: '', spentMs: 0 };
  return spentMs => {
    const text = say();
    if (text === last.text && spentMs - last.spentMs < everyMs) return;
    last = { text, spentMs };
    tell(text, spentMs);
  };
}
