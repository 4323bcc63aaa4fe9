import { normalizeLifecyclePolicy, parseLifecyclePolicy } from './lifecycle-policy.ts';
import * as members from './members.ts';
import { operation } from './operation.ts';
import { absent, headingOf } from './policy-answer.ts';
import { structure } from './shape.ts';

const { repositoryName, registry, lifecyclePolicyText } = members;
const ofRepository = structure({ repositoryName }, registry);

export const putLifecyclePolicy = operation(structure({ repositoryName, lifecyclePolicyText }, registry), {
  perform({ repositoryName: name, lifecyclePolicyText: given }, call) {
    call.registry.get(name);
    parseLifecyclePolicy(given);
    const policyText = normalizeLifecyclePolicy(given);
    call.registry.update(name, () => ({ lifecyclePolicy: policyText }));
    return { ...headingOf(name, call), lifecyclePolicyText: policyText };
  },
});

export const getLifecyclePolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { lifecyclePolicy } = call.registry.get(name);
    if (lifecyclePolicy === undefined) throw absent('Lifecycle', name, call);
    return { ...headingOf(name, call), lifecyclePolicyText: lifecyclePolicy };
  },
});

export const deleteLifecyclePolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { lifecyclePolicy } = call.registry.get(name);
    if (lifecyclePolicy === undefined) throw absent('Lifecycle', name, call);
    call.registry.update(name, () => ({ lifecyclePolicy: undefined }));
    return { ...headingOf(name, call), lifecyclePolicyText: lifecyclePolicy };
  },
});
