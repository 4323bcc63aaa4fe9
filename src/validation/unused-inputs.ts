import type { InputReader } from './reader.ts';
import type { Problem } from './parsers.ts';

/** Inputs that have a value in every job though nobody wrote one. */
const givenByGitHub = new Set(['github-token']);

/**
 * The reader of a part that a run leaves out: each of its inputs has to be left as it is, as it would be read and do nothing.
 * Inputs in `open` are read all the same.
 */
export function rejectAll(
  reader: InputReader,
  { problem, remedy, open }: Problem & { open: readonly string[] },
): InputReader {
  const refuse = (input: string, value: string): void => {
    if (givenByGitHub.has(input)) return;
    reader.reject(input, value, { problem, remedy });
  };
  return {
    ...reader,
    read(input, parse, otherwise) {
      if (open.includes(input)) return reader.read(input, parse, otherwise);
      const given = reader.read(input, text => ({ value: { text } }), undefined);
      if (given === undefined) return otherwise;
      const parsed = parse(given.text);
      // What is given as it is by default says nothing.
      const isDefault = 'value' in parsed && JSON.stringify(parsed.value) === JSON.stringify(otherwise);
      if (!isDefault) refuse(input, given.text);
      return otherwise;
    },
    text(input, check, otherwise = '') {
      if (open.includes(input)) return reader.text(input, check, otherwise);
      const text = reader.text(input, () => undefined, otherwise);
      if (text !== otherwise) refuse(input, text);
      return otherwise;
    },
    optional(input, check) {
      if (open.includes(input)) return reader.optional(input, check);
      const text = reader.optional(input, () => undefined);
      if (text !== undefined) refuse(input, text);
      return undefined;
    },
    list(input, split, check) {
      if (open.includes(input)) return reader.list(input, split, check);
      const [first, ...more] = reader.list(input, split, () => undefined);
      if (first !== undefined) refuse(input, more.length > 0 ? `${first}, …` : first);
      return [];
    },
    secret(input, split) {
      if (open.includes(input)) return reader.secret(input, split);
      if (reader.secret(input, split).length > 0) refuse(input, '…');
      return [];
    },
    reject(input, value, objection) {
      if (open.includes(input)) reader.reject(input, value, objection);
    },
  };
}
