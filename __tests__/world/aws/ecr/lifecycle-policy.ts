import { isRecord, parseRecord } from '../json.ts';
import { countOf, listOf, membersOf, noneOf, SchemaFault, textOf, wordOf } from './lifecycle-schema.ts';
import { invalid } from './shape.ts';

/** A rule of a lifecycle policy, once it is known to be one. */
export interface LifecycleRule {
  rulePriority: number;
  selection: LifecycleSelection;
  action: 'expire' | 'transition';
}

export interface LifecycleSelection {
  tagStatus: 'tagged' | 'untagged' | 'any';
  /** Of which an image has to match all, each with any of its tags; prefixes are patterns that end in `*`. */
  tagPatterns: string[];
  storageClass: 'standard' | 'archive';
  countType: (typeof countTypes)[number];
  /** Images, or days where `countType` begins with `since`. */
  countNumber: number;
}

const mostRules = 50;
const mostWildcards = 4;
const leastDaysInArchive = 90;
const countTypes = [
  'imageCountMoreThan',
  'sinceImagePushed',
  'sinceImagePulled',
  'sinceImageTransitioned',
] as const;

/**
 * Reads a lifecycle policy as ECR does; its rules come in the order in which they are applied.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * @throws {Refusal} InvalidParameterException
 */
export function parseLifecyclePolicy(policyText: string): LifecycleRule[] {
  try {
    const policy = parseRecord(policyText);
    if (!policy) throw new SchemaFault('Could not map policyString into LifecyclePolicy.');
    const { rules } = membersOf(policy, ['rules']);
    const parsed = listOf(rules, parseRule, { min: 1, max: mostRules });
    checkTogether(parsed);
    return parsed.toSorted((one, other) => one.rulePriority - other.rulePriority);
  } catch (error) {
    if (!(error instanceof SchemaFault)) throw error;
    throw invalid('LifecyclePolicyText', `Lifecycle policy validation failure: ${error.message}`);
  }
}

/**
 * The text as ECR gives it back: without white space, its rules by their priority.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function normalizeLifecyclePolicy(policyText: string): string {
  const { rules } = parseRecord(policyText) ?? {};
  const priorityOf = (rule: unknown) => (isRecord(rule) ? Number(rule.rulePriority) : 0);
  const sorted = listOf(rules, rule => rule, { min: 1, max: mostRules }).toSorted(
    (one, other) => priorityOf(one) - priorityOf(other),
  );
  return JSON.stringify({ rules: sorted });
}

function parseRule(value: unknown): LifecycleRule {
  const rule = membersOf(value, ['action', 'rulePriority', 'selection'], { optional: ['description'] });
  if (rule.description !== undefined) textOf(rule.description);
  const action = parseAction(rule.action);
  const selection = parseSelection(rule.selection);
  // What is archived by its last pull is expired by the day of the archiving, and neither the other way round.
  const misfit = { sinceImagePulled: 'expire', sinceImageTransitioned: 'transition' };
  if (new Map(Object.entries(misfit)).get(selection.countType) === action) throw noneOf(2);
  return { rulePriority: countOf(rule.rulePriority), selection, action };
}

function parseAction(value: unknown): 'expire' | 'transition' {
  const { type, ...target } = membersOf(value, ['type'], { optional: ['targetStorageClass'] });
  const action = wordOf(type, ['expire', 'transition']);
  const fits =
    action === 'expire'
      ? !Object.hasOwn(target, 'targetStorageClass')
      : target.targetStorageClass === 'archive';
  if (!fits) throw noneOf(2);
  return action;
}

function parseSelection(value: unknown): LifecycleSelection {
  const selection = membersOf(value, ['countNumber', 'countType', 'tagStatus'], {
    optional: ['countUnit', 'storageClass', 'tagPatternList', 'tagPrefixList'],
  });
  const tagStatus = wordOf(selection.tagStatus, ['any', 'tagged', 'untagged']);
  const countType = countTypes.find(type => type === selection.countType);
  if (!countType) throw noneOf(2);
  const countNumber = countOf(selection.countNumber);
  const inDays = countType !== 'imageCountMoreThan';
  if (inDays !== (selection.countUnit === 'days') || (!inDays && Object.hasOwn(selection, 'countUnit'))) {
    throw noneOf(2);
  }
  const archived = countType === 'sinceImageTransitioned';
  const storageClass = wordOf(selection.storageClass ?? 'standard', ['archive', 'standard']);
  if (archived !== (storageClass === 'archive')) throw noneOf(2);
  if (archived && countNumber < leastDaysInArchive) {
    throw new SchemaFault(
      `numeric instance is lower than the required minimum (minimum: ${leastDaysInArchive}, found: ${countNumber})`,
    );
  }
  return { tagStatus, tagPatterns: parseTags(selection, tagStatus), storageClass, countType, countNumber };
}

function parseTags(
  { tagPatternList, tagPrefixList }: Readonly<Record<string, unknown>>,
  tagStatus: LifecycleSelection['tagStatus'],
): string[] {
  const given = [tagPatternList, tagPrefixList].filter(list => list !== undefined);
  if (tagStatus !== 'tagged') {
    if (given.length > 0) throw noneOf(2);
    return [];
  }
  if (given.length === 0) {
    throw new SchemaFault('Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.');
  }
  if (given.length > 1) throw noneOf(2);
  const tags = listOf(given[0], textOf, { min: 1, max: 100 });
  if (tagPatternList === undefined) return tags.map(prefix => `${prefix}*`);
  const wild = tags.find(pattern => pattern.split('*').length - 1 > mostWildcards);
  if (wild !== undefined) {
    throw new SchemaFault(`tagPatternList pattern '${wild}' has more than ${mostWildcards} wildcards`);
  }
  return tags;
}

/** What rules have to be beside each other. The words for a priority or a pattern that comes twice are not ECR's own. */
function checkTogether(rules: readonly LifecycleRule[]): void {
  const isRepeated = (values: readonly unknown[]) => new Set(values).size < values.length;
  if (isRepeated(rules.map(({ rulePriority }) => rulePriority))) {
    throw new SchemaFault('rulePriority must be unique');
  }
  for (const ofClass of Map.groupBy(rules, ({ selection }) => selection.storageClass).values()) {
    const selects = (status: string) => ofClass.filter(({ selection }) => selection.tagStatus === status);
    if (selects('untagged').length > 1) {
      throw new SchemaFault('Only one rule can select Untagged images per storage class');
    }
    const last = Math.max(...ofClass.map(({ rulePriority }) => rulePriority));
    if (selects('any').some(({ rulePriority }) => rulePriority < last)) {
      throw new SchemaFault('Rule for tagStatus=ANY must have the lowest priority per storage class');
    }
    if (isRepeated(selects('tagged').map(({ selection }) => selection.tagPatterns.toSorted().join('\n')))) {
      throw new SchemaFault('tagPrefixList and tagPatternList must be unique per storage class');
    }
  }
}
