import * as core from '@actions/core';
import type { Log } from './job.ts';
import { openOutputWriter, writeAnnotation, writeText } from './log-writer.ts';

/** The log of one step, from its group's first line to the line below the group. */
interface StepLog {
  log: Log;
  /** Resolves when all of it is in the log of the job. */
  written: Promise<void>;
  /** The line that sums up the step so far. */
  resultLine: () => string;
  /** Ends the group, and writes a line below it. */
  end: (line: string) => void;
}

/** Buffers the log of a step until the steps that began before it have ended, then writes the buffer and all that follows. */
export function openStepLog(title: string, previous: Promise<void>): StepLog {
  const buffered: (() => void)[] = [];
  const ended = Promise.withResolvers<void>();
  const output = openOutputWriter();
  let live = false;
  let result = title;
  const log = (write: () => void): void => void (live ? write() : buffered.push(write));
  const afterOutput = (write: () => void): void => {
    output.flush();
    write();
  };
  const writeAll = async (): Promise<void> => {
    await previous;
    core.startGroup(title);
    live = true;
    for (const write of buffered) write();
    await ended.promise;
  };
  return {
    written: writeAll(),
    resultLine: () => result,
    log: {
      info: (text: string) => log(() => afterOutput(() => writeText(text))),
      raw: (text: string) => log(() => output.write(text)),
      warn: (text: string, properties?: core.AnnotationProperties) =>
        log(() => afterOutput(() => writeAnnotation('warning', text, properties))),
      result: (text: string) => void (result = text),
    },
    end: (line: string) =>
      log(() => {
        output.flush();
        core.endGroup();
        writeText(line);
        ended.resolve();
      }),
  };
}
