import type { Problem } from './parsers.ts';
import type { InputReader } from './reader.ts';

/** Inputs that have a value in every job even if the workflow does not set them. */
const givenByGitHub = new Set(['github-token']);

/**
 * The reader of the inputs of a part that this run leaves out. It rejects each input that differs from its default, as the
 * input would have no effect. Inputs in `allowed` are read as usual.
 */
export function rejectAll(
  reader: InputReader,
  { problem, remedy, allowed }: Problem & { allowed: readonly string[] },
): InputReader {
  const refuse = (input: string, value: string): void => {
    if (givenByGitHub.has(input)) return;
    reader.reject(input, value, { problem, remedy });
  };
  return {
    ...reader,
    read(input, parse, fallback) {
      if (allowed.includes(input)) return reader.read(input, parse, fallback);
      const given = reader.read(input, text => ({ value: { text } }), undefined);
      if (given === undefined) return fallback;
      const parsed = parse(given.text);
      // A value that equals the default has no effect and is accepted.
      const isDefault = 'value' in parsed && JSON.stringify(parsed.value) === JSON.stringify(fallback);
      if (!isDefault) refuse(input, given.text);
      return fallback;
    },
    text(input, check, fallback = '') {
      if (allowed.includes(input)) return reader.text(input, check, fallback);
      const text = reader.text(input, () => undefined, fallback);
      if (text !== fallback) refuse(input, text);
      return fallback;
    },
    optional(input, check) {
      if (allowed.includes(input)) return reader.optional(input, check);
      const text = reader.optional(input, () => undefined);
      if (text !== undefined) refuse(input, text);
      return undefined;
    },
    list(input, split, check) {
      if (allowed.includes(input)) return reader.list(input, split, check);
      const [first, ...more] = reader.list(input, split, () => undefined);
      if (first !== undefined) refuse(input, more.length > 0 ? `${first}, …` : first);
      return [];
    },
    secret(input, split) {
      if (allowed.includes(input)) return reader.secret(input, split);
      if (reader.secret(input, split).length > 0) refuse(input, '…');
      return [];
    },
    reject(input, value, other) {
      if (allowed.includes(input)) reader.reject(input, value, other);
    },
  };
}
