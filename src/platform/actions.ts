import * as core from '@actions/core';

/** Hides a value in everything the runner shows from here on. */
export const mask = core.setSecret;

/** Hides a value that others chose: one of few characters would take half the log, and job outputs, with it. */
export function hide(value: string): void {
  if (value.length >= 4) mask(value);
}

/** Asks the runner for the job's OIDC token; it comes masked. */
export const oidcToken = core.getIDToken;

/** Gives a value to the later steps of the job, in their environment. */
export const exportToJob = core.exportVariable;

/** Outputs of action.yml by name. */
export type OutputValues = [name: string, value: string | number | boolean][];

/** Tells the job an output. */
export const setOutput = core.setOutput;

export function setOutputs(values: OutputValues): void {
  for (const [name, value] of values) core.setOutput(name, value);
}

/** Annotations of the run. */
export const annotate = { error: core.error, warning: core.warning, notice: core.notice, info: core.info };

/** Adds to the job's summary. */
export async function writeSummary(markdown: string): Promise<void> {
  await core.summary.addRaw(markdown, true).write();
}
