import type { ProcessResult } from '../platform/process.ts';

/** How often the state is read within the time-out. */
const CHECKS_PER_TIMEOUT = 12;

/** When a program is considered stalled. */
export interface StallCheck {
  /** Milliseconds without progress after which it is stalled. */
  stallTimeoutMs: number;
  /** The state of the program; the same state again means no progress. `undefined` while it is at work. */
  stateOf: () => string | undefined;
}

/** Runs a program and interrupts it when it stalls; `stalled` then says so, and the exit code is 1. Without a check it just runs. */
export async function runWatched(
  run: (signal: AbortSignal | undefined) => Promise<ProcessResult>,
  { signal, stall }: { signal: AbortSignal | undefined; stall?: StallCheck },
): Promise<{ exitCode: number; stalled: boolean }> {
  if (stall === undefined) return { exitCode: (await run(signal)).exitCode, stalled: false };
  const stop = new AbortController();
  const reason = new Error('Nothing moves any more.');
  let state: string | undefined;
  let unchangedSince = performance.now();
  const check = (): void => {
    const before = state;
    state = stall.stateOf();
    if (state === undefined || state !== before) unchangedSince = performance.now();
    else if (performance.now() - unchangedSince >= stall.stallTimeoutMs) stop.abort(reason);
  };
  const timer = setInterval(check, stall.stallTimeoutMs / CHECKS_PER_TIMEOUT);
  try {
    const { exitCode } = await run(AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]));
    return { exitCode, stalled: false };
  } catch (error) {
    if (error !== reason) throw error;
    return { exitCode: 1, stalled: true };
  } finally {
    clearInterval(timer);
  }
}
