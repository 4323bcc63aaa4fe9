/** Makes a function that does work as soon as fewer than `limit` others are at it, in the order in which they came. */
export function limitConcurrency(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async work => {
    if (running < limit) running += 1;
    else await new Promise<void>(resolve => void waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place passes on to the next one, so that nobody can take it meanwhile.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
