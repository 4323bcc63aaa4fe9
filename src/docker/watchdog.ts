import type { ProcessResult } from '../platform/process.ts';
import type { DockerOptions } from './docker.ts';

/** How often the state is read within the time-out. */
const CHECKS_PER_TIMEOUT = 12;

/** When a program is considered stalled. */
export interface StallCheck {
  /** Milliseconds without progress after which it is stalled. */
  stallTimeoutMs: number;
  /**
   * The state of the program by all of its output so far; the same state again means no progress. `undefined` while it is at
   * work.
   */
  stateOf: (output: string) => string | undefined;
}

/** Runs a program and interrupts it when it stalls; `stalled` then says so, and the exit code is 1. */
export async function runWatched(
  run: (options: DockerOptions) => Promise<ProcessResult>,
  options: DockerOptions,
  { stallTimeoutMs, stateOf }: StallCheck,
): Promise<ProcessResult & { stalled: boolean }> {
  const stop = new AbortController();
  const stall = new Error('Nothing moves any more.');
  let output = '';
  let state: string | undefined;
  let unchangedSince = performance.now();
  const check = (): void => {
    const before = state;
    state = stateOf(output);
    if (state === undefined || state !== before) unchangedSince = performance.now();
    else if (performance.now() - unchangedSince >= stallTimeoutMs) stop.abort(stall);
  };
  const timer = setInterval(check, stallTimeoutMs / CHECKS_PER_TIMEOUT);
  try {
    const ended = await run({
      ...options,
      signal: AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]),
      onOutput(text) {
        output += text;
        options.onOutput?.(text);
      },
    });
    return { ...ended, stalled: false };
  } catch (error) {
    if (error !== stall) throw error;
    return { exitCode: 1, output, stalled: true };
  } finally {
    clearInterval(timer);
  }
}
