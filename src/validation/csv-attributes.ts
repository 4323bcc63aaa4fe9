import { parse as parseCsv } from 'csv-parse/sync';
import { isComment, lineEndsIn, parseChoice } from './parsers.ts';
import type { Parsed, Problem } from './parsers.ts';

/** One line of a list of rules. */
export interface RuleLine {
  /** The line as the log and the errors show it. */
  text: string;
  fields: string[];
}

/**
 * Parses a list in which each line has fields separated by commas, in the format of docker/metadata-action: a line that begins
 * with `#` is a comment, and a field or a whole line may be quoted.
 */
export function parseRuleLines(text: string): Parsed<RuleLine[]> {
  try {
    const records: string[][] = parseCsv(text, {
      relaxQuotes: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      comment: '#',
      comment_no_infix: true,
      ...lineEndsIn(text),
    });
    const lines = records.map(record => ({ text: record.join(',').trim(), fields: fieldsOf(record) }));
    return { value: lines.filter(({ text: line }) => line !== '' && !isComment(line)) };
  } catch (error) {
    return {
      problem: `is not a list (${error instanceof Error ? error.message : String(error)})`,
      remedy:
        'Give one rule a line; a field that has a comma in it has quotes around the whole of it, "pattern=a,b".',
    };
  }
}

/** A line that is quoted as a whole is parsed a second time, so that the commas inside the quotes separate its fields. */
function fieldsOf(record: string[]): string[] {
  const [only = ''] = record;
  if (record.length > 1) return record.map(field => field.trim());
  const [fields = []]: string[][] = parseCsv(only.trim(), { relaxQuotes: true, relaxColumnCount: true });
  return fields.map(field => field.trim());
}

/**
 * What is wrong with a field whose value is quoted by itself, such as `pattern="a"`: the quotes would be a part of the value.
 * docker/metadata-action refuses it too. https://csv.js.org/parse/options/relax_quotes/
 */
function checkQuotes(field: string): Problem | undefined {
  const at = field.indexOf('=');
  const value = field.slice(at > 0 ? at + 1 : 0).trim();
  if (!/^["']|["']$/.test(value)) return undefined;
  const [name, bare] = [field.slice(0, at > 0 ? at + 1 : 0).trim(), value.replaceAll(/^["']+|["']+$/g, '')];
  const right = `${name}${bare}`;
  return {
    problem: `has quotes inside the field '${field}', which would be a part of the value`,
    remedy: right.includes(',')
      ? `Put them around the whole of the field, "${right}".`
      : `Write ${right} without them; quotes go around the whole of a field, and only where it has a comma in it, "${name}a,b".`,
  };
}

/** The attributes of one line, and the problems that were found while they were read. */
export interface Attributes {
  /** The text of an attribute, if the line has it. */
  text(name: string): string | undefined;
  /** The parsed value of an attribute, if the line has it and it is valid; an invalid one is added to the problems. */
  read<T>(name: string, parse: (text: string) => Parsed<T>): T | undefined;
  /** Adds a problem. */
  refuse(problem: Problem): undefined;
  firstProblem(): Problem | undefined;
}

/**
 * Reads fields of the form `name=value`; a field without a name is read as the attribute `bare`. `names` answers which names
 * are allowed; others are refused, with `of` as the subject of the sentence.
 */
export function attributesOf(
  fields: readonly string[],
  {
    bare,
    names,
  }: { bare?: string; names: (given: Map<string, string>) => { allowed: readonly string[]; of: string } },
): Attributes {
  const problems: Problem[] = [];
  const given = new Map<string, string>();
  for (const field of fields) {
    const at = field.indexOf('=');
    const name = at > 0 ? field.slice(0, at).trim().toLowerCase() : bare;
    const quotes = checkQuotes(field);
    if (quotes !== undefined) problems.push(quotes);
    if (name === undefined) {
      problems.push({ problem: `has '${field}', which says nothing`, remedy: 'Write name=value.' });
      continue;
    }
    if (given.has(name)) {
      const remedy =
        'Say it once; give each item a line of its own, and quotes to a field that has a comma in it.';
      problems.push({ problem: `says '${name}' twice`, remedy });
    }
    given.set(name, field.slice(at > 0 ? at + 1 : 0).trim());
  }
  const { allowed, of } = names(given);
  for (const name of given.keys()) {
    const known = parseChoice(name, allowed);
    if ('problem' in known)
      problems.push({ problem: `has '${name}', which ${of} does not take`, remedy: known.remedy });
  }
  return {
    text: name => given.get(name),
    read(name, parse) {
      const text = given.get(name);
      const parsed = text === undefined ? undefined : parse(text);
      if (parsed === undefined || 'value' in parsed) return parsed?.value;
      problems.push({ problem: `has the ${name} '${text}', which ${parsed.problem}`, remedy: parsed.remedy });
      return undefined;
    },
    refuse: problem => void problems.push(problem),
    firstProblem: () => problems[0],
  };
}
