import type { Door } from './reader.ts';
import type { Objection } from './parsers.ts';

/** Inputs that have a value in every job though nobody wrote one. */
const givenByGitHub = new Set(['github-token']);

/**
 * The door of a part that a run leaves out: each of its inputs has to be left as it is, as it would be read and do nothing.
 * Inputs in `open` are read all the same.
 */
export function closed(door: Door, { problem, remedy, open }: Objection & { open: readonly string[] }): Door {
  const refuse = (input: string, value: string): void => {
    if (givenByGitHub.has(input)) return;
    door.fault(input, value, { problem, remedy });
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
