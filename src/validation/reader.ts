import type { Check } from './validators.ts';
import { sayFaults } from './parsers.ts';
import type { Fault, Field, Objection } from './parsers.ts';

/** Gathers the faults of all inputs, so that one run tells them all. */
export interface Door {
  read<T>(input: string, parse: (text: string) => Field<T>, otherwise: T): T;
  text(input: string, check: Check, otherwise?: string): string;
  optional(input: string, check: Check): string | undefined;
  list(input: string, split: (text: string) => Field<string[]>, check: Check): string[];
  /** A list whose items are not for the eyes of whoever reads its fault. */
  secret(input: string, split: (text: string) => Field<string[]>): string[];
  fault(input: string, value: string, fault: Objection): void;
  /** Everything that was wrong, in one text. */
  close(): { message: string; remedy: string } | undefined;
}

/** `get` answers an input's text, empty where it was not given. */
export function openDoor(get: (input: string) => string): Door {
  const faults: Fault[] = [];
  const door: Door = {
    read(input, parse, otherwise) {
      const text = get(input);
      if (text === '') return otherwise;
      const parsed = parse(text);
      if ('value' in parsed) return parsed.value;
      door.fault(input, text, parsed);
      return otherwise;
    },
    text(input, check, otherwise = '') {
      const text = get(input) || otherwise;
      const fault = check(text);
      if (fault !== undefined) door.fault(input, text, fault);
      return text;
    },
    optional: (input, check) => (get(input) === '' ? undefined : door.text(input, check)),
    list(input, split, check) {
      const items = door.read(input, split, []);
      for (const item of items) {
        const fault = check(item);
        if (fault !== undefined) door.fault(input, item, fault);
      }
      return items;
    },
    secret(input, split) {
      const parsed = split(get(input));
      if ('value' in parsed) return parsed.value;
      const { remedy } = parsed;
      door.fault(input, '…', { problem: 'is not a list', remedy });
      return [];
    },
    fault: (input, value, { problem, remedy }) => void faults.push({ input, value, problem, remedy }),
    close: () => (faults.length === 0 ? undefined : sayFaults(faults)),
  };
  return door;
}
