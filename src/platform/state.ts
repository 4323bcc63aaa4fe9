import { getState, saveState } from '@actions/core';

/**
 * What the post step has to undo. Each member is saved before the main step does what is to be undone, so that the post step
 * also cleans up after a main step that was killed.
 */
export interface SavedState {
  /** Host of the registry that docker is logged in to. */
  registry?: string;
  /** Name of the buildx builder made for this job. */
  builder?: string;
  /** Path of a temporary folder that only this step uses. */
  folder?: string;
  /** Path of the folder of cache mounts. */
  mounts?: string;
}

const members = ['registry', 'builder', 'folder', 'mounts'] as const satisfies readonly (keyof SavedState)[];

/** Saves members for the post step. */
export function remember(state: SavedState): void {
  for (const member of members) if (state[member] !== undefined) saveState(member, state[member]);
}

/** Reads in the post step what the main step saved. */
export function recall(): SavedState {
  return Object.fromEntries(members.map(member => [member, getState(member)]).filter(([, value]) => value));
}
