import { attributesOf } from '../validation/csv-attributes.ts';
import type { Attributes, RuleLine } from '../validation/csv-attributes.ts';
import { parseChoice } from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import {
  parseCapturingPattern,
  parsePattern,
  parseGlobalTemplate,
  parseTagTemplate,
  parseGroup,
  missingAttribute,
  parsePriority,
  parseEnable,
} from './rule-attributes.ts';
import type { TagRule } from './rule.ts';
import { dateNames } from './template.ts';
import type { Template } from './template.ts';

type Type = TagRule['type'];

/** https://github.com/docker/metadata-action#priority-attribute */
const priorities: Record<Type, number> = {
  schedule: 1000,
  semver: 900,
  pep440: 900,
  match: 800,
  edge: 700,
  ref: 600,
  raw: 200,
  sha: 100,
};

const types: readonly Type[] = ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'];

const commonAttributes = ['enable', 'priority', 'prefix', 'suffix'];

const typeAttributes: Record<Type, string[]> = {
  schedule: ['pattern'],
  semver: ['pattern', 'value', 'match'],
  pep440: ['pattern', 'value', 'match'],
  match: ['pattern', 'group', 'value'],
  edge: ['branch'],
  ref: ['event'],
  raw: ['value'],
  sha: ['format'],
};

/** The expressions that the pattern of a version rule may use. */
const versionExpressions = {
  semver: ['version', 'raw', 'major', 'minor', 'patch', 'prerelease', 'build'],
  pep440: ['version', 'raw', 'major', 'minor', 'patch'],
};

/** Reads one line of `tags` by the rules of docker/metadata-action. What that action ignores is a problem here. */
export function parseRule({ text, fields }: RuleLine): Parsed<TagRule> {
  let type: Type = 'raw';
  let unknown: Problem | undefined;
  const attributes = attributesOf(fields, {
    bare: 'value',
    names: given => {
      const chosen = parseChoice(given.get('type') ?? type, types);
      if ('value' in chosen) type = chosen.value;
      else unknown = { ...chosen, problem: `has the type '${given.get('type')}', which ${chosen.problem}` };
      return { allowed: ['type', ...typeAttributes[type], ...commonAttributes], of: `type=${type}` };
    },
  });
  const rule = buildRule(attributes, { type, text });
  const fault = unknown ?? attributes.firstProblem();
  return rule === undefined || fault !== undefined
    ? (fault ?? missingAttribute('type', 'type=sha'))
    : { value: rule };
}

function buildRule(
  attributes: Attributes,
  { type, text }: { type: Type; text: string },
): TagRule | undefined {
  const prefix = attributes.read('prefix', parseTagText) ?? defaultPrefix(attributes, type);
  const suffix = attributes.read('suffix', parseTagText);
  const common = {
    text,
    enable: attributes.read('enable', parseEnable) ?? 'true',
    priority: attributes.read('priority', parsePriority) ?? priorities[type],
    ...(prefix !== undefined && { prefix }),
    ...(suffix !== undefined && { suffix }),
  };
  const parseValue = type === 'raw' ? parseTagText : parseGlobalTemplate;
  const value = attributes.text('value') ? attributes.read('value', parseValue) : undefined;
  switch (type) {
    case 'schedule': {
      const pattern = attributes.read('pattern', each => parseTagTemplate(each, dateNames)) ?? ['nightly'];
      return { ...common, type, pattern };
    }
    case 'semver':
    case 'pep440': {
      const pattern =
        attributes.read('pattern', each => parseTagTemplate(each, versionExpressions[type])) ?? [];
      const match = attributes.text('match') ? attributes.read('match', parseCapturingPattern) : undefined;
      if (!attributes.text('pattern'))
        attributes.refuse(missingAttribute('pattern', `type=${type},pattern={{version}}`));
      return { ...common, type, pattern, ...(value && { value }), ...(match !== undefined && { match }) };
    }
    case 'match': {
      const pattern = attributes.read('pattern', parsePattern) ?? { source: '', flags: '', groups: 0 };
      const group = attributes.read('group', each => parseGroup(each, pattern.groups)) ?? 0;
      if (!attributes.text('pattern'))
        attributes.refuse(missingAttribute('pattern', 'type=match,pattern=\\d+\\.\\d+'));
      const { source, flags } = pattern;
      return { ...common, type, pattern: { source, flags }, group, ...(value && { value }) };
    }
    case 'edge': {
      const branch = attributes.text('branch');
      return { ...common, type, ...(branch && { branch }) };
    }
    case 'ref': {
      const event = attributes.read('event', each => parseChoice(each, ['branch', 'tag', 'pr'] as const));
      if (!attributes.text('event'))
        attributes.refuse(missingAttribute('event', 'type=ref,event=branch, tag or pr'));
      return event && { ...common, type, event };
    }
    case 'raw':
      if (attributes.text('value') === undefined)
        attributes.refuse(missingAttribute('value', 'type=raw,value=stable'));
      return { ...common, type, value: value ?? [] };
    case 'sha': {
      const format =
        attributes.read('format', each => parseChoice(each, ['short', 'long'] as const)) ?? 'short';
      return { ...common, type, format };
    }
  }
}

function parseTagText(text: string): Parsed<Template> {
  return parseTagTemplate(text);
}

function defaultPrefix(attributes: Attributes, type: Type): Template | undefined {
  if (type === 'sha') return ['sha-'];
  return type === 'ref' && attributes.text('event')?.toLowerCase() === 'pr' ? ['pr-'] : undefined;
}
