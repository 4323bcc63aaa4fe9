import type { Ended, StartOptions } from '../platform/process.ts';

/** When a program is taken to be stuck. */
export interface Watch {
  /** Milliseconds in which nothing moves. */
  stallTimeoutMs: number;
  /** What it has come to, by all that it has said; `undefined` where it is at work, however quietly. */
  stateOf: (output: string) => string | undefined;
}

/** Runs a program and interrupts it where it is stuck, as an end that is told apart from all others. */
export async function runWatched(
  run: (options: StartOptions) => Promise<Ended>,
  options: StartOptions,
  { stallTimeoutMs, stateOf }: Watch,
): Promise<Ended & { stuck: boolean }> {
  const stop = new AbortController();
  const stuck = new Error('Nothing moves any more.');
  let output = '';
  let state: string | undefined;
  let since = performance.now();
  const look = (): void => {
    const before = state;
    state = stateOf(output);
    if (state === undefined || state !== before) since = performance.now();
    else if (performance.now() - since >= stallTimeoutMs) stop.abort(stuck);
  };
  const timer = setInterval(look, stallTimeoutMs / 12);
  try {
    const ended = await run({
      ...options,
      signal: AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]),
      onOutput(text) {
        output += text;
        options.onOutput?.(text);
      },
    });
    return { ...ended, stuck: false };
  } catch (error) {
    if (error !== stuck) throw error;
    return { exitCode: 1, output, stuck: true };
  } finally {
    clearInterval(timer);
  }
}
