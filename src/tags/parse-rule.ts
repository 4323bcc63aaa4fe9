import { attributesOf } from '../validation/csv-attributes.ts';
import type { Attributes, Entry } from '../validation/csv-attributes.ts';
import { dateNames, templateOf } from './template.ts';
import type { Template } from './template.ts';
import { parseChoice } from '../validation/parsers.ts';
import type { Parsed, Problem } from '../validation/parsers.ts';
import {
  capturing,
  expressionOf,
  globalTemplate,
  groupOf,
  missing,
  numberOf,
  switchOf,
} from './rule-attributes.ts';
import type { TagRule } from './rule.ts';

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

const everywhere = ['enable', 'priority', 'prefix', 'suffix'];

const own: Record<Type, string[]> = {
  schedule: ['pattern'],
  semver: ['pattern', 'value', 'match'],
  pep440: ['pattern', 'value', 'match'],
  match: ['pattern', 'group', 'value'],
  edge: ['branch'],
  ref: ['event'],
  raw: ['value'],
  sha: ['format'],
};

/** What the pattern of a rule about versions may name. */
const versionNames = {
  semver: ['version', 'raw', 'major', 'minor', 'patch', 'prerelease', 'build'],
  pep440: ['version', 'raw', 'major', 'minor', 'patch'],
};

/** Reads one line of `tags` by the rules of docker/metadata-action; what those would ignore is refused. */
export function ruleOf({ text, fields }: Entry): Parsed<TagRule> {
  let type: Type = 'raw';
  let unknown: Problem | undefined;
  const attributes = attributesOf(fields, {
    bare: 'value',
    names: given => {
      const chosen = parseChoice(given.get('type') ?? type, types);
      if ('value' in chosen) type = chosen.value;
      else unknown = { ...chosen, problem: `has the type '${given.get('type')}', which ${chosen.problem}` };
      return { allowed: ['type', ...own[type], ...everywhere], of: `type=${type}` };
    },
  });
  const rule = ruleWith(attributes, { type, text });
  const fault = unknown ?? attributes.fault();
  return rule === undefined || fault !== undefined ? (fault ?? missing('type', 'type=sha')) : { value: rule };
}

function ruleWith(from: Attributes, { type, text }: { type: Type; text: string }): TagRule | undefined {
  const prefix = from.read('prefix', globalTemplate) ?? defaultPrefix(from, type);
  const suffix = from.read('suffix', globalTemplate);
  const common = {
    text,
    enable: from.read('enable', switchOf) ?? 'true',
    priority: from.read('priority', numberOf) ?? priorities[type],
    ...(prefix !== undefined && { prefix }),
    ...(suffix !== undefined && { suffix }),
  };
  const value = from.text('value') ? from.read('value', globalTemplate) : undefined;
  switch (type) {
    case 'schedule': {
      const pattern = from.read('pattern', each => templateOf(each, dateNames)) ?? ['nightly'];
      return { ...common, type, pattern };
    }
    case 'semver':
    case 'pep440': {
      const pattern = from.read('pattern', each => templateOf(each, versionNames[type])) ?? [];
      const match = from.text('match') ? from.read('match', capturing) : undefined;
      if (!from.text('pattern')) from.refuse(missing('pattern', `type=${type},pattern={{version}}`));
      return { ...common, type, pattern, ...(value && { value }), ...(match !== undefined && { match }) };
    }
    case 'match': {
      const pattern = from.read('pattern', expressionOf) ?? { source: '', flags: '', groups: 0 };
      const group = from.read('group', each => groupOf(each, pattern.groups)) ?? 0;
      if (!from.text('pattern')) from.refuse(missing('pattern', 'type=match,pattern=\\d+\\.\\d+'));
      const { source, flags } = pattern;
      return { ...common, type, pattern: { source, flags }, group, ...(value && { value }) };
    }
    case 'edge': {
      const branch = from.text('branch');
      return { ...common, type, ...(branch && { branch }) };
    }
    case 'ref': {
      const event = from.read('event', each => parseChoice(each, ['branch', 'tag', 'pr'] as const));
      if (!from.text('event')) from.refuse(missing('event', 'type=ref,event=branch, tag or pr'));
      return event && { ...common, type, event };
    }
    case 'raw':
      if (from.text('value') === undefined) from.refuse(missing('value', 'type=raw,value=stable'));
      return { ...common, type, value: value ?? [] };
    case 'sha': {
      const format = from.read('format', each => parseChoice(each, ['short', 'long'] as const)) ?? 'short';
      return { ...common, type, format };
    }
  }
}

function defaultPrefix(from: Attributes, type: Type): Template | undefined {
  if (type === 'sha') return ['sha-'];
  return type === 'ref' && from.text('event')?.toLowerCase() === 'pr' ? ['pr-'] : undefined;
}
