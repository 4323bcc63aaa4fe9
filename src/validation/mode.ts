import { closed } from './unused-inputs.ts';
import type { Door } from './reader.ts';
import * as field from './parsers.ts';

/**
 * What a run does: all of the sentence; or build and push some platforms; join what such runs pushed and judge it; or
 * judge an image which is there.
 */
export const modes = ['all', 'build', 'merge', 'gate'] as const;
export type Mode = (typeof modes)[number];

export function readMode(door: Door): Mode {
  return door.read('mode', text => field.choiceOf(text, modes), 'all');
}

/** Inputs that say where the Dockerfile is, and of a build that others made too: findings are shown there. */
export const located = ['context', 'file', 'target'];

/** The door of what is about a build, which is closed where nothing is built. Inputs in `open` are read all the same. */
export function closedIn(mode: Mode, door: Door, open: readonly string[] = []): Door {
  if (mode === 'all' || mode === 'build') return door;
  const problem = `has no place in \`mode: ${mode}\`, which builds nothing`;
  return closed(door, { problem, remedy: 'Leave it out here.', open });
}

/** The door of what is about the judgement, which is closed where a part of an image is built. */
export function judgingIn(mode: Mode, door: Door): Door {
  if (mode !== 'build') return door;
  return closed(door, {
    problem: `has no place in \`mode: ${mode}\`, which judges nothing`,
    remedy: 'Give it to the step of `mode: merge`, which judges the whole image.',
    open: [],
  });
}
