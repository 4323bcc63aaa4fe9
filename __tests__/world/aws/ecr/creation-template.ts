import { parsePolicy } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import { normalizeLifecyclePolicy, parseLifecyclePolicy } from './lifecycle-policy.ts';
import * as members from './members.ts';
import type { ExclusionFilters, Mutability } from './members.ts';
import { checkExclusions } from './mutability.ts';
import { operation } from './operation.ts';
import { pageOf } from './page.ts';
import { plainRepository } from './plain-repository.ts';
import type { Registry, Repository } from './registry.ts';
import * as shape from './shape.ts';

/**
 * What repositories become that a push creates.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export interface CreationTemplate {
  /** `team`, or `team/`, for repositories like `team/app`; `ROOT` for those that no other template is for. */
  prefix: string;
  /** For pushes alone where it is left out. */
  appliedFor?: Scenario[];
  mutability?: Mutability;
  exclusionFilters?: ExclusionFilters;
  resourceTags?: Readonly<Record<string, string>>;
  lifecyclePolicy?: string;
  repositoryPolicy?: string;
}

/** What makes a repository that is missing. */
type Scenario = 'CREATE_ON_PUSH' | 'PULL_THROUGH_CACHE' | 'REPLICATION';

/** The templates of a registry. */
export interface CreationTemplates {
  put: (template: CreationTemplate) => void;
  list: () => readonly CreationTemplate[];
  find: (name: string, scenario: Scenario) => CreationTemplate | undefined;
  /** Creates a repository that is missing, if there is a template for it. */
  apply: (name: string, options: { at: Date; scenario: Scenario }) => void;
}

export function createTemplates(registry: Registry): CreationTemplates {
  const templates: CreationTemplate[] = [];
  const self: CreationTemplates = {
    put(template) {
      checkPrefix(template.prefix);
      if (templates.some(({ prefix }) => prefixOf(prefix) === prefixOf(template.prefix))) {
        throw new Refusal(
          'TemplateAlreadyExistsException',
          `The repository creation template with prefix '${template.prefix}' already exists`,
        );
      }
      checkExclusions(template.mutability ?? 'MUTABLE', template.exclusionFilters ?? []);
      if (template.lifecyclePolicy !== undefined) parseLifecyclePolicy(template.lifecyclePolicy);
      templates.push(template);
    },
    list: () => templates,
    find: (name, scenario) =>
      templates
        .filter(({ appliedFor = ['CREATE_ON_PUSH'] }) => appliedFor.includes(scenario))
        .filter(({ prefix }) => name.startsWith(prefixOf(prefix)))
        .toSorted((one, other) => prefixOf(other.prefix).length - prefixOf(one.prefix).length)[0],
    apply(name, { at, scenario }) {
      const template = self.find(name, scenario);
      if (template && !registry.find(name)) registry.create(repositoryOf(template, { name, at, registry }));
    },
  };
  return self;
}

/** What the names begin with that a template is for: a slash is assumed at its end, and the root's is that of every name. */
function prefixOf(prefix: string): string {
  return prefix === 'ROOT' ? '' : prefix.replace(/\/?$/, '/');
}

const prefixShape = shape.text({
  min: 1,
  max: 256,
  pattern: '((?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*/?|ROOT)',
});

/** @throws {Refusal} InvalidParameterException */
function checkPrefix(prefix: string): void {
  prefixShape(prefix, 'prefix');
}

function repositoryOf(
  { mutability = 'MUTABLE', exclusionFilters = [], resourceTags = {}, ...policies }: CreationTemplate,
  { name, at, registry }: { name: string; at: Date; registry: Registry },
): Repository {
  const { lifecyclePolicy, repositoryPolicy: text } = policies;
  return {
    ...plainRepository(registry, name, at),
    mutability,
    exclusionFilters,
    resourceTags,
    ...(lifecyclePolicy === undefined ? {} : { lifecyclePolicy: normalizeLifecyclePolicy(lifecyclePolicy) }),
    ...(text === undefined ? {} : { policy: { text, document: parsePolicy(text, 'resource') } }),
  };
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositoryCreationTemplates.html */
export const describeRepositoryCreationTemplates = operation(
  shape.structure({}, { ...members.page, prefixes: shape.list(prefixShape, { min: 0, max: 100 }) }),
  {
    resources: () => ['*'],
    perform({ prefixes, ...page }, { registry: { accountId }, templates }) {
      const asked = prefixes && new Set(prefixes.map(prefixOf));
      const wanted = templates.list().filter(({ prefix }) => asked?.has(prefixOf(prefix)) ?? true);
      const { items, nextToken } = pageOf(wanted, page, { size: 100 });
      return { registryId: accountId, repositoryCreationTemplates: items.map(describe), nextToken };
    },
  },
);

function describe({ prefix, mutability = 'MUTABLE', ...rest }: CreationTemplate): object {
  return {
    prefix,
    appliedFor: rest.appliedFor ?? ['CREATE_ON_PUSH'],
    imageTagMutability: mutability,
    imageTagMutabilityExclusionFilters: rest.exclusionFilters,
    encryptionConfiguration: { encryptionType: 'AES256' },
    lifecyclePolicy: rest.lifecyclePolicy,
    repositoryPolicy: rest.repositoryPolicy,
  };
}
