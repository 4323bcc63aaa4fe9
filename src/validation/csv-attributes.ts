import { parse as parseCsv } from 'csv-parse/sync';
import { parseChoice } from './parsers.ts';
import type { Parsed, Problem } from './parsers.ts';

/** One line of a list of rules. */
export interface Entry {
  /** For the log and for faults. */
  text: string;
  fields: string[];
}

/**
 * A list whose lines are fields between commas, as docker/metadata-action takes them: a line that begins with `#` is a
 * comment, and quotes keep the commas of a field, or of a whole line, together.
 */
export function entriesOf(text: string): Parsed<Entry[]> {
  try {
    const records: string[][] = parseCsv(text, {
      relaxQuotes: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      comment: '#',
      comment_no_infix: true,
    });
    const lines = records.map(record => ({ text: record.join(',').trim(), fields: fieldsOf(record) }));
    return { value: lines.filter(line => line.text !== '') };
  } catch (error) {
    return {
      problem: `is not a list (${error instanceof Error ? error.message : String(error)})`,
      remedy:
        'Give one rule a line; a field that has a comma in it has quotes around the whole of it, "pattern=a,b".',
    };
  }
}

/** Quotes around a whole line leave its commas to be read. */
function fieldsOf(record: string[]): string[] {
  const [only = ''] = record;
  if (record.length > 1) return record.map(field => field.trim());
  const [fields = []]: string[][] = parseCsv(only.trim(), { relaxQuotes: true, relaxColumnCount: true });
  return fields.map(field => field.trim());
}

/** The attributes of one line, and what is wrong with them: the first fault is the one to tell. */
export interface Attributes {
  text(name: string): string | undefined;
  /** Where the attribute is there, what it says; `where` names its owner in a fault. */
  read<T>(name: string, parse: (text: string) => Parsed<T>): T | undefined;
  refuse(objection: Problem): undefined;
  fault(): Problem | undefined;
}

/** Reads `name=value` fields, and one without a name as if it were called `bare`. Names that are not among these are refused. */
export function attributesOf(
  fields: readonly string[],
  {
    bare,
    names,
  }: { bare?: string; names: (given: Map<string, string>) => { allowed: readonly string[]; of: string } },
): Attributes {
  const faults: Problem[] = [];
  const given = new Map<string, string>();
  for (const field of fields) {
    const at = field.indexOf('=');
    const name = at > 0 ? field.slice(0, at).trim().toLowerCase() : bare;
    if (name === undefined) {
      faults.push({ problem: `has '${field}', which says nothing`, remedy: 'Write name=value.' });
      continue;
    }
    if (given.has(name)) {
      const remedy =
        'Say it once; give each tag a line of its own, and quotes to a field that has a comma in it.';
      faults.push({ problem: `says '${name}' twice`, remedy });
    }
    given.set(name, field.slice(at > 0 ? at + 1 : 0).trim());
  }
  const { allowed, of } = names(given);
  for (const name of given.keys()) {
    const known = parseChoice(name, allowed);
    if ('problem' in known)
      faults.push({ problem: `has '${name}', which ${of} does not take`, remedy: known.remedy });
  }
  return {
    text: name => given.get(name),
    read(name, parse) {
      const text = given.get(name);
      const parsed = text === undefined ? undefined : parse(text);
      if (parsed === undefined || 'value' in parsed) return parsed?.value;
      faults.push({ problem: `has the ${name} '${text}', which ${parsed.problem}`, remedy: parsed.remedy });
      return undefined;
    },
    refuse: objection => void faults.push(objection),
    fault: () => faults[0],
  };
}
