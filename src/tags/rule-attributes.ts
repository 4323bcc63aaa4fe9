import { parseChoice, parseFurther } from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import type { MatchRule, TagRule } from './rule.ts';
import { globalNames, parseTemplate } from './template.ts';
import type { Template } from './template.ts';

/** The problem of a rule without an attribute that it needs. */
export function missingAttribute(name: string, example: string): Problem {
  return { problem: `has no ${name}`, remedy: `Write it so: ${example}.` };
}

/** Parses a template that may use the global expressions. */
export function parseGlobalTemplate(text: string): Parsed<Template> {
  return parseTemplate(text, globalNames);
}

/**
 * Parses a template of which a tag, or a part of one, is made. Its own text has no quotes, as no tag has them: they would become
 * dashes.
 */
export function parseTagTemplate(text: string, names: readonly string[] = globalNames): Parsed<Template> {
  return parseFurther(parseTemplate(text, names), template =>
    template.some(part => typeof part === 'string' && /["']/.test(part))
      ? { problem: 'has quotes in it, which no tag has', remedy: 'Write it without them.' }
      : { value: template },
  );
}

/** Parses `enable`. */
export function parseEnable(text: string): Parsed<TagRule['enable']> {
  const expression = /^\{\{\{?\s*(\w+)\s*\}\}\}?$/.exec(text)?.[1];
  const choices = ['true', 'false', 'is_default_branch', 'is_not_default_branch'] as const;
  const chosen = parseChoice(expression ?? text, choices);
  const hasRightForm = 'value' in chosen && chosen.value.startsWith('is_') === (expression !== undefined);
  if (hasRightForm) return chosen;
  return {
    problem: 'is neither true nor false',
    remedy:
      'Allowed: true, false, {{is_default_branch}}, {{is_not_default_branch}}, or an expression of GitHub that becomes one of them.',
  };
}

/** Parses `priority`. */
export function parsePriority(text: string): Parsed<number> {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return { value };
  return { problem: 'is not a number', remedy: 'Give one such as 500; the highest comes first.' };
}

/** Parses a regular expression, written as `/pattern/flags` or as a pattern alone. `groups` is how many groups it has. */
export function parsePattern(text: string): Parsed<MatchRule['pattern'] & { groups: number }> {
  const [, source = text, flags = ''] = /^\/(.+)\/(.*)$/.exec(text) ?? [];
  return compile(source, flags);
}

function compile(source: string, flags: string): Parsed<MatchRule['pattern'] & { groups: number }> {
  try {
    const groups = (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) - 1;
    return { value: { source, flags, groups } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `is no regular expression (${reason})`, remedy: 'Give one as JavaScript has it.' };
  }
}

/** Parses a regular expression that needs at least one group. */
export function parseCapturingPattern(text: string): Parsed<string> {
  const expression = compile(text, '');
  if (!('value' in expression)) return expression;
  if (expression.value.groups > 0) return { value: text };
  return { problem: 'has no group', remedy: 'Put parentheses around the version in it, such as v(.*).' };
}

/** Parses the number of a group of a pattern; 0 is the whole match. */
export function parseGroup(text: string, groups: number): Parsed<number> {
  if (/^\d+$/.test(text) && Number(text) <= groups) return { value: Number(text) };
  return { problem: 'is no group of the pattern', remedy: `Allowed: a whole number from 0 to ${groups}.` };
}
