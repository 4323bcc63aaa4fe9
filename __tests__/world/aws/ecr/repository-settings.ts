import * as members from './members.ts';
import { checkExclusions } from './mutability.ts';
import { operation } from './operation.ts';
import { structure } from './shape.ts';

const { repositoryName } = members;

export const putImageTagMutability = operation(
  structure({ repositoryName, ...members.mutability }, { ...members.registry, ...members.exclusions }),
  {
    perform({ repositoryName: name, imageTagMutability, imageTagMutabilityExclusionFilters = [] }, call) {
      call.registry.get(name);
      checkExclusions(imageTagMutability, imageTagMutabilityExclusionFilters);
      call.registry.update(name, () => ({
        mutability: imageTagMutability,
        exclusionFilters: imageTagMutabilityExclusionFilters,
      }));
      return {
        registryId: call.registry.accountId,
        repositoryName: name,
        imageTagMutability,
        ...(imageTagMutabilityExclusionFilters.length > 0 ? { imageTagMutabilityExclusionFilters } : {}),
      };
    },
  },
);

export const putImageScanningConfiguration = operation(
  structure(
    { repositoryName, imageScanningConfiguration: members.imageScanningConfiguration },
    members.registry,
  ),
  {
    perform(
      { repositoryName: name, imageScanningConfiguration: { scanOnPush = false } },
      { registry: { update, accountId } },
    ) {
      update(name, () => ({ scanOnPush }));
      return { registryId: accountId, repositoryName: name, imageScanningConfiguration: { scanOnPush } };
    },
  },
);
