import { Refusal } from '../refusal.ts';
import * as members from './members.ts';
import { checkExclusions } from './mutability.ts';
import { operation } from './operation.ts';
import { pageOf } from './page.ts';
import { checkResourceTags } from './resource-tags.ts';
import { flag, list, structure } from './shape.ts';
import type { Call } from './operation.ts';
import type { Repository } from './registry.ts';

const { repositoryName, registry } = members;

export const createRepository = operation(
  structure(
    { repositoryName },
    {
      ...registry,
      tags: members.resourceTags,
      ...members.mutability,
      ...members.exclusions,
      imageScanningConfiguration: members.imageScanningConfiguration,
      encryptionConfiguration: members.encryptionConfiguration,
    },
  ),
  {
    alsoNeeds: ({ tags = [] }) => (tags.length > 0 ? ['ecr:TagResource'] : []),
    perform(request, call) {
      const mutability = request.imageTagMutability ?? 'MUTABLE';
      const exclusionFilters = request.imageTagMutabilityExclusionFilters ?? [];
      checkExclusions(mutability, exclusionFilters);
      if (!/^[a-z]/.test(request.repositoryName)) {
        throw new Refusal(
          'InvalidParameterException',
          "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must start with a letter'",
        );
      }
      const repository = call.registry.create({
        name: request.repositoryName,
        arn: call.registry.arnOf(request.repositoryName),
        createdAt: call.now(),
        mutability,
        exclusionFilters,
        scanOnPush: request.imageScanningConfiguration?.scanOnPush ?? false,
        encryption: request.encryptionConfiguration ?? { encryptionType: 'AES256' },
        resourceTags: checkResourceTags({}, request.tags ?? []),
        images: new Map(),
        imageTags: new Map(),
      });
      return { repository: describe(repository, call) };
    },
  },
);

export const describeRepositories = operation(
  structure(
    {},
    { ...registry, repositoryNames: list(repositoryName, { min: 1, max: 100 }), ...members.page },
  ),
  {
    resources: ({ repositoryNames = ['*'] }, { arnOf }) => repositoryNames.map(arnOf),
    perform({ repositoryNames, ...page }, call) {
      if (repositoryNames && (page.nextToken !== undefined || page.maxResults !== undefined)) {
        throw new Refusal(
          'InvalidParameterException',
          "Invalid parameter at 'maxResults' or 'nextToken': cannot be used with 'repositoryNames'",
        );
      }
      const repositories = repositoryNames?.map(call.registry.get) ?? call.registry.repositories();
      const { items, nextToken } = pageOf(repositories, page, { size: 100 });
      return { repositories: items.map(repository => describe(repository, call)), nextToken };
    },
  },
);

export const deleteRepository = operation(structure({ repositoryName }, { ...registry, force: flag() }), {
  perform({ repositoryName: name, force = false }, call) {
    const repository = call.registry.get(name);
    if (repository.images.size > 0 && !force) {
      throw new Refusal(
        'RepositoryNotEmptyException',
        `The repository with name '${name}' in registry with id '${call.registry.accountId}' ` +
          'cannot be deleted because it still contains images',
      );
    }
    call.registry.remove(name);
    return { repository: describe(repository, call) };
  },
});

export const putImageTagMutability = operation(
  structure({ repositoryName, ...members.mutability }, { ...registry, ...members.exclusions }),
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
    { ...registry },
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

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html */
function describe(repository: Repository, { registry: { accountId }, storage }: Call): object {
  const { name, exclusionFilters } = repository;
  return {
    repositoryArn: repository.arn,
    registryId: accountId,
    repositoryName: name,
    repositoryUri: `${new URL(storage().endpoint).host}/${name}`,
    createdAt: repository.createdAt,
    imageTagMutability: repository.mutability,
    ...(exclusionFilters.length > 0 ? { imageTagMutabilityExclusionFilters: exclusionFilters } : {}),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}
