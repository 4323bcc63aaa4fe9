import { Refusal } from '../refusal.ts';
import { describeCatalog } from './catalog.ts';
import { encryptionOf } from './encryption.ts';
import * as members from './members.ts';
import { checkExclusions } from './mutability.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { pageOf } from './page.ts';
import type { Registry, Repository } from './registry.ts';
import { checkResourceTags } from './resource-tags.ts';
import { flag, list, structure } from './shape.ts';

const { repositoryName, registry } = members;

/** What every repository begins with. */
const empty = { images: new Map(), imageTags: new Map() };

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
    alsoNeeds: needsForTags,
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
        encryption: encryptionOf(request.encryptionConfiguration, call),
        resourceTags: checkResourceTags({}, request.tags ?? []),
        ...empty,
      });
      return { repository: describe(repository, call) };
    },
  },
);

/** A public repository, which has no settings but what the gallery shows of it. */
export const createPublicRepository = operation(
  structure(
    { repositoryName: members.publicRepositoryName },
    { catalogData: members.catalogData, tags: members.resourceTags },
  ),
  {
    alsoNeeds: needsForTags,
    perform({ repositoryName: name, catalogData = {}, tags = [] }, call) {
      const repository = call.registry.create({
        name,
        arn: call.registry.arnOf(name),
        createdAt: call.now(),
        mutability: 'MUTABLE',
        exclusionFilters: [],
        scanOnPush: false,
        encryption: { encryptionType: 'AES256' },
        catalogData,
        resourceTags: checkResourceTags({}, tags),
        ...empty,
      });
      return { repository: describe(repository, call), catalogData: describeCatalog(repository, call) };
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

function needsForTags({ tags = [] }: { tags?: unknown[] }, { service }: Registry): string[] {
  return tags.length > 0 ? [`${service}:TagResource`] : [];
}

/**
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html
 * @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_Repository.html
 */
function describe(
  repository: Repository,
  { registry: { accountId, alias, service }, storage }: Call,
): object {
  const { name, exclusionFilters } = repository;
  const described = {
    repositoryArn: repository.arn,
    registryId: accountId,
    repositoryName: name,
    repositoryUri: [new URL(storage().endpoint).host, alias, name].filter(part => part !== '').join('/'),
    createdAt: repository.createdAt,
  };
  if (service === 'ecr-public') return described;
  return {
    ...described,
    imageTagMutability: repository.mutability,
    ...(exclusionFilters.length > 0 ? { imageTagMutabilityExclusionFilters: exclusionFilters } : {}),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}
