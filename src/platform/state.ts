import { randomUUID } from 'node:crypto';
import { getState, saveState } from '@actions/core';
import { describeFailure, Failure } from './failure.ts';
import { isOwnTempDir } from './temp-dir.ts';

/**
 * What the post step has to undo. Each member is saved before the main step does what is to be undone, so that the post step
 * also cleans up after a main step that was killed.
 */
export interface SavedState {
  /** Host of the registry that the job's docker is logged in to. */
  registry?: string;
  /** Name of the buildx builder made for this job. */
  builder?: string;
  /** Path of a temporary folder that only this step uses. */
  folder?: string;
  /** Path of the folder of cache mounts. */
  mounts?: string;
  /** Path of the folder with the step's own configuration of docker. */
  docker?: string;
  /** Path of the folder with the login that the job's docker had before; absent where it had none. */
  login?: string;
  /** Path of the folder with the keys and certificates for a remote builder. */
  certificates?: string;
}

/** Whether a saved value is one that the main step can have saved. */
const isCredible: Record<keyof SavedState, (value: string) => boolean> = {
  registry: value => /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(value),
  builder: isOwnBuilder,
  folder: isOwnTempDir,
  mounts: isOwnTempDir,
  docker: isOwnTempDir,
  login: isOwnTempDir,
  certificates: isOwnTempDir,
};

const members = [
  'registry',
  'builder',
  'folder',
  'mounts',
  'docker',
  'login',
  'certificates',
] as const satisfies readonly (keyof SavedState)[];

/** A new name for a builder of this job. */
export function newBuilderName(): string {
  return `ecr-image-${randomUUID()}`;
}

function isOwnBuilder(name: string): boolean {
  return /^ecr-image-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(name);
}

/**
 * Saves every member as empty, at the start of the main step. What it saves later replaces that. The runner reads these values
 * after it has obeyed all commands in the log, so a value that a command has set does not last.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
 */
export function forgetState(): void {
  for (const member of members) save(member, '');
}

function save(member: keyof SavedState, value: string): void {
  try {
    saveState(member, value);
  } catch (error) {
    throw new Failure(`The state of this step could not be written: ${describeFailure(error)}.`, {
      remedy:
        'Look for free space on this runner, where RUNNER_TEMP is, and whether the file of GITHUB_STATE is there.',
      cause: error,
    });
  }
}

/** Saves members for the post step. */
export function remember(state: SavedState): void {
  for (const member of members) if (state[member] !== undefined) save(member, state[member]);
}

/**
 * Reads in the post step what the main step saved. A value that the main step cannot have saved is not believed, as somebody
 * else may have set it; `doubtful` has the names of such members.
 */
export function recall(): { state: SavedState; doubtful: string[] } {
  const saved = members.map(member => [member, getState(member)] as const).filter(([, value]) => value);
  const { true: credible = [], false: doubtful = [] } = Object.groupBy(saved, ([member, value]) =>
    isCredible[member](value) ? 'true' : 'false',
  );
  return { state: Object.fromEntries(credible), doubtful: doubtful.map(([member]) => member) };
}
