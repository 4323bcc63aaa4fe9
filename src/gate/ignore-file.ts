import { closest, distance } from 'fastest-levenshtein';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Pair } from 'yaml';
import type { Problem } from '../validation/parsers.ts';
import { platform as checkPlatform } from '../validation/validators.ts';
import type { IgnoreEntry } from './ignore-entry.ts';

/** What is wrong with a file, and where. */
export interface FileFault extends Problem {
  /** `file:line` */
  place: string;
}

/** What is in a file, and what is wrong with it. */
export interface Parsed<T> {
  values: T[];
  faults: FileFault[];
}

/** Tells of a fault at a node of the document. */
type Object = (node: unknown, problem: string, remedy: string) => void;

const shape =
  'Give `ignore:` with a list of entries: `id`, optionally `package` and `platform`, `reason`, and `until: 2026-12-31` or `until-fixed: true`.';

/** Reads the exceptions in a YAML file; every fault knows its line. docs/gate.md describes the file. */
export function parseIgnoreFile(file: string, text: string): Parsed<IgnoreEntry> {
  const lines = new LineCounter();
  const found: (FileFault & { line: number })[] = [];
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const tell = (offset: number, problem: string, remedy: string): void => {
    const { line } = lines.linePos(offset);
    found.push({ line, place: `${file}:${line}`, problem, remedy });
  };
  const object: Object = (node, problem, remedy) => tell(offsetOf(node), problem, remedy);
  const faults = (): FileFault[] =>
    found
      .toSorted((a, b) => a.line - b.line)
      .map(({ place, problem, remedy }) => ({ place, problem, remedy }));
  for (const { pos, message } of document.errors) tell(pos[0], `is no YAML: ${message}`, shape);
  if (found.length > 0) return { values: [], faults: faults() };
  const read = entriesOf(document.contents, object).map(node => ({ node, entry: readEntry(node, object) }));
  const values: IgnoreEntry[] = [];
  for (const { node, entry } of read) {
    if (entry === undefined) continue;
    const twin = values.find(other => isSame(other, entry));
    if (twin) object(node, `is the same exception as ${twin.source}`, 'Keep one of them.');
    else values.push({ ...entry, source: `${file}:${lines.linePos(offsetOf(node)).line}` });
  }
  return { values, faults: faults() };
}

function entriesOf(root: Node | null, object: Object): unknown[] {
  // A file of comments alone excuses nothing.
  if (root === null || (isScalar(root) && root.value === null)) return [];
  if (!isMap(root)) {
    object(root, 'is no list of exceptions', shape);
    return [];
  }
  for (const { key } of root.items) {
    if (nameOf(key) === 'ignore') continue;
    const { problem, remedy } = unknownKey(nameOf(key), ['ignore'], shape);
    object(key, problem, remedy);
  }
  const list = root.get('ignore', true);
  if (isSeq(list)) return list.items;
  const isEmpty = list === undefined || (isScalar(list) && list.value === null);
  if (!isEmpty) object(list, 'is no list of exceptions', shape);
  return [];
}

function readEntry(node: unknown, object: Object): Omit<IgnoreEntry, 'source'> | undefined {
  if (!isMap(node)) {
    object(node, 'is no exception', shape);
    return undefined;
  }
  const faultless = node.items.map(pair => checkPair(pair, object)).every(Boolean);
  const text = (key: Key): string | undefined => {
    const value = node.get(key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const [id, reason, until] = [text('id'), text('reason'), text('until')];
  const untilFixed = node.get('until-fixed') === true;
  if (!node.has('id')) object(node, 'has no `id`', 'Name the vulnerability, such as CVE-2024-5535.');
  if (!node.has('reason')) object(node, 'has no `reason`', 'Say why this finding may pass.');
  if (!node.has('until') && !node.has('until-fixed')) {
    object(node, 'has no end', 'Give `until: 2026-12-31` (its last day) or `until-fixed: true`.');
  }
  const hasEnd = until !== undefined || untilFixed;
  if (!faultless || id === undefined || reason === undefined || !hasEnd) return undefined;
  const [name, platform] = [text('package'), text('platform')];
  return {
    id,
    ...(name && { package: name }),
    ...(platform && { platform }),
    reason,
    ...(until && { until }),
    untilFixed,
  };
}

/** Whether a key and its value are what they should be. */
function checkPair({ key, value }: Pair, object: Object): boolean {
  const name = nameOf(key);
  const known = keys.find(each => each === name);
  const fault =
    known === undefined
      ? unknownKey(name, keys, `Allowed: ${keys.join(', ')}.`)
      : faultOf(known, isScalar(value) ? value.value : value);
  if (fault !== undefined) object(key, fault.problem, fault.remedy);
  return fault === undefined;
}

function isSame(a: Omit<IgnoreEntry, 'source'>, b: Omit<IgnoreEntry, 'source'>): boolean {
  return a.id.toLowerCase() === b.id.toLowerCase() && a.package === b.package && a.platform === b.platform;
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function offsetOf(node: unknown): number {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}

/** What an entry of the ignore file can say. */
export const keys = ['id', 'package', 'platform', 'reason', 'until', 'until-fixed'] as const;

export type Key = (typeof keys)[number];

/** What is wrong with a key's value. */
export function faultOf(key: Key, value: unknown): Problem | undefined {
  if (key === 'until-fixed') {
    return value === true
      ? undefined
      : because(key, value, 'is not true', 'Write `until-fixed: true`, or give `until`.');
  }
  if (typeof value !== 'string' || value.trim() === '') {
    return because(
      key,
      value,
      'is no text',
      'Give a text, in quotes where YAML would take it for something else.',
    );
  }
  if (key === 'until' && !isDay(value)) {
    return because(key, value, 'is no date', 'Give the last day on which it counts, such as 2026-12-31.');
  }
  const fault = key === 'platform' ? checkPlatform(value) : undefined;
  return fault && because(key, value, fault.problem, fault.remedy);
}

function because(key: Key, value: unknown, problem: string, remedy: string): Problem {
  return { problem: `has \`${key}: ${String(value)}\`, which ${problem}`, remedy };
}

/** A key that does not exist, with the nearest that does. */
export function unknownKey(name: string, known: readonly string[], allowed: string): Problem {
  const near = closest(name.toLowerCase(), [...known]);
  const guess = distance(name.toLowerCase(), near) <= 3 ? ` Did you mean \`${near}\`?` : '';
  return { problem: `has the key \`${name}\`, which does not exist`, remedy: `${allowed}${guess}` };
}

/** A day that is in the calendar: 2026-02-30 is not. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
