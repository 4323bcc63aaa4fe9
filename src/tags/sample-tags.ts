import { sanitizeTag } from '../ecr/reference.ts';
import type { MatchRule, TagRule } from './rule.ts';
import { isPlain, render } from './template.ts';
import type { Template } from './template.ts';

/** Typical git tags of releases. */
const gitTags = ['v1.2.3', '1.2.3', 'v1.2.3-rc.1', 'release-7'];

const sampleValues: Record<string, string> = {
  version: '1.2.3',
  raw: 'v1.2.3',
  major: '1',
  minor: '2',
  patch: '3',
};

/** Examples of tags that a rule gives and that must not move. */
export function sampleTags(rule: TagRule, [before, after]: [Template, Template]): string[] {
  return sampleNames(rule).map(name => sanitizeTag(`${renderSample(before)}${name}${renderSample(after)}`));
}

function sampleNames(rule: TagRule): string[] {
  switch (rule.type) {
    case 'sha':
      return ['0123456'];
    case 'semver':
    case 'pep440':
      return hasFullVersion(rule.pattern) ? [renderSample(rule.pattern)] : [];
    case 'ref':
      return rule.event === 'tag' ? gitTags : [];
    case 'match':
      return sampleMatches(rule);
    case 'schedule':
      return isPlain(rule.pattern) ? [] : [renderSample(rule.pattern)];
    case 'raw':
      return isPlain(rule.value) && !/\d/.test(render(rule.value, () => ''))
        ? []
        : [renderSample(rule.value)];
    case 'edge':
      return [];
  }
}

/** What the rule takes from the typical git tags. A rule that matches none of them may give anything, so all are returned. */
function sampleMatches({ pattern: { source, flags }, group, value }: MatchRule): string[] {
  const sources = value === undefined ? gitTags : [renderSample(value)];
  const matches = sources.flatMap(each => each.match(new RegExp(source, flags))?.[group] ?? []);
  return (matches.length > 0 ? matches : gitTags).filter(each => !/^v?\d+(\.\d+)?$/.test(each));
}

function hasFullVersion(pattern: Template): boolean {
  return pattern.some(part => typeof part !== 'string' && ['version', 'raw', 'patch'].includes(part.name));
}

/** The text of a template with sample values. An expression that is no part of a version becomes `x`. */
function renderSample(template: Template): string {
  return template.map(part => (typeof part === 'string' ? part : (sampleValues[part.name] ?? 'x'))).join('');
}
