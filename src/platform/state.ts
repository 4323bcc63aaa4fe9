import { getState, saveState } from '@actions/core';

/** What post undoes. Each member is written before the act it undoes, so that a killed main is still cleaned up. */
export interface Memory {
  /** Host of the registry that docker is logged in to. */
  registry?: string;
  /** Name of the buildx builder made for this job. */
  builder?: string;
  /** Path of a folder that only this step uses. */
  folder?: string;
  /** Path of the folder of cache mounts. */
  mounts?: string;
}

const members = ['registry', 'builder', 'folder', 'mounts'] as const satisfies readonly (keyof Memory)[];

export function remember(memory: Memory): void {
  for (const member of members) if (memory[member] !== undefined) saveState(member, memory[member]);
}

export function recall(): Memory {
  return Object.fromEntries(members.map(member => [member, getState(member)]).filter(([, value]) => value));
}
