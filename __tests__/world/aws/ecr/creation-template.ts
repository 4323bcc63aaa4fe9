import { parsePolicy } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import { normalizeLifecyclePolicy, parseLifecyclePolicy } from './lifecycle-policy.ts';
import * as members from './members.ts';
import type { ExclusionFilters, Mutability } from './members.ts';
import { checkExclusions } from './mutability.ts';
import { operation } from './operation.ts';
import { pageOf } from './page.ts';
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
  mutability?: Mutability;
  exclusionFilters?: ExclusionFilters;
  resourceTags?: Readonly<Record<string, string>>;
  lifecyclePolicy?: string;
  repositoryPolicy?: string;
}

/** The templates of a registry, for the scenario CREATE_ON_PUSH. */
export interface CreationTemplates {
  put: (template: CreationTemplate) => void;
  list: () => readonly CreationTemplate[];
  /** Creates a repository that is missing, if there is a template for it. */
  apply: (name: string, at: Date) => void;
}

export function createTemplates(registry: Registry): CreationTemplates {
  const templates: CreationTemplate[] = [];
  return {
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
    apply(name, at) {
      const template = templates
        .filter(({ prefix }) => name.startsWith(prefixOf(prefix)))
        .toSorted((one, other) => prefixOf(other.prefix).length - prefixOf(one.prefix).length)[0];
      if (template && !registry.find(name)) registry.create(repositoryOf(template, { name, at, registry }));
    },
  };
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
    name,
    arn: registry.arnOf(name),
    createdAt: at,
    mutability,
    exclusionFilters,
    scanOnPush: false,
    encryption: { encryptionType: 'AES256' },
    resourceTags,
    ...(lifecyclePolicy === undefined ? {} : { lifecyclePolicy: normalizeLifecyclePolicy(lifecyclePolicy) }),
    ...(text === undefined ? {} : { policy: { text, document: parsePolicy(text, 'resource') } }),
    images: new Map(),
    imageTags: new Map(),
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
    appliedFor: ['CREATE_ON_PUSH'],
    imageTagMutability: mutability,
    imageTagMutabilityExclusionFilters: rest.exclusionFilters,
    encryptionConfiguration: { encryptionType: 'AES256' },
    lifecyclePolicy: rest.lifecyclePolicy,
    repositoryPolicy: rest.repositoryPolicy,
  };
}
