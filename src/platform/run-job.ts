import { guardEnd, sayStall } from './ending.ts';
import { describeFailure, Failure } from './failure.ts';
import { seconds } from './job.ts';
import type { Job, StepTime } from './job.ts';
import { writeAnnotation, writeText } from './log-writer.ts';
import { signalPrograms } from './program.ts';
import { forgetState } from './state.ts';
import { openStepLog } from './step-log.ts';

/** A run, and the way to break off what cannot end by itself. */
interface BreakableJob {
  job: Job;
  /**
   * Lets what `orBrokenOff` waits for now fail, and answers whether there was anything. What begins later, such as the summary, is
   * not concerned.
   */
  breakOff: (reason: unknown) => boolean;
  /** The titles of the steps that run now. */
  running: ReadonlySet<string>;
}

/** Milliseconds that the rest of a run may take after an error that nothing has caught. */
const BREAK_OFF_MS = 30_000;

/**
 * Starts a run and listens for its cancellation. The runner sends SIGINT to this process alone, SIGTERM after 7.5 s, and kills
 * the process after another 2.5 s, so this process has to stop its children. A second signal ends this process and, at once, all
 * that it has started: the runner would end what is left only after the job, by its RUNNER_TRACKING_ID.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
 */
function startJob(): BreakableJob {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const cancel = (): void => {
    for (const name of names) process.off(name, cancel).once(name, die);
    controller.abort(new Error('The job was cancelled.'));
  };
  const die = (signal: NodeJS.Signals): void => {
    signalPrograms('SIGKILL');
    for (const name of names) process.off(name, die);
    process.kill(process.pid, signal);
  };
  for (const name of names) process.on(name, cancel);
  const times: StepTime[] = [];
  const failures: { title: string; error: unknown }[] = [];
  const failureHandlers: (() => Promise<void>)[] = [];
  const endings: (() => Promise<void>)[] = [];
  const began = performance.now();
  let previous: Promise<void> = Promise.resolve();
  const running = new Set<string>();
  let breaking = Promise.withResolvers<never>();
  let waits = 0;
  const orBrokenOff = async <T>(work: Promise<T>): Promise<T> => {
    waits += 1;
    try {
      return await Promise.race([work, breaking.promise]);
    } finally {
      waits -= 1;
    }
  };
  const breakOff = (reason: unknown): boolean => {
    const isAwaited = waits > 0;
    const { reject } = breaking;
    breaking = Promise.withResolvers();
    if (isAwaited) reject(reason);
    return isAwaited;
  };
  const job: Job = {
    orBrokenOff,
    signal: controller.signal,
    times,
    logInOrder: write => void (previous = previous.then(write)),
    allLogged: () => previous,
    onFailure: work => void failureHandlers.push(work),
    async runFailureHandlers() {
      for (const work of failureHandlers.splice(0)) if (!controller.signal.aborted) await work();
    },
    atEnd: work => void endings.push(work),
    async runEndings() {
      for (const work of endings.splice(0)) await work();
    },
    titleOf: error => failures.find(failure => failure.error === error)?.title,
    async step(title, work) {
      controller.signal.throwIfAborted();
      const stepLog = openStepLog(title, previous);
      const startedAt = performance.now();
      const end = (text: string): void => {
        const duration = performance.now() - startedAt;
        times.push({ title, startedAt: startedAt - began, duration });
        stepLog.end(`${text} (${seconds(duration)})`);
      };
      previous = stepLog.written;
      running.add(title);
      try {
        const value = await orBrokenOff(work(stepLog.log));
        end(stepLog.resultLine());
        return value;
      } catch (error) {
        failures.push({ title, error });
        end(`${title}: ${controller.signal.aborted ? 'cancelled' : 'failed'}`);
        throw error;
      } finally {
        running.delete(title);
      }
    },
  };
  return { job, breakOff, running };
}

/**
 * Runs the action. An error sets the exit code to 1 and is logged, as a cancellation or as an annotation with the title of its
 * step. What nobody has caught and what never ends are errors of the steps that run then, so that the run still says what it knows.
 */
export async function runJob(work: (job: Job) => Promise<void>): Promise<void> {
  const { job, breakOff, running } = startJob();
  const uncaught = new Set<unknown>();
  const hopeless = Promise.withResolvers<never>();
  // Where nothing in the run can say more, the run itself is given up.
  const giveUp = (reason: unknown): void => {
    // With something to do, Node asks again once that is done, as what follows may not end either.
    if (breakOff(reason)) setImmediate(() => {});
    else hopeless.reject(reason);
  };
  const end = guardEnd({
    onError(error) {
      uncaught.add(error);
      signalPrograms('SIGINT');
      setTimeout(() => process.exit(), BREAK_OFF_MS).unref();
      giveUp(error);
    },
    onStall: () => giveUp(stalled([...running])),
  });
  try {
    forgetState();
    await Promise.race([work(job), hopeless.promise]);
  } catch (error) {
    await job.allLogged();
    process.exitCode = 1;
    if (job.signal.aborted) {
      writeText('Cancelled: what was running has been stopped, and what was begun is undone after the job.');
    } else if (!uncaught.has(error)) {
      const title = job.titleOf(error);
      writeAnnotation('error', describeFailure(error), title === undefined ? {} : { title });
    }
  } finally {
    await job.runEndings();
  }
  end();
}

function stalled(titles: string[]): Failure {
  return new Failure(sayStall(titles), {
    remedy: 'This is a fault of the action itself: run the job again, and report it with this log.',
  });
}
