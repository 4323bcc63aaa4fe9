import type { AnnotationProperties } from '@actions/core';
import { Failure, describeFailure } from './failure.ts';
import { writeAnnotation } from './log-writer.ts';

/** What a step writes to the log of the job while it works. */
export interface Log {
  /** A line inside the step's group. */
  info: (text: string) => void;
  /** Output of a program, passed on line by line as it arrives in pieces of any size. */
  raw: (text: string) => void;
  /** A warning annotation of the run, with its title and the line of a file that it is about; it is also shown inside the group. */
  warn: (text: string, properties?: AnnotationProperties) => void;
  /** Sets the line that sums up the step. It is shown below the folded group, with the step's duration. */
  result: (text: string) => void;
}

/** When a step ran. */
export interface StepTime {
  title: string;
  /** Milliseconds since the run began. */
  startedAt: number;
  /** Milliseconds. */
  duration: number;
}

/** One run of the action: its steps, their times, and the signal that is aborted when the job is cancelled. */
export interface Job {
  readonly signal: AbortSignal;
  readonly times: readonly StepTime[];
  /** Runs one step in its own log group. Steps may run at the same time; their groups are logged one after the other. */
  step<T>(title: string, work: (log: Log) => Promise<T>): Promise<T>;
  /** Logs below the groups of the steps that began earlier, once these steps have ended. */
  logInOrder(write: () => void): void;
  /** Resolves when every step that began has ended and is in the log. */
  allLogged(): Promise<void>;
  /** Adds work to do if the run fails, but not if it is cancelled. The work must not throw. */
  onFailure(work: () => Promise<void>): void;
  /** Runs the work that `onFailure` added. */
  runFailureHandlers(): Promise<void>;
  /** Adds work to do when the run has ended, however it ended. The work must not throw. */
  atEnd(work: () => Promise<void>): void;
  /** Runs the work that `atEnd` added. */
  runEndings(): Promise<void>;
  /** The title of the step that threw an error. */
  titleOf(error: unknown): string | undefined;
  /** The value of a promise, unless the run is broken off before: then the reason is thrown. Each step is waited for in this way. */
  orBrokenOff<T>(work: Promise<T>): Promise<T>;
}

/**
 * Waits until all promises have settled, then throws the error of the first in the list that was rejected. Where several failed, each
 * for a reason of its own, one failure tells all of them.
 */
export async function together(...works: Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(works);
  const reasons = new Set(ends.flatMap(each => (each.status === 'rejected' ? [each.reason] : [])));
  const failures = [...reasons].filter(reason => reason instanceof Failure);
  const [first] = failures;
  if (first !== undefined && failures.length > 1 && failures.length === reasons.size) {
    const remedy = failures.map(each => each.remedy).join('\n');
    throw new Failure(failures.map(({ message }) => message).join('\n'), { remedy, cause: first });
  }
  for (const reason of reasons) throw reason;
}

/**
 * Lets work run in the background. An error is not reported as an unhandled rejection, but thrown where the promise is awaited.
 */
export function begin<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

/** Formats a duration as seconds with one decimal, as the log and the summary show it. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Formats a number of bytes as the log and the summary show it. */
export function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Warns of what the post step could not undo, which does not fail the job. */
export function warnOfError(what: string, error: unknown): void {
  writeAnnotation('warning', `${what}: ${describeFailure(error)}`);
}

/**
 * Does work that the run can do without. An error becomes a warning that begins with `goal`, and the result is `undefined`.
 * Only the cancellation of the job is thrown.
 */
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
