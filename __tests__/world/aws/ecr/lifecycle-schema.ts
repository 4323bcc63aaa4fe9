import { isRecord } from '../json.ts';

/** What is wrong with a lifecycle policy, in the words of the validator that ECR has behind it. */
export class SchemaFault extends Error {}

/** The members of a JSON object: those in `required` are there, and none that is in neither list. */
export function membersOf(
  value: unknown,
  required: readonly string[],
  { optional = [] }: { optional?: readonly string[] } = {},
): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw wrongType(value, 'object');
  const missing = required.filter(name => !Object.hasOwn(value, name));
  if (missing.length > 0) {
    throw new SchemaFault(`object has missing required properties (${JSON.stringify(missing)})`);
  }
  const unknown = Object.keys(value).filter(name => ![...required, ...optional].includes(name));
  if (unknown.length > 0) {
    throw new SchemaFault(
      `object instance has properties which are not allowed by the schema: ${JSON.stringify(unknown)}`,
    );
  }
  return value;
}

export function listOf<T>(
  value: unknown,
  of: (item: unknown) => T,
  { min, max }: { min: number; max: number },
): T[] {
  if (!Array.isArray(value)) throw wrongType(value, 'array');
  const { length } = value;
  if (length < min) {
    throw new SchemaFault(
      `array is too short: must have at least ${min} elements but instance has ${length} elements`,
    );
  }
  if (length > max) {
    throw new SchemaFault(
      `array is too long: must have at most ${max} elements but instance has ${length} elements`,
    );
  }
  return value.map(of);
}

export function textOf(value: unknown): string {
  if (typeof value !== 'string') throw wrongType(value, 'string');
  return value;
}

/** A number from 1. */
export function countOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, 'integer');
  if (value < 1) {
    throw new SchemaFault(
      `numeric instance is lower than the required minimum (minimum: 1, found: ${value})`,
    );
  }
  return value;
}

export function wordOf<const W extends string>(value: unknown, words: readonly W[]): W {
  const found = words.find(word => word === value);
  if (found !== undefined) return found;
  throw new SchemaFault(
    `instance value (${JSON.stringify(value)}) not found in enum (possible values: ${JSON.stringify(words)})`,
  );
}

/** Something that could be one of several things and is none of them. */
export function noneOf(schemas: number): SchemaFault {
  return new SchemaFault(`instance failed to match exactly one schema (matched 0 out of ${schemas})`);
}

function wrongType(value: unknown, wanted: string): SchemaFault {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return new SchemaFault(
    `instance type (${type}) does not match any allowed primitive type (allowed: ["${wanted}"])`,
  );
}
