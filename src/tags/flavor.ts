import type { CommitAffixes } from '../commit/commit-tag.ts';
import { sanitizeTag } from '../ecr/reference.ts';
import { attributesOf } from '../validation/csv-attributes.ts';
import type { RuleLine } from '../validation/csv-attributes.ts';
import { parseChoice } from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import { parseGlobalTemplate } from './rule-attributes.ts';
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
  const attributes = attributesOf(entry.fields, {
    names: () => ({ allowed: attributeNames, of: '`flavor`' }),
  });
  const latest = attributes.read('latest', text => parseChoice(text, ['auto', 'true', 'false'] as const));
  const onLatest =
    attributes.read('onlatest', text => parseChoice(text, ['true', 'false'] as const)) === 'true';
  const affixOf = (name: 'prefix' | 'suffix'): Affix => {
    const text = attributes.read(name, parseGlobalTemplate);
    return text === undefined ? previous[name] : { text, onLatest };
  };
  const flavor = { latest: latest ?? previous.latest, prefix: affixOf('prefix'), suffix: affixOf('suffix') };
  const fault = attributes.firstProblem() ?? checkOnLatest(entry);
  return fault ?? { value: flavor };
}

function checkOnLatest({ fields }: RuleLine): Problem | undefined {
  const has = (name: string): boolean => fields.some(field => field.toLowerCase().startsWith(name));
  if (!has('onlatest') || has('prefix') !== has('suffix')) return undefined;
  return {
    problem: "has 'onlatest' beside no single prefix or suffix",
    remedy: 'Write prefix=…,onlatest=true and suffix=…,onlatest=true on lines of their own.',
  };
}
