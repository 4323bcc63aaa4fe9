import { isRecord } from '../json.ts';
import { Refusal } from '../refusal.ts';

/**
 * What a member of a request has to be. A value that is something else makes it throw, so one that comes back is a T.
 * `at` is the member's place: `imageIds.1.imageTag`, or empty for the request itself.
 */
export type Shape<T> = (value: unknown, at: string) => value is T;

/** The type that a shape lets through. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

interface Limits {
  min?: number;
  max?: number;
}

/** Text, with its limits of length and the expression that it has to match as a whole. */
export function text(limits: Limits & { pattern?: string } = {}): Shape<string> {
  const pattern = limits.pattern === undefined ? undefined : new RegExp(`^(?:${limits.pattern})$`);
  return (value, at): value is string => {
    if (typeof value !== 'string') throw notConvertible(value, 'a String');
    checkLength(value.length, limits, at);
    if (pattern && !pattern.test(value)) {
      throw invalid(at, `must satisfy regular expression '${limits.pattern}'`);
    }
    return true;
  };
}

/** Bytes, which come in base64; the limits are theirs. */
export function bytes(limits: Limits): Shape<string> {
  return (value, at): value is string => {
    if (typeof value !== 'string') throw notConvertible(value, 'a Blob');
    checkLength(Buffer.from(value, 'base64').length, limits, at);
    return true;
  };
}

/** One of some words. */
export function oneOf<const W extends string>(...words: W[]): Shape<W> {
  const isWord = (value: string): value is W => words.some(word => word === value);
  return (value, at): value is W => {
    if (typeof value !== 'string') throw notConvertible(value, 'a String');
    if (!isWord(value)) throw invalid(at, `Member must satisfy enum value set: [${words.join(', ')}]`);
    return true;
  };
}

export function flag(): Shape<boolean> {
  return (value): value is boolean => {
    if (typeof value !== 'boolean') throw notConvertible(value, 'a Boolean');
    return true;
  };
}

export function integer({ min, max }: Required<Limits>): Shape<number> {
  return (value, at): value is number => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw notConvertible(value, 'an Integer');
    if (value < min) throw invalid(at, `must be greater than or equal to ${min}`);
    if (value > max) throw invalid(at, `must be less than or equal to ${max}`);
    return true;
  };
}

export function list<T>(of: Shape<T>, limits: Limits = {}): Shape<T[]> {
  return (value, at): value is T[] => {
    if (!Array.isArray(value)) throw notConvertible(value, 'a List');
    checkLength(value.length, limits, at);
    return value.every((item, index) => of(item, `${at}.${index + 1}.member`));
  };
}

type Members = Record<string, Shape<unknown>>;

/** What a structure with these members is; those in `O` may be absent. */
export type Structure<R extends Members, O extends Members> = { [K in keyof R]: Shaped<R[K]> } & {
  [K in keyof O]?: Shaped<O[K]>;
};

/**
 * An object with `required` and `optional` members and none else: a real service overlooks a member that it doesn't
 * know, here a misspelt one must not pass.
 */
export function structure<R extends Members, O extends Members>(
  required: R,
  optional: O,
): Shape<Structure<R, O>> {
  const shapes: Members = { ...required, ...optional };
  return (value, at): value is Structure<R, O> => {
    if (!isRecord(value)) throw notConvertible(value, 'an Object');
    const unknown = Object.keys(value).find(name => !Object.hasOwn(shapes, name));
    if (unknown !== undefined) {
      throw new Refusal('SerializationException', `Unknown member: ${place(at, unknown)}`);
    }
    const missing = Object.keys(required).find(name => value[name] === undefined || value[name] === null);
    if (missing !== undefined) throw invalid(place(at, missing), 'must not be null');
    return Object.entries(shapes).every(([name, shape]) => {
      const member = value[name];
      return member === undefined || shape(member, place(at, name));
    });
  };
}

/** How ECR says what is wrong with a parameter (https://github.com/aws/aws-dotnet-deploy/issues/549 shows one). */
export function invalid(at: string, constraint: string): Refusal {
  const message = `Invalid parameter at '${at}' failed to satisfy constraint: '${constraint}'`;
  return new Refusal('InvalidParameterException', message);
}

function checkLength(length: number, { min, max }: Limits, at: string): void {
  if (min !== undefined && length < min) {
    throw invalid(at, `must have length greater than or equal to ${min}`);
  }
  if (max !== undefined && length > max) throw invalid(at, `must have length less than or equal to ${max}`);
}

function notConvertible(value: unknown, type: string): Refusal {
  const what = {
    string: 'STRING_VALUE',
    number: 'NUMBER_VALUE',
    boolean: value ? 'TRUE_VALUE' : 'FALSE_VALUE',
  };
  const kind = typeof value;
  const name = kind === 'string' || kind === 'number' || kind === 'boolean' ? what[kind] : 'START_OBJECT';
  return new Refusal('SerializationException', `${name} can not be converted to ${type}`);
}

function place(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`;
}
