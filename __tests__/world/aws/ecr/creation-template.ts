import { parsePolicy } from '../policy-document.ts';
import { normalizeLifecyclePolicy, parseLifecyclePolicy } from './lifecycle-policy.ts';
import type { ExclusionFilters, Mutability } from './members.ts';
import { checkExclusions } from './mutability.ts';
import { operation } from './operation.ts';
import type { Registry, Repository } from './registry.ts';
import * as shape from './shape.ts';

/**
 * What repositories become that a push creates.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export interface CreationTemplate {
  /** `team` for repositories like `team/app`, `ROOT` for those that no other template is for. */
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
      checkExclusions(template.mutability ?? 'MUTABLE', template.exclusionFilters ?? []);
      if (template.lifecyclePolicy !== undefined) parseLifecyclePolicy(template.lifecyclePolicy);
      templates.push(template);
    },
    list: () => templates,
    apply(name, at) {
      const template = templates
        .filter(({ prefix }) => prefix === 'ROOT' || name.startsWith(`${prefix}/`))
        .toSorted((one, other) => depthOf(other) - depthOf(one))[0];
      if (template && !registry.find(name)) registry.create(repositoryOf(template, { name, at, registry }));
    },
  };
}

/** How narrow a template is; the narrowest is applied. */
function depthOf({ prefix }: CreationTemplate): number {
  return prefix === 'ROOT' ? 0 : prefix.split('/').length;
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

/** All of them: no registry here has more than a page. */
export const describeRepositoryCreationTemplates = operation(
  shape.structure({}, { prefixes: shape.list(shape.text({ min: 2, max: 256 }), { min: 1, max: 100 }) }),
  {
    resources: () => ['*'],
    perform: ({ prefixes }, { registry: { accountId }, templates }) => ({
      registryId: accountId,
      repositoryCreationTemplates: templates
        .list()
        .filter(({ prefix }) => prefixes?.includes(prefix) ?? true)
        .map(({ prefix, mutability = 'MUTABLE', ...rest }) => ({
          prefix,
          appliedFor: ['CREATE_ON_PUSH'],
          imageTagMutability: mutability,
          imageTagMutabilityExclusionFilters: rest.exclusionFilters,
          encryptionConfiguration: { encryptionType: 'AES256' },
          lifecyclePolicy: rest.lifecyclePolicy,
          repositoryPolicy: rest.repositoryPolicy,
        })),
    }),
  },
);
