import type { Validator } from './validators.ts';
import { sayFaults } from './parsers.ts';
import type { Fault, Parsed, Problem } from './parsers.ts';

/** Gathers the faults of all inputs, so that one run tells them all. */
export interface InputReader {
  read<T>(input: string, parse: (text: string) => Parsed<T>, otherwise: T): T;
  text(input: string, check: Validator, otherwise?: string): string;
  optional(input: string, check: Validator): string | undefined;
  list(input: string, split: (text: string) => Parsed<string[]>, check: Validator): string[];
  /** A list whose items are not for the eyes of whoever reads its fault. */
  secret(input: string, split: (text: string) => Parsed<string[]>): string[];
  reject(input: string, value: string, fault: Problem): void;
  /** Everything that was wrong, in one text. */
  close(): { message: string; remedy: string } | undefined;
}

/** `get` answers an input's text, empty where it was not given. */
export function readerOf(get: (input: string) => string): InputReader {
  const faults: Fault[] = [];
  const reader: InputReader = {
    read(input, parse, otherwise) {
      const text = get(input);
      if (text === '') return otherwise;
      const parsed = parse(text);
      if ('value' in parsed) return parsed.value;
      reader.reject(input, text, parsed);
      return otherwise;
    },
    text(input, check, otherwise = '') {
      const text = get(input) || otherwise;
      const fault = check(text);
      if (fault !== undefined) reader.reject(input, text, fault);
      return text;
    },
    optional: (input, check) => (get(input) === '' ? undefined : reader.text(input, check)),
    list(input, split, check) {
      const items = reader.read(input, split, []);
      for (const item of items) {
        const fault = check(item);
        if (fault !== undefined) reader.reject(input, item, fault);
      }
      return items;
    },
    secret(input, split) {
      const parsed = split(get(input));
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
