import { cacheTag } from '../ecr/mutability.ts';
import { isTag, sanitized } from '../ecr/reference.ts';
import { entriesOf } from '../validation/csv-attributes.ts';
import * as parsers from '../validation/parsers.ts';
import type { Problem } from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import { flavorOf, plainFlavor } from './flavor.ts';
import type { Flavor } from './flavor.ts';
import { ruleOf } from './parse-rule.ts';
import type { Release, TagsInputs } from './plan.ts';
import type { TagRule } from './rule.ts';
import { isPlain, render } from './template.ts';
import type { Template } from './template.ts';

/** Reads the inputs about the names that the image gets. */
export function readTags(reader: InputReader): TagsInputs {
  const flavor = readFlavor(reader);
  const lines = reader.read('tags', entriesOf, []);
  const rules = lines.flatMap(line => {
    const rule = ruleOf(line);
    const fault = 'value' in rule ? faultOfName(rule.value, flavor) : rule;
    if (fault !== undefined) reader.reject('tags', line.text, fault);
    return 'value' in rule ? [rule.value] : [];
  });
  return { ...(lines.length > 0 && { rules }), flavor };
}

function readFlavor(reader: InputReader): Flavor {
  let flavor = plainFlavor;
  for (const line of reader.read('flavor', entriesOf, [])) {
    const next = flavorOf(line, flavor);
    if ('value' in next) flavor = next.value;
    else reader.reject('flavor', line.text, next);
  }
  return flavor;
}

/** A name that depends on no event can be judged before anything happens. */
function faultOfName(rule: TagRule, flavor: Flavor): Problem | undefined {
  // Where a value is empty, an expression of GitHub had nothing to say this time.
  if (rule.type !== 'raw' || rule.value.length === 0) return undefined;
  const template: Template = [
    ...(rule.prefix ?? flavor.prefix.text),
    ...rule.value,
    ...(rule.suffix ?? flavor.suffix.text),
  ];
  if (!isPlain(template)) return undefined;
  const name = render(template, () => '');
  if (/[:@]/.test(name)) {
    const near = sanitized(name.replace(/^.*[:@]/, ''));
    return {
      problem: 'is a reference, and a tag is wanted',
      remedy: `Give the tag alone; the repository has an input of its own.${isTag(near) ? ` Did you mean '${near}'?` : ''}`,
    };
  }
  if (name.startsWith(cacheTag)) {
    return {
      problem: 'is where layers are cached',
      remedy: `Use a tag that does not begin with '${cacheTag}'.`,
    };
  }
  if (isTag(sanitized(name))) return undefined;
  return {
    problem: 'is not a tag',
    remedy: "Allowed, one a line: up to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'.",
  };
}

/** Reads when the tags that promise something go on. */
export function readRelease(reader: InputReader): Release {
  return reader.read(
    'release',
    text => parsers.parseChoice(text, ['after-gate', 'with-push'] as const),
    'after-gate',
  );
}
