import { isPlain, render } from './template.ts';
import type { Template } from './template.ts';
import { sanitized } from '../ecr/reference.ts';
import type { MatchRule, TagRule } from './rule.ts';

/** What git tags of releases look like. */
const gitTags = ['v1.2.3', '1.2.3', 'v1.2.3-rc.1', 'release-7'];

const parts: Record<string, string> = {
  version: '1.2.3',
  raw: 'v1.2.3',
  major: '1',
  minor: '2',
  patch: '3',
};

/** Tags that a rule gives and that must not move. */
export function samplesOf(rule: TagRule, [before, after]: [Template, Template]): string[] {
  return middlesOf(rule).map(middle => sanitized(`${sampleOf(before)}${middle}${sampleOf(after)}`));
}

function middlesOf(rule: TagRule): string[] {
  switch (rule.type) {
    case 'sha':
      return ['0123456'];
    case 'semver':
    case 'pep440':
      return isFull(rule.pattern) ? [sampleOf(rule.pattern)] : [];
    case 'ref':
      return rule.event === 'tag' ? gitTags : [];
    case 'match':
      return matchesOf(rule);
    case 'schedule':
      return isPlain(rule.pattern) ? [] : [sampleOf(rule.pattern)];
    case 'raw':
      return isPlain(rule.value) && !/\d/.test(render(rule.value, () => '')) ? [] : [sampleOf(rule.value)];
    case 'edge':
      return [];
  }
}

/** What the rule takes from git tags; where it takes nothing from these, it may take any of them from others. */
function matchesOf({ pattern: { source, flags }, group, value }: MatchRule): string[] {
  const given = value === undefined ? gitTags : [sampleOf(value)];
  const found = given.flatMap(each => each.match(new RegExp(source, flags))?.[group] ?? []);
  return (found.length > 0 ? found : gitTags).filter(each => !/^v?\d+(\.\d+)?$/.test(each));
}

function isFull(pattern: Template): boolean {
  return pattern.some(part => typeof part !== 'string' && ['version', 'raw', 'patch'].includes(part.name));
}

/** Of an expression that is no part of a version anything may come. */
function sampleOf(template: Template): string {
  return template.map(part => (typeof part === 'string' ? part : (parts[part.name] ?? 'x'))).join('');
}
