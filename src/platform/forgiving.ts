import { describeFailure } from './failure.ts';
import type { Job, Log } from './runner.ts';

/** Does what a job can do without: its trouble is a warning, and only a cancelled job ends by it. */
export async function forgiving<T>(
  job: Job,
  log: Log,
  { goal, work }: { goal: string; work: () => Promise<T> },
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    job.signal.throwIfAborted();
    log.warn(`${goal}: ${describeFailure(error)}`);
    return undefined;
  }
}
