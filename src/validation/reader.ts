import { sayFaults } from './parsers.ts';
import type { Fault, Parsed, Problem } from './parsers.ts';
import type { Validator } from './validators.ts';

/** Reads inputs and collects what is wrong with any of them, so that one run reports everything. */
export interface InputReader {
  /** The parsed value; `fallback` if the input is empty or cannot be parsed. */
  read<T>(input: string, parse: (text: string) => Parsed<T>, fallback: T): T;
  /** The text as it was given; `fallback` if it is empty. */
  text(input: string, check: Validator, fallback?: string): string;
  /** The text as it was given; `undefined` if it is empty. */
  optional(input: string, check: Validator): string | undefined;
  /** The items of a list, each of which is checked. */
  list(input: string, split: (text: string) => Parsed<string[]>, check: Validator): string[];
  /** The items of a list whose text is secret, so that errors do not show it. `split` gets it with the blanks at both ends. */
  secret(input: string, split: (text: string) => Parsed<string[]>): string[];
  /** Adds a problem with an input. */
  reject(input: string, value: string, problem: Problem): void;
  /** Everything that was wrong, as one error; `undefined` if nothing was. */
  close(): { message: string; remedy: string } | undefined;
}

/**
 * Makes a reader; `get` answers the text of an input, which is empty if it was not given. Blanks at its ends are cut, unless it is
 * told not to.
 */
export function readerOf(get: (input: string, options?: { trimWhitespace: boolean }) => string): InputReader {
  const faults: Fault[] = [];
  const reader: InputReader = {
    read(input, parse, fallback) {
      const text = get(input);
      if (text === '') return fallback;
      const parsed = parse(text);
      if ('value' in parsed) return parsed.value;
      reader.reject(input, text, parsed);
      return fallback;
    },
    text(input, check, fallback = '') {
      const text = get(input) || fallback;
      const problem = check(text);
      if (problem !== undefined) reader.reject(input, text, problem);
      return text;
    },
    optional: (input, check) => (get(input) === '' ? undefined : reader.text(input, check)),
    list(input, split, check) {
      const items = reader.read(input, split, []);
      for (const item of items) {
        const problem = check(item);
        if (problem !== undefined) reader.reject(input, item, problem);
      }
      return items;
    },
    secret(input, split) {
      const parsed = split(get(input, { trimWhitespace: false }));
      if ('value' in parsed) return parsed.value;
      const { remedy } = parsed;
      reader.reject(input, '…', { problem: 'is not a list', remedy });
      return [];
    },
    reject: (input, value, { problem, remedy }) => void faults.push({ input, value, problem, remedy }),
    close: () => (faults.length === 0 ? undefined : sayFaults(faults)),
  };
  return reader;
}
