import type { Door } from './door.ts';
import * as field from './field.ts';

/**
 * What a run does: all of the sentence; or build and push some platforms; join what such runs pushed and judge it; or
 * judge an image which is there.
 */
export const modes = ['all', 'build', 'merge', 'gate'] as const;
export type Mode = (typeof modes)[number];

export function readMode(door: Door): Mode {
  return door.read('mode', text => field.choiceOf(text, modes), 'all');
}

/** Inputs that have a value in every job though nobody wrote one. */
const givenByGitHub = new Set(['github-token']);

/** The door of what is about a build, which is closed where nothing is built. Inputs in `open` are read all the same. */
export function closedIn(mode: Mode, door: Door, open: readonly string[] = []): Door {
  if (mode === 'all' || mode === 'build') return door;
  return closed(door, { problem: 'builds nothing', mode, remedy: 'Leave it out here.', open });
}

/** The door of what is about the judgement, which is closed where a part of an image is built. */
export function judgingIn(mode: Mode, door: Door): Door {
  if (mode !== 'build') return door;
  const remedy = 'Give it to the step of `mode: merge`, which judges the whole image.';
  return closed(door, { problem: 'judges nothing', mode, remedy, open: [] });
}

/**
 * The door of a part that the mode leaves out: each of its inputs has to be left as it is, as it would be read and do
 * nothing.
 */
function closed(
  door: Door,
  { mode, problem, remedy, open }: { mode: Mode; problem: string; remedy: string; open: readonly string[] },
): Door {
  const refuse = (input: string, value: string): void => {
    if (givenByGitHub.has(input)) return;
    door.fault(input, value, {
      problem: `has no place in \`mode: ${mode}\`, which ${problem}`,
      remedy,
    });
  };
  return {
    ...door,
    read(input, parse, otherwise) {
      if (open.includes(input)) return door.read(input, parse, otherwise);
      const given = door.read(input, text => ({ value: { text } }), undefined);
      if (given === undefined) return otherwise;
      const parsed = parse(given.text);
      // What is given as it is by default says nothing.
      const isDefault = 'value' in parsed && JSON.stringify(parsed.value) === JSON.stringify(otherwise);
      if (!isDefault) refuse(input, given.text);
      return otherwise;
    },
    text(input, check, otherwise = '') {
      if (open.includes(input)) return door.text(input, check, otherwise);
      const text = door.text(input, () => undefined, otherwise);
      if (text !== otherwise) refuse(input, text);
      return otherwise;
    },
    optional(input, check) {
      if (open.includes(input)) return door.optional(input, check);
      const text = door.optional(input, () => undefined);
      if (text !== undefined) refuse(input, text);
      return undefined;
    },
    list(input, split, check) {
      if (open.includes(input)) return door.list(input, split, check);
      const [first, ...more] = door.list(input, split, () => undefined);
      if (first !== undefined) refuse(input, more.length > 0 ? `${first}, …` : first);
      return [];
    },
    secret(input, split) {
      if (open.includes(input)) return door.secret(input, split);
      if (door.secret(input, split).length > 0) refuse(input, '…');
      return [];
    },
    fault(input, value, objection) {
      if (open.includes(input)) door.fault(input, value, objection);
    },
  };
}
