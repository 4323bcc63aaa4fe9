import { parsePolicy } from '../policy-document.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { invalid, structure, text } from './shape.ts';

/** The policy by which a registry lets other accounts replicate to it and pull through it. */
export interface RegistryPolicy {
  current?: { text: string; document: PolicyDocument };
}

export const putRegistryPolicy = operation(structure({ policyText: text({ min: 0, max: 10_240 }) }, {}), {
  resources: () => ['*'],
  perform({ policyText }, call) {
    call.registryPolicy.current = { text: policyText, document: parse(policyText) };
    return answer(call, policyText);
  },
});

export const getRegistryPolicy = operation(structure({}, {}), {
  resources: () => ['*'],
  perform(_request, call) {
    const { current } = call.registryPolicy;
    if (current) return answer(call, current.text);
    throw new Refusal(
      'RegistryPolicyNotFoundException',
      `Registry policy does not exist in the registry with id '${call.registry.accountId}'`,
    );
  },
});

function answer({ registry: { accountId } }: Call, policyText: string): object {
  return { registryId: accountId, policyText };
}

function parse(policyText: string): PolicyDocument {
  try {
    return parsePolicy(policyText, 'resource');
  } catch {
    throw invalid('PolicyText', 'Invalid registry policy provided');
  }
}
