import type { Parsed, Problem } from './parsers.ts';

/** Levels of objects and arrays in each other. A policy needs about 10; a program that walks a value has a stack that ends. */
const MAX_DEPTH = 100;

/**
 * Parses JSON that a user gives, itself or as a file. It may begin with a byte order mark, and nests no deeper than 100 levels.
 * `otherwise` is what is wrong with a text that is no JSON; without it the parser's words are told.
 */
export function parseGivenJson(text: string, otherwise?: Problem): Parsed<unknown> {
  const json = text.replace(/^\uFEFF/, '');
  if (isDeep(json))
    return { problem: `nests deeper than ${MAX_DEPTH} levels`, remedy: 'Give JSON that is less deep.' };
  try {
    const value: unknown = JSON.parse(json);
    return { value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return otherwise ?? { problem: `is no JSON: ${reason}`, remedy: 'Give valid JSON.' };
  }
}

/** Whether brackets nest too deeply, which is seen without building the value. Brackets in strings do not count. */
function isDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') isInString = !isInString;
    else if (isInString) at += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
