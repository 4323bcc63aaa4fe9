import { commitTagOf } from '../commit/commit-tag.ts';
import type { Commit } from '../commit/commit.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import { sanitizeTag } from '../ecr/reference.ts';
import { commitAffixesOf } from './flavor.ts';
import type { Affix } from './flavor.ts';
import type { TagsInputs } from './plan.ts';
import type { TagRule } from './rule.ts';
import { sampleTags } from './sample-tags.ts';
import { isPlain, render } from './template.ts';
import type { Template } from './template.ts';

/**
 * The exclusion filters that a new repository needs so that the moving tags of the rules can move. They do not depend on the
 * event that creates the repository. `1.2` has no filter: one that matches it, and later `1.3`, would match `1.2.3` too.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html
 */
export function movingFilters({ rules, flavor }: TagsInputs, commit: Commit): string[] {
  const enabledRules = (rules ?? [])
    .filter(({ enable }) => enable !== 'false')
    .toSorted((a, b) => b.priority - a.priority);
  const affixesOf = (rule: TagRule): [Template, Template] => [
    rule.prefix ?? flavor.prefix.text,
    rule.suffix ?? flavor.suffix.text,
  ];
  const latestAffix = ({ text, onLatest: isOnLatest }: Affix): Template => (isOnLatest ? text : []);
  const latestFilter = toWildcard([...latestAffix(flavor.prefix), 'latest', ...latestAffix(flavor.suffix)]);
  const fixedTags = [
    commitTagOf(commit.checkedOut, commitAffixesOf(flavor)),
    ...enabledRules.flatMap(rule => sampleTags(rule, affixesOf(rule))),
  ];
  const isUsable = (filter: string): boolean =>
    isSafeFilter(filter) &&
    !fixedTags.some(name => isMutableTag(name, { setting: 'IMMUTABLE', exclusions: [filter] }));
  const filters = enabledRules.flatMap(rule => {
    const [before, after] = affixesOf(rule);
    const choices = movingNamesOf(rule, [...before, ...after], commit);
    return choices.map(name => toWildcard([...before, ...name, ...after])).find(isUsable) ?? [];
  });
  return [
    ...new Set([
      ...(givesLatest(enabledRules, flavor.latest) && isUsable(latestFilter) ? [latestFilter] : []),
      ...filters,
    ]),
  ];
}

/**
 * The part between prefix and suffix of a rule's moving tags, in the order of preference. An expression in it stands for any
 * text, which may let tags move that must not.
 */
function movingNamesOf(rule: TagRule, affixes: Template, commit: Commit): Template[] {
  const anyText: Template = [{ name: 'anything', escaped: false }];
  switch (rule.type) {
    case 'edge':
      return [['edge']];
    case 'schedule':
      return isPlain(rule.pattern) ? [rule.pattern] : [];
    case 'raw':
      return isPlain(rule.value) && !/\d/.test(render(rule.value, () => '')) ? [rule.value] : [];
    case 'semver':
    case 'pep440':
      return rule.pattern.some(part => typeof part !== 'string' && part.name === 'major')
        ? [rule.pattern]
        : [];
    case 'ref':
      if (rule.event === 'tag') return [];
      return [
        ...(affixes.length > 0 ? [anyText] : []),
        ...(rule.event === 'branch' && commit.defaultBranch !== undefined && isPlain(affixes)
          ? [[commit.defaultBranch]]
          : []),
      ];
    default:
      return [];
  }
}

function givesLatest(rules: readonly TagRule[], latest: 'auto' | 'true' | 'false'): boolean {
  const isRelease = ({ type }: TagRule): boolean => ['semver', 'pep440', 'match'].includes(type);
  return (
    latest === 'true' ||
    (latest === 'auto' &&
      rules.some(rule => isRelease(rule) || (rule.type === 'ref' && rule.event === 'tag')))
  );
}

/** The filter for a template, in which each expression becomes `*`. */
function toWildcard(template: Template): string {
  return template
    .map(part => (typeof part === 'string' ? sanitizeTag(part) : '*'))
    .join('')
    .replaceAll(/\*+/g, '*');
}

/** ECR allows two `*` at most. A filter without a letter or digit would let nearly every tag move. */
function isSafeFilter(text: string): boolean {
  return /^[0-9a-zA-Z._*-]{1,128}$/.test(text) && /[0-9a-zA-Z]/.test(text) && text.split('*').length <= 3;
}
