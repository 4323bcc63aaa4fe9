import type { Commit } from '../commit/commit.ts';
import { isMutableTag } from '../ecr/mutability.ts';
import { sanitized } from '../ecr/reference.ts';
import type { Affix } from './flavor.ts';
import type { TagsInputs } from './plan.ts';
import type { TagRule } from './rule.ts';
import { samplesOf } from './sample-tags.ts';
import { isPlain, render } from './template.ts';
import type { Template } from './template.ts';

/**
 * The exclusion filters that let the rules' moving tags move in a repository that the step creates, whatever the event is
 * that creates it. `1.2` has none: a filter that lets it move, and `1.3` after it, lets `1.2.3` move too.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html
 */
export function movingFilters({ rules, flavor }: TagsInputs, commit: Commit): string[] {
  const used = (rules ?? [])
    .filter(({ enable }) => enable !== 'false')
    .toSorted((a, b) => b.priority - a.priority);
  const around = (rule: TagRule): [Template, Template] => [
    rule.prefix ?? flavor.prefix.text,
    rule.suffix ?? flavor.suffix.text,
  ];
  const onLatest = ({ text, onLatest: is }: Affix): Template => (is ? text : []);
  const latest = wild([...onLatest(flavor.prefix), 'latest', ...onLatest(flavor.suffix)]);
  const filters = used.flatMap(rule => {
    const [before, after] = around(rule);
    const middle = middleOf(rule, [...before, ...after], commit);
    return middle === undefined ? [] : [wild([...before, ...middle, ...after])];
  });
  const fixed = [commit.checkedOut, ...used.flatMap(rule => samplesOf(rule, around(rule)))];
  return [...new Set([...(givesLatest(used, flavor.latest) ? [latest] : []), ...filters])].filter(
    filter =>
      isFilter(filter) &&
      !fixed.some(name => isMutableTag(name, { setting: 'IMMUTABLE', exclusions: [filter] })),
  );
}

/** What stands between prefix and suffix of a rule's tags that move; any text is a template's expression. */
function middleOf(rule: TagRule, around: Template, commit: Commit): Template | undefined {
  const anything: Template = [{ name: 'anything', escaped: false }];
  switch (rule.type) {
    case 'edge':
      return ['edge'];
    case 'schedule':
      return isPlain(rule.pattern) ? rule.pattern : undefined;
    case 'raw':
      return isPlain(rule.value) && !/\d/.test(render(rule.value, () => '')) ? rule.value : undefined;
    case 'semver':
    case 'pep440':
      return rule.pattern.some(part => typeof part !== 'string' && part.name === 'major')
        ? rule.pattern
        : undefined;
    case 'ref':
      if (rule.event === 'tag') return undefined;
      if (around.length > 0) return anything;
      return rule.event === 'branch' && commit.defaultBranch !== undefined
        ? [commit.defaultBranch]
        : undefined;
    default:
      return undefined;
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

/** An expression is anything. */
function wild(template: Template): string {
  return template
    .map(part => (typeof part === 'string' ? sanitized(part) : '*'))
    .join('')
    .replaceAll(/\*+/g, '*');
}

/** Two `*` at most; without a letter or a digit it would let nearly everything move. */
function isFilter(text: string): boolean {
  return /^[0-9a-zA-Z._*-]{1,128}$/.test(text) && /[0-9a-zA-Z]/.test(text) && text.split('*').length <= 3;
}
