import { isRecord, parseRecord } from '../json.ts';
import { parsePolicy } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import { flag, invalid, structure, text } from './shape.ts';
import type { PolicyDocument } from '../policy-document.ts';
import type { Call } from './operation.ts';

const { repositoryName, registry } = members;
const ofRepository = structure({ repositoryName }, registry);
const mostRules = 50;

export const putLifecyclePolicy = operation(
  structure({ repositoryName, lifecyclePolicyText: text({ min: 100, max: 30_720 }) }, registry),
  {
    perform({ repositoryName: name, lifecyclePolicyText }, call) {
      call.registry.get(name);
      checkLifecycle(lifecyclePolicyText);
      call.registry.update(name, () => ({ lifecyclePolicy: lifecyclePolicyText }));
      return { ...heading(name, call), lifecyclePolicyText };
    },
  },
);

export const getLifecyclePolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { lifecyclePolicy } = call.registry.get(name);
    if (lifecyclePolicy === undefined) throw absent('Lifecycle', name, call);
    return { ...heading(name, call), lifecyclePolicyText: lifecyclePolicy };
  },
});

export const deleteLifecyclePolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { lifecyclePolicy } = call.registry.get(name);
    if (lifecyclePolicy === undefined) throw absent('Lifecycle', name, call);
    call.registry.update(name, () => ({ lifecyclePolicy: undefined }));
    return { ...heading(name, call), lifecyclePolicyText: lifecyclePolicy };
  },
});

export const setRepositoryPolicy = operation(
  structure({ repositoryName, policyText: text({ min: 0, max: 10_240 }) }, { ...registry, force: flag() }),
  {
    perform({ repositoryName: name, policyText }, call) {
      call.registry.get(name);
      const policy = { text: policyText, document: parseRepositoryPolicy(policyText) };
      call.registry.update(name, () => ({ policy }));
      return { ...heading(name, call), policyText };
    },
  },
);

export const getRepositoryPolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { policy } = call.registry.get(name);
    if (!policy) throw absent('Repository', name, call);
    return { ...heading(name, call), policyText: policy.text };
  },
});

export const deleteRepositoryPolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { policy } = call.registry.get(name);
    if (!policy) throw absent('Repository', name, call);
    call.registry.update(name, () => ({ policy: undefined }));
    return { ...heading(name, call), policyText: policy.text };
  },
});

/**
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * @throws {Refusal} InvalidParameterException
 */
function checkLifecycle(policyText: string): void {
  const fail = (reason: string) =>
    invalid('LifecyclePolicyText', `Lifecycle policy validation failure: ${reason}`);
  const rules = parseRecord(policyText)?.rules;
  if (!parseRecord(policyText)) throw fail('string is not a valid JSON');
  if (!Array.isArray(rules) || rules.length === 0) {
    throw fail('object has missing required properties (["rules"])');
  }
  if (rules.length > mostRules) throw fail(`array is too long: must have at most ${mostRules} elements`);
  for (const rule of rules) {
    const missing = ['action', 'rulePriority', 'selection'].filter(
      name => !isRecord(rule) || rule[name] === undefined,
    );
    if (missing.length > 0) throw fail(`object has missing required properties (${JSON.stringify(missing)})`);
  }
  const priorities = rules.map((rule: unknown) => isRecord(rule) && rule.rulePriority);
  if (new Set(priorities).size < priorities.length) throw fail('rulePriority must be unique');
}

function parseRepositoryPolicy(policyText: string): PolicyDocument {
  try {
    return parsePolicy(policyText, 'resource');
  } catch {
    throw invalid('PolicyText', 'Invalid repository policy provided');
  }
}

function heading(name: string, { registry: { accountId } }: Call): object {
  return { registryId: accountId, repositoryName: name };
}

function absent(kind: 'Lifecycle' | 'Repository', name: string, { registry: { accountId } }: Call): Refusal {
  return new Refusal(
    `${kind}PolicyNotFoundException`,
    `${kind} policy does not exist for the repository with name '${name}' in the registry with id '${accountId}'`,
  );
}
