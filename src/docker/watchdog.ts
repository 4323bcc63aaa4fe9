import type { ProcessResult } from '../platform/process.ts';

/** Looks at a program again and again while it runs. */
export interface Watch<Reason> {
  /** Milliseconds between two looks. */
  intervalMs: number;
  /** Returns why the program is to be interrupted. `now` is in milliseconds. */
  look: (now: number) => Reason | undefined;
}

/** Runs a program and interrupts it when a watch says so; `stopped` is then its reason, and the exit code is 1. */
export async function runWatched<Reason extends object>(
  run: (signal: AbortSignal | undefined) => Promise<ProcessResult>,
  { signal, watch }: { signal: AbortSignal | undefined; watch: Watch<Reason> | undefined },
): Promise<ProcessResult & { stopped?: Reason }> {
  if (watch === undefined) return run(signal);
  const stop = new AbortController();
  let stopped: Reason | undefined;
  const timer = setInterval(() => {
    if (stopped !== undefined) return;
    stopped = watch.look(performance.now());
    if (stopped !== undefined) stop.abort(stopped);
  }, watch.intervalMs);
  try {
    return await run(AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]));
  } catch (error) {
    if (stopped === undefined || error !== stopped) throw error;
    return { exitCode: 1, output: '', stopped };
  } finally {
    clearInterval(timer);
  }
}

/** How often a state is read within its time-out. */
const LOOKS_PER_TIMEOUT = 12;

/** When a program that only waits is considered stalled. */
export interface StallCheck<Reason> {
  /** Milliseconds without progress after which it is stalled. */
  stallTimeoutMs: number;
  /** The state of the program; the same state again means no progress. `undefined` while it is at work. */
  stateOf: () => string | undefined;
  reason: Reason;
}

/** Watches for the same state over a time. */
export function watchState<Reason>({ stallTimeoutMs, stateOf, reason }: StallCheck<Reason>): Watch<Reason> {
  let state: string | undefined;
  let unchangedSince: number | undefined;
  return {
    intervalMs: stallTimeoutMs / LOOKS_PER_TIMEOUT,
    look(now) {
      const before = state;
      state = stateOf();
      if (state === undefined || state !== before || unchangedSince === undefined) unchangedSince = now;
      return now - unchangedSince >= stallTimeoutMs ? reason : undefined;
    },
  };
}

/** Several watches as one. */
export function watchAll<Reason>(watches: readonly Watch<Reason>[]): Watch<Reason> | undefined {
  if (watches.length === 0) return undefined;
  return {
    intervalMs: Math.min(...watches.map(({ intervalMs }) => intervalMs)),
    look(now) {
      const reasons = watches.map(({ look }) => look(now));
      return reasons.find(reason => reason !== undefined);
    },
  };
}
