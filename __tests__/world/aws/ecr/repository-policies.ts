import * as members from './members.ts';
import { operation } from './operation.ts';
import { absent, headingOf } from './policy-answer.ts';
import { checkRepositoryPolicy, inFull, locksOut } from './repository-policy.ts';
import { flag, invalid, structure, text } from './shape.ts';

const { repositoryName, registry } = members;
const ofRepository = structure({ repositoryName }, registry);

export const setRepositoryPolicy = operation(
  structure({ repositoryName, policyText: text({ min: 0, max: 10_240 }) }, { ...registry, force: flag() }),
  {
    perform({ repositoryName: name, policyText, force = false }, call) {
      const { arn } = call.registry.get(name);
      const document = checkRepositoryPolicy(policyText, call);
      if (!force && locksOut(document, arn, call)) {
        throw invalid(
          'PolicyText',
          'The policy would prevent you from setting another policy in the future. Use force to set it all the same',
        );
      }
      const kept = inFull(document);
      call.registry.update(name, () => ({ policy: { text: kept, document } }));
      return { ...headingOf(name, call), policyText: kept };
    },
  },
);

export const getRepositoryPolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { policy } = call.registry.get(name);
    if (!policy) throw absent('Repository', name, call);
    return { ...headingOf(name, call), policyText: policy.text };
  },
});

export const deleteRepositoryPolicy = operation(ofRepository, {
  perform({ repositoryName: name }, call) {
    const { policy } = call.registry.get(name);
    if (!policy) throw absent('Repository', name, call);
    call.registry.update(name, () => ({ policy: undefined }));
    return { ...headingOf(name, call), policyText: policy.text };
  },
});
