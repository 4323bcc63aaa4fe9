import { entriesOf } from './attributes.ts';
import { cacheTag } from './cache.ts';
import type { Door } from './door.ts';
import { isPlain, render } from './expression.ts';
import type { Template } from './expression.ts';
import type { Objection } from './field.ts';
import { flavorOf, plainFlavor } from './flavor.ts';
import type { Flavor } from './flavor.ts';
import { isTag, sanitized } from './reference.ts';
import { ruleOf } from './tag-line.ts';
import type { TagRule } from './tag-rule.ts';
import type { TagsInputs } from './tags.ts';

/** Reads the inputs about the names that the image gets. */
export function readTags(door: Door): TagsInputs {
  const flavor = readFlavor(door);
  const lines = door.read('tags', entriesOf, []);
  const rules = lines.flatMap(line => {
    const rule = ruleOf(line);
    const fault = 'value' in rule ? faultOfName(rule.value, flavor) : rule;
    if (fault !== undefined) door.fault('tags', line.text, fault);
    return 'value' in rule ? [rule.value] : [];
  });
  return { ...(lines.length > 0 && { rules }), flavor };
}

function readFlavor(door: Door): Flavor {
  let flavor = plainFlavor;
  for (const line of door.read('flavor', entriesOf, [])) {
    const next = flavorOf(line, flavor);
    if ('value' in next) flavor = next.value;
    else door.fault('flavor', line.text, next);
  }
  return flavor;
}

/** A name that depends on no event can be judged before anything happens. */
function faultOfName(rule: TagRule, flavor: Flavor): Objection | undefined {
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
