import { rejectAll } from './unused-inputs.ts';
import type { InputReader } from './reader.ts';
import * as parsers from './parsers.ts';

/**
 * What a run does: all of the sentence; or build and push some platforms; join what such runs pushed and judge it; or
 * judge an image which is there.
 */
export const modes = ['all', 'build', 'merge', 'gate'] as const;
export type Mode = (typeof modes)[number];

export function readMode(reader: InputReader): Mode {
  return reader.read('mode', text => parsers.parseChoice(text, modes), 'all');
}

/** Inputs that say where the Dockerfile is, and of a build that others made too: findings are shown there. */
export const located = ['context', 'file', 'target'];

/** The reader of what is about a build, which is closed where nothing is built. Inputs in `open` are read all the same. */
export function closedIn(mode: Mode, reader: InputReader, open: readonly string[] = []): InputReader {
  if (mode === 'all' || mode === 'build') return reader;
  const problem = `has no place in \`mode: ${mode}\`, which builds nothing`;
  return rejectAll(reader, { problem, remedy: 'Leave it out here.', open });
}

/** The reader of what is about the judgement, which is closed where a part of an image is built. */
export function judgingIn(mode: Mode, reader: InputReader): InputReader {
  if (mode !== 'build') return reader;
  return rejectAll(reader, {
    problem: `has no place in \`mode: ${mode}\`, which judges nothing`,
    remedy: 'Give it to the step of `mode: merge`, which judges the whole image.',
    open: [],
  });
}
