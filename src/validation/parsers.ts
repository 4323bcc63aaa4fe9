import { parse as parseCsv } from 'csv-parse/sync';
import { closest, distance } from 'fastest-levenshtein';
import ms from 'ms';
import { boundSentences, quoteValue } from './quote-value.ts';

/** Edits of single characters, up to which a name is taken for a misspelt one. */
const MAX_SUGGESTION_DISTANCE = 3;

/** What is wrong with a text, and how to correct it. */
export interface Problem {
  /** Completes "'text' …". */
  problem: string;
  /** What is allowed, as sentences. */
  remedy: string;
}

/** One input that cannot be used. */
export interface Fault extends Problem {
  input: string;
  value: string;
}

/** The parsed value, or what is wrong with the text. */
export type Parsed<T> = { value: T } | Problem;

/** How many problems one error tells. More of them are told by their number, as they mostly have one cause. */
const MAX_FAULTS = 20;

/** Parses further what has been parsed, unless something was wrong with it. */
export function parseFurther<T, U>(parsed: Parsed<T>, parse: (value: T) => Parsed<U>): Parsed<U> {
  return 'value' in parsed ? parse(parsed.value) : parsed;
}

/** One error about all inputs that cannot be used. */
export function sayFaults(faults: readonly Fault[]): { message: string; remedy: string } {
  const remedy = 'Nothing has been created or pushed.';
  const lines = faults.slice(0, MAX_FAULTS).map(sayFault);
  if (faults.length === 1) return { message: `An input needs a change: ${lines[0]}`, remedy };
  const untold = faults.length - lines.length;
  const more = untold > 0 ? [`and ${untold.toLocaleString('en')} more`] : [];
  const list = [...lines, ...more].map(line => `- ${line}`).join('\n');
  return { message: `${faults.length.toLocaleString('en')} inputs need a change:\n${list}`, remedy };
}

function sayFault({ input, value, problem, remedy }: Fault): string {
  return `${input}: ${quoteValue(value)} ${boundSentences(problem)}. ${boundSentences(remedy)}`;
}

/** Parses one of some names, whatever their case; a name that is nearly right is suggested. */
export function parseChoice<T extends string>(text: string, choices: readonly T[]): Parsed<T> {
  const chosen = choices.find(choice => choice.toLowerCase() === text.toLowerCase());
  if (chosen !== undefined) return { value: chosen };
  const lower = choices.map(choice => choice.toLowerCase());
  const longest = Math.max(...lower.map(each => each.length)) + MAX_SUGGESTION_DISTANCE;
  // A comparison takes as long as both texts are together, and a text may have any length.
  const near = text.length > longest ? '' : closest(text.toLowerCase(), lower);
  const guess =
    near !== '' && distance(text.toLowerCase(), near) <= MAX_SUGGESTION_DISTANCE
      ? ` Did you mean '${choices[lower.indexOf(near)]}'?`
      : '';
  return { problem: 'is not one of the choices', remedy: `Allowed: ${choices.join(', ')}.${guess}` };
}

/** Parses a boolean of the YAML 1.2 core schema, as `core.getBooleanInput` does. */
export function parseBoolean(text: string): Parsed<boolean> {
  if (/^(true|True|TRUE)$/.test(text)) return { value: true };
  if (/^(false|False|FALSE)$/.test(text)) return { value: false };
  return { problem: 'is not a boolean', remedy: 'Allowed: true, false.' };
}

/** Parses a whole number within limits, both included. */
export function parseWholeNumber(text: string, limits: { min: number; max: number }): Parsed<number> {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= limits.min && value <= limits.max) return { value };
  return {
    problem: 'is out of range',
    remedy: `Allowed: a whole number from ${limits.min} to ${limits.max}.`,
  };
}

/** Parses `90s`, `10m`, `1h` or a number of seconds into milliseconds. */
export function parseDuration(text: string): Parsed<number> {
  const withUnit = /^\d+$/.test(text) ? `${text}s` : text;
  const value = isDuration(withUnit) ? ms(withUnit) : 0;
  if (value > 0 && value <= ms('6h')) return { value };
  return {
    problem: 'is not a duration',
    remedy: 'Allowed: such as 90s, 10m, or a number of seconds; at most 6h.',
  };
}

function isDuration(text: string): text is ms.StringValue {
  return /^\d+(\.\d+)?[smh]$/.test(text);
}

/**
 * Parses a list with one item per line by the rules of docker/build-push-action: an item that spans lines is quoted. In each kind of list
 * a line that begins with `#` is a comment, as it is in docker/metadata-action.
 */
export function parseLines(text: string): Parsed<string[]> {
  return recordsOf(text, record => [record.join(',').trim()].filter(Boolean));
}

/** Parses a list as {@link parseLines} does, and keeps what an item ends in: the key of a secret may end in line breaks. */
export function parseExactLines(text: string): Parsed<string[]> {
  return recordsOf(text, record => [record.join(',').trimStart()].filter(Boolean));
}

/** Parses a list with one item per line, in which quotes are part of the items. */
export function parsePlainLines(text: string): Parsed<string[]> {
  return {
    value: text
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '' && !isComment(line)),
  };
}

/** Parses a list whose items are separated by line breaks or commas. */
export function parseList(text: string): Parsed<string[]> {
  return recordsOf(text, record => record.map(item => item.trim()).filter(Boolean));
}

function recordsOf(text: string, items: (record: string[]) => string[]): Parsed<string[]> {
  try {
    const records: string[][] = parseCsv(text, {
      relaxQuotes: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      comment: '#',
      comment_no_infix: true,
      ...lineEndsIn(text),
    });
    // The parser itself takes no line for a comment that begins with a blank.
    return { value: records.filter(([first = '']) => !isComment(first)).flatMap(items) };
  } catch (error) {
    return {
      problem: `is not a list (${error instanceof Error ? error.message : String(error)})`,
      remedy: 'Give one item a line; close each quote that opens an item.',
    };
  }
}

/** Whether a line is a comment, which no list counts. */
export function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

/**
 * The line ends of a list. The parser takes the first one for that of all lines, and a list that workflows put together, such as
 * from the output of a program on Windows, has both kinds.
 */
export function lineEndsIn(text: string): { recordDelimiter?: string[] } {
  return text.includes('\n') ? { recordDelimiter: ['\r\n', '\n'] } : {};
}

/** The value of a JSON text; `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is an object that is not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
