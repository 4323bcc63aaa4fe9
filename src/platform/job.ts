import * as core from '@actions/core';
import { describeFailure } from './failure.ts';

/** How a step speaks while it works. */
export interface Log {
  /** A line inside the step's group. */
  info: (text: string) => void;
  /**
   * Output of a program, passed on as it comes. A bare carriage return begins a new line for the runner, which would obey
   * a command there: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
   */
  raw: (text: string) => void;
  /** An annotation on the run; shown inside the group too. */
  warn: (text: string) => void;
  /** The step in one line, shown below the folded group beside its time. */
  result: (text: string) => void;
}

export interface StepTime {
  title: string;
  /** Milliseconds since the job began. */
  startedAt: number;
  /** Milliseconds. */
  duration: number;
}

/** One run of the action: its steps, their times, and the signal that a cancelled job raises. */
export interface Job {
  readonly signal: AbortSignal;
  readonly times: readonly StepTime[];
  /** Runs one step in a log group of its own. Steps may run at once; their groups never mix. */
  step<T>(title: string, work: (log: Log) => Promise<T>): Promise<T>;
  /** Speaks below the groups of the steps that began before, however long they take. */
  inTurn(speak: () => void): void;
  /** Resolves when every step that began has been told. */
  settled(): Promise<void>;
  /** What is still to be done where the run fails; not where it is cancelled. It must not fail itself. */
  onFailure(work: () => Promise<void>): void;
  /** Does it. */
  failed(): Promise<void>;
  /** The step that an error came out of. */
  titleOf(error: unknown): string | undefined;
}

/**
 * Starts listening for cancellation. The runner sends SIGINT to this process alone, SIGTERM after 7.5 s and kills
 * after 2.5 s more, so children have to be stopped from here; a second signal finds no listener and ends the process.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
function startJob(): Job {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const cancel = (): void => {
    for (const name of names) process.off(name, cancel);
    controller.abort(new Error('The job was cancelled.'));
  };
  for (const name of names) process.on(name, cancel);
  const times: StepTime[] = [];
  const failures: { title: string; error: unknown }[] = [];
  const endings: (() => Promise<void>)[] = [];
  const began = performance.now();
  let previous: Promise<void> = Promise.resolve();
  return {
    signal: controller.signal,
    times,
    inTurn: speak => void (previous = previous.then(speak)),
    settled: () => previous,
    onFailure: work => void endings.push(work),
    async failed() {
      for (const work of endings.splice(0)) if (!controller.signal.aborted) await work();
    },
    titleOf: error => failures.find(failure => failure.error === error)?.title,
    async step(title, work) {
      controller.signal.throwIfAborted();
      const story = tell(title, previous);
      const startedAt = performance.now();
      const end = (text: string): void => {
        const duration = performance.now() - startedAt;
        times.push({ title, startedAt: startedAt - began, duration });
        story.end(`${text} (${seconds(duration)})`);
      };
      previous = story.told;
      try {
        const value = await work(story.log);
        end(story.resultLine());
        return value;
      } catch (error) {
        failures.push({ title, error });
        end(`${title}: ${controller.signal.aborted ? 'cancelled' : 'failed'}`);
        throw error;
      }
    },
  };
}

/** Runs the whole, and says how it ended when it did not end well. */
export async function runJob(work: (job: Job) => Promise<void>): Promise<void> {
  const job = startJob();
  try {
    await work(job);
  } catch (error) {
    await job.settled();
    process.exitCode = 1;
    if (job.signal.aborted) {
      core.info('Cancelled: what was running has been stopped, and what was begun is undone after the job.');
    } else {
      const title = job.titleOf(error);
      core.error(describeFailure(error), title === undefined ? {} : { title });
    }
  }
}

/** Waits for all of them, so that none goes on unseen, and fails with the first error. */
export async function together(...works: Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(works);
  const failed = ends.find(each => each.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Lets work go on at its own pace; its error is told to whoever waits for it in the end. */
export function begin<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

/** Seconds with one decimal, as the log and the summary show them. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Never fails a job: what post could not undo. */
export function regret(what: string, error: unknown): void {
  core.warning(`${what}: ${describeFailure(error)}`);
}

/** Buffers what a step says until the steps that began before it have been told, then speaks live. */
function tell(title: string, previous: Promise<void>) {
  const held: (() => void)[] = [];
  const ended = Promise.withResolvers<void>();
  let live = false;
  let result = title;
  const say = (speak: () => void): void => void (live ? speak() : held.push(speak));
  const take = async (): Promise<void> => {
    await previous;
    core.startGroup(title);
    live = true;
    for (const speak of held) speak();
    await ended.promise;
  };
  return {
    told: take(),
    resultLine: () => result,
    log: {
      info: (text: string) => say(() => core.info(text)),
      raw: (text: string) => say(() => process.stdout.write(text.replaceAll(/\r(?!\n)/g, '\n│ '))),
      warn: (text: string) => say(() => core.warning(text)),
      result: (text: string) => void (result = text),
    },
    end: (line: string) =>
      say(() => {
        core.endGroup();
        core.info(line);
        ended.resolve();
      }),
  };
}

/** Does what a job can do without: its trouble is a warning, and only a cancelled job ends by it. */
export async function bestEffort<T>(
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
