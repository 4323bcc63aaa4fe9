import type { ReplicationConfiguration, RepositoryFilter } from '@aws-sdk/client-ecr';
import { Failure } from '../platform/failure.ts';
import * as validators from '../validation/validators.ts';

/** A registry that ECR replicates a repository to. */
export interface ReplicationDestination {
  region: string;
  /** 12 digits. */
  registryId: string;
}

/**
 * Where the rules of a registry replicate a repository to, each place once. A rule has destinations and prefixes of names, and one
 * without prefixes is for all repositories.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ReplicationRule.html
 * @throws {Failure} where ECR names a place that is none.
 */
export function destinationsFor(
  name: string,
  { rules = [] }: Partial<ReplicationConfiguration>,
): ReplicationDestination[] {
  const destinations = rules
    .filter(
      ({ repositoryFilters = [] }) =>
        repositoryFilters.length === 0 || repositoryFilters.some(each => matches(each, name)),
    )
    .flatMap(rule => rule.destinations ?? [])
    .map(({ region = '', registryId = '' }) => ({ region, registryId }));
  for (const { region, registryId } of destinations) {
    // Clients are opened for what stands here, so it must be a region.
    if (validators.region(region) !== undefined || validators.accountId(registryId) !== undefined) {
      throw new Failure(
        `ecr:DescribeRegistry answered a replication rule to '${region}' of account '${registryId}'.`,
        {
          remedy: 'Look at the rules of the registry in the console of ECR, then run the job again.',
        },
      );
    }
  }
  return destinations.filter((one, at) => destinations.findIndex(other => isSamePlace(one, other)) === at);
}

/** Whether two places are one registry. */
export function isSamePlace(
  one: { [Member in keyof ReplicationDestination]?: string | undefined },
  other: ReplicationDestination,
): boolean {
  return one.region === other.region && one.registryId === other.registryId;
}

/** A kind of filter that is not known yet matches too, as an image that is not waited for may be missing unnoticed. */
function matches({ filter = '', filterType }: RepositoryFilter, name: string): boolean {
  return filterType !== 'PREFIX_MATCH' || name.startsWith(filter);
}
