import { attributesOf } from '../validation/csv-attributes.ts';
import type { Entry } from '../validation/csv-attributes.ts';
import type { Template } from './template.ts';
import { parseChoice } from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import { globalTemplate } from './rule-attributes.ts';

/** What holds for all tags. https://github.com/docker/metadata-action#flavor-input */
export interface Flavor {
  /** `auto` is where the first rule that gives a tag says so: a release does. */
  latest: 'auto' | 'true' | 'false';
  prefix: Affix;
  suffix: Affix;
}

/** What comes before or after each tag whose rule has none of its own. */
export interface Affix {
  text: Template;
  /** `latest` has it too. */
  onLatest: boolean;
}

export const plainFlavor: Flavor = {
  latest: 'auto',
  prefix: { text: [], onLatest: false },
  suffix: { text: [], onLatest: false },
};

const names = ['latest', 'prefix', 'suffix', 'onlatest'];

/** Reads one line of `flavor`; each adds to what the lines before it said. */
export function flavorOf(entry: Entry, before: Flavor): Parsed<Flavor> {
  const attributes = attributesOf(entry.fields, {
    names: () => ({ allowed: names, of: '`flavor`' }),
  });
  const latest = attributes.read('latest', text => parseChoice(text, ['auto', 'true', 'false'] as const));
  const onLatest =
    attributes.read('onlatest', text => parseChoice(text, ['true', 'false'] as const)) === 'true';
  const affixOf = (name: 'prefix' | 'suffix'): Affix => {
    const text = attributes.read(name, globalTemplate);
    return text === undefined ? before[name] : { text, onLatest };
  };
  const flavor = { latest: latest ?? before.latest, prefix: affixOf('prefix'), suffix: affixOf('suffix') };
  const fault = attributes.fault() ?? aloneOnLatest(entry);
  return fault ?? { value: flavor };
}

function aloneOnLatest({ fields }: Entry): Problem | undefined {
  const has = (name: string): boolean => fields.some(field => field.toLowerCase().startsWith(name));
  if (!has('onlatest') || has('prefix') !== has('suffix')) return undefined;
  return {
    problem: "has 'onlatest' beside no single prefix or suffix",
    remedy: 'Write prefix=…,onlatest=true and suffix=…,onlatest=true on lines of their own.',
  };
}
