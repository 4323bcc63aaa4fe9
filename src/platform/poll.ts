import { setTimeout as sleep } from 'node:timers/promises';

export interface PollOptions {
  signal: AbortSignal;
  /** Milliseconds after which no further answer is waited for. */
  budget: number;
  /** Milliseconds before the second question; each further wait is half as long again. */
  first: number;
  /** Milliseconds that no wait exceeds. */
  most: number;
  /** Told before each wait, with the milliseconds spent so far. */
  onWait: (spent: number) => void;
}

/**
 * Asks until there is an answer or the budget is spent; `undefined` means that time ran out. The waits grow and are
 * spread by a fifth, so that fifty jobs of one push don't ask in step.
 */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  options: PollOptions,
): Promise<T | undefined> {
  const began = performance.now();
  for (let wait = options.first; ; wait = Math.min(wait * 1.5, options.most)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const spent = performance.now() - began;
    const left = options.budget - spent;
    if (left <= 0) return undefined;
    options.onWait(spent);
    await sleep(Math.min(wait * (0.9 + Math.random() * 0.2), left), undefined, { signal: options.signal });
  }
}
