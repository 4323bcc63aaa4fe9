import type { CommitAffixes } from '../commit/commit-tag.ts';
import { cacheTag } from '../ecr/mutability.ts';
import { isTag, sanitizeTag } from '../ecr/reference.ts';
import type { RepositoryAddress } from '../ecr/reference.ts';
import { parseRuleLines } from '../validation/csv-attributes.ts';
import * as parsers from '../validation/parsers.ts';
import type { Problem } from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import { parseFlavor, defaultFlavor } from './flavor.ts';
import type { Flavor } from './flavor.ts';
import { parseRule } from './parse-rule.ts';
import type { Release, TagsInputs } from './plan.ts';
import { splitNames, withoutRepository } from './references.ts';
import type { TagRule } from './rule.ts';
import { isPlain, render } from './template.ts';
import type { Template } from './template.ts';

/**
 * Reads the inputs `tags` and `flavor`. `repository` is that of the image, absent where the job is not told of it; `refs` are the names
 * of branches and git tags that the event is about.
 */
export function readTags(
  reader: InputReader,
  { repository, refs = [] }: { repository?: RepositoryAddress; refs?: readonly string[] } = {},
): TagsInputs {
  const flavor = readFlavor(reader);
  const lines = reader.read('tags', parseRuleLines, []).flatMap(line => splitNames(line, refs));
  const rules = lines.flatMap(line => {
    const rule = parsers.parseFurther(parseRule(line), each => withoutRepository(each, repository));
    const fault = 'value' in rule ? checkPlainName(rule.value, flavor) : rule;
    if (fault !== undefined) reader.reject('tags', line.text, fault);
    return 'value' in rule ? [rule.value] : [];
  });
  return { ...(lines.length > 0 && { rules }), flavor };
}

/** Reads the input `flavor`. */
export function readFlavor(reader: InputReader): Flavor {
  let flavor = defaultFlavor;
  for (const line of reader.read('flavor', parseRuleLines, [])) {
    const next = parseFlavor(line, flavor);
    if ('value' in next) flavor = next.value;
    else reader.reject('flavor', line.text, next);
  }
  return flavor;
}

/** Checks a tag that does not depend on the event, so that a wrong one is reported before the build. */
function checkPlainName(rule: TagRule, flavor: Flavor): Problem | undefined {
  // A value is empty where it comes from a GitHub expression that is empty for this event.
  if (rule.type !== 'raw' || rule.value.length === 0) return undefined;
  const template: Template = [
    ...(rule.prefix ?? flavor.prefix.text),
    ...rule.value,
    ...(rule.suffix ?? flavor.suffix.text),
  ];
  if (!isPlain(template)) return undefined;
  const name = render(template, () => '');
  if (name.startsWith(cacheTag)) {
    return {
      problem: 'is where layers are cached',
      remedy: `Use a tag that does not begin with '${cacheTag}'.`,
    };
  }
  if (isTag(sanitizeTag(name))) return undefined;
  return {
    problem: 'is not a tag',
    remedy: "Allowed, one a line: up to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'.",
  };
}

/** Rejects a flavor with which no registry takes the commit's tag. Of a part of an image the tag has its platforms in it. */
export function rejectCommitTag(reader: InputReader, { prefix, suffix }: CommitAffixes, tag: string): void {
  if (prefix === '' && suffix === '') return;
  const isCache = tag.startsWith(cacheTag);
  if (isTag(tag) && !isCache) return;
  const reason = isCache
    ? `layers are cached under '${cacheTag}'`
    : tag.length > 128
      ? `it has ${tag.length} characters, and a tag has 128 at most`
      : "a tag does not begin with '.' or '-'";
  const given = [prefix && `prefix=${prefix}`, suffix && `suffix=${suffix}`].filter(Boolean).join(', ');
  reader.reject('flavor', given, {
    problem: `would make '${tag}' of the commit's tag, which no image can have: ${reason}`,
    remedy:
      "Prefix and suffix stand before and after the commit's SHA too, as in `suffix=-alpine`. What only one rule of `tags` needs is a `prefix=` or `suffix=` of that rule.",
  });
}

/** Reads when the release tags are put on the image. */
export function readRelease(reader: InputReader): Release {
  return reader.read(
    'release',
    text => parsers.parseChoice(text, ['after-gate', 'with-push'] as const),
    'after-gate',
  );
}
