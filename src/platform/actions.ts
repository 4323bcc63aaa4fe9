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
