import type { CommitAffixes } from '../commit/commit-tag.ts';
import { sanitizeTag } from '../ecr/reference.ts';
import { attributesOf } from '../validation/csv-attributes.ts';
import type { RuleLine } from '../validation/csv-attributes.ts';
import { parseChoice, parseFurther } from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import { parseTagTemplate } from './rule-attributes.ts';
import { isPlain, render } from './template.ts';
import type { Template } from './template.ts';

/** The settings that apply to all tags. https://github.com/docker/metadata-action#flavor-input */
export interface Flavor {
  /** With `auto` the image gets `latest` if the first rule that gives a tag is about a release. */
  latest: 'auto' | 'true' | 'false';
  prefix: Affix;
  suffix: Affix;
}

/** A prefix or suffix of each tag whose rule has none of its own. */
export interface Affix {
  text: Template;
  /** Whether `latest` has it too. */
  onLatest: boolean;
}

/** The flavor where the input `flavor` is empty. */
export const defaultFlavor: Flavor = {
  latest: 'auto',
  prefix: { text: [], onLatest: false },
  suffix: { text: [], onLatest: false },
};

/**
 * The prefix and suffix of the commit's tag. Those with an expression in them are left off: the text of an expression depends on the
 * event, and a release has to find the image that the push to `main` has built.
 */
export function commitAffixesOf({ prefix, suffix }: Pick<Flavor, 'prefix' | 'suffix'>): CommitAffixes {
  const textOf = ({ text }: Affix): string => (isPlain(text) ? sanitizeTag(render(text, () => '')) : '');
  return { prefix: textOf(prefix), suffix: textOf(suffix) };
}

const attributeNames = ['latest', 'prefix', 'suffix', 'onlatest'];

/** Reads one line of `flavor` and adds it to the flavor of the lines before it. */
export function parseFlavor(entry: RuleLine, previous: Flavor): Parsed<Flavor> {
  const parts = partsOf(entry.fields);
  const fault = checkOnLatest(entry.fields, parts);
  if (fault !== undefined) return fault;
  return parts.reduce<Parsed<Flavor>>(
    (flavor, fields) => parseFurther(flavor, before => parsePart(fields, before)),
    { value: previous },
  );
}

/**
 * The parts of a line that are about one affix: with a prefix and a suffix in it, each has the `onlatest` that follows it. A name
 * that stands in the line twice stays in one part, which is refused.
 */
function partsOf(fields: readonly string[]): string[][] {
  const isAffix = (field: string): boolean => isNamed(field, 'prefix') || isNamed(field, 'suffix');
  const affixes = fields.filter(isAffix);
  if (affixes.length !== 2 || affixes.every(field => isNamed(field, 'prefix'))) return [[...fields]];
  const second = fields.findLastIndex(isAffix);
  return [fields.slice(0, second), fields.slice(second)];
}

function parsePart(fields: readonly string[], previous: Flavor): Parsed<Flavor> {
  const attributes = attributesOf(fields, {
    names: () => ({ allowed: attributeNames, of: '`flavor`' }),
  });
  const latest = attributes.read('latest', text => parseChoice(text, ['auto', 'true', 'false'] as const));
  const onLatest = attributes.read('onlatest', text => parseChoice(text, ['true', 'false'] as const));
  const affixOf = (name: 'prefix' | 'suffix'): Affix => {
    const text = attributes.read(name, each => parseTagTemplate(each));
    if (text === undefined) return previous[name];
    // As in docker/metadata-action, a later line that replaces the text alone leaves it on `latest`.
    return { text, onLatest: onLatest === undefined ? previous[name].onLatest : onLatest === 'true' };
  };
  const flavor = { latest: latest ?? previous.latest, prefix: affixOf('prefix'), suffix: affixOf('suffix') };
  return attributes.firstProblem() ?? { value: flavor };
}

function checkOnLatest(fields: readonly string[], [first = [], second]: string[][]): Problem | undefined {
  const has = (part: readonly string[], name: string): boolean => part.some(field => isNamed(field, name));
  if (!has(fields, 'onlatest')) return undefined;
  const isClear =
    second === undefined ? has(first, 'prefix') !== has(first, 'suffix') : has(first, 'onlatest');
  if (isClear) return undefined;
  return {
    problem: "has 'onlatest' beside no single prefix or suffix",
    remedy: 'Write it after each that it is for: prefix=…,onlatest=true,suffix=…,onlatest=true.',
  };
}

function isNamed(field: string, name: string): boolean {
  return field.split('=', 1)[0]?.trim().toLowerCase() === name;
}
