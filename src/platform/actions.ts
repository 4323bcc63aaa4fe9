import * as core from '@actions/core';
import { describeFailure, Failure } from './failure.ts';
import { writeAnnotation, writeText } from './log-writer.ts';
import { rememberSecret } from './masked-values.ts';

/** Characters. */
const MIN_MASKED_LENGTH = 4;

/** Masks a value in everything that the runner logs from now on, and in the comments and summaries of this process. */
export function mask(value: string): void {
  rememberSecret(value);
  core.setSecret(value);
}

/**
 * Masks a value that a user chose, if it has at least 4 characters. Masking a shorter one would also replace unrelated text in
 * the log and in job outputs.
 */
export function maskIfLong(value: string): void {
  if (value.length >= MIN_MASKED_LENGTH) mask(value);
}

/** Sets an environment variable for the later steps of the job. */
export const exportToJob = core.exportVariable;

/** Outputs of action.yml with their values. */
export type OutputValues = [name: string, value: string | number | boolean][];

/**
 * Sets one output of the step. Where the runner's file for outputs cannot be written, such as on a full disk, the value goes to the
 * log, as nobody could read it otherwise.
 * @throws {Failure} then.
 */
export function setOutput(name: string, value: string | number | boolean): void {
  try {
    core.setOutput(name, value);
  } catch (error) {
    writeText(`${name}: ${value}`);
    throw new Failure(`The output \`${name}\` could not be written: ${describeFailure(error)}.`, {
      remedy:
        'Look for free space on this runner, where RUNNER_TEMP is; what the log says of the image is true.',
      cause: error,
    });
  }
}

/** Sets several outputs of the step. */
export function setOutputs(values: OutputValues): void {
  for (const [name, value] of values) setOutput(name, value);
}

/** Writes annotations of the run; `info` writes plain lines of the log, and `debug` lines that show only in a run with debug logging. */
export const annotate = {
  error: writeAnnotation.bind(undefined, 'error'),
  warning: writeAnnotation.bind(undefined, 'warning'),
  notice: writeAnnotation.bind(undefined, 'notice'),
  info: writeText,
  debug: core.debug,
};

/** Appends Markdown to the job's summary. */
export async function writeSummary(markdown: string): Promise<void> {
  await core.summary.addRaw(markdown, true).write();
}
