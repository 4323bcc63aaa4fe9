import type { AwsSession } from '../aws/aws.ts';
import type { Image } from '../image/image.ts';
import { mask, setOutput } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import { seconds } from '../platform/job.ts';
import type { Clock } from '../platform/poll.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { ReplicaEntry } from '../report/replicas-table.ts';
import type { Repository } from '../repository/repository.ts';
import type { ReplicationInputs } from './inputs.ts';
import { entryOf, replicasOutput, sayPlace, sayState } from './replica.ts';
import { replicationFailure } from './replication-failure.ts';
import { destinationsFor } from './rules.ts';
import type { ReplicationDestination } from './rules.ts';
import { watchReplicas } from './watch-replicas.ts';

interface ReplicationParts {
  replication: ReplicationInputs;
  role: { masksAccountId: boolean };
}

interface WaitForReplicationOptions {
  repository: Repository;
  image: Image;
  /** The release tags that are on the image. */
  released: readonly string[];
  /** Whether the gate has blocked the image; it is not released, and whether it is elsewhere too does not matter. */
  isBlocked: boolean;
  /** The image that is judged and released in place of this one, where there is one; that one is waited for then. */
  other?: object | undefined;
  clock?: Clock;
}

/**
 * Waits until ECR has replicated the image, and the release tags with it, to all registries that the rules of its registry name.
 * @throws {Failure} where one of them has not got it, after all the others were waited for.
 */
export async function waitForReplication(
  {
    job,
    plan: {
      replication,
      role: { masksAccountId },
    },
    tell,
  }: RunOf<ReplicationParts, { replicas: ReplicaEntry[] }>,
  aws: AwsSession,
  options: WaitForReplicationOptions,
): Promise<void> {
  const { repository, image, isBlocked, other } = options;
  if (!replication.wait || isBlocked || other !== undefined) return;
  await job.step('Wait for the replication', async log => {
    const destinations = await readDestinations(aws, repository);
    // No input names the accounts of the rules.
    if (masksAccountId) for (const { registryId } of destinations) mask(registryId);
    const signal = job.signal;
    const watched =
      destinations.length === 0
        ? []
        : await watchReplicas(destinations, aws, { ...options, ...replication, log, signal });
    const entries = watched.map(({ destination, state }) =>
      entryOf(destination, { digest: image.digest, state }),
    );
    setOutput('replicas', replicasOutput(entries, { masksAccountId }));
    tell({ replicas: entries });
    if (entries.length === 0) {
      log.result(`No rule of the registry replicates ${repository.name}`);
      return;
    }
    const own = repository.registryId;
    for (const { destination, state } of watched)
      log.info(`${sayPlace(destination, own)}: ${sayState(state)}`);
    const failure = replicationFailure(watched, { own, ref: image.ref, time: seconds(replication.timeout) });
    if (failure !== undefined) throw failure;
    log.result(`${image.digest} is in ${destinations.map(each => sayPlace(each, own)).join(', ')}`);
  });
}

/** Where the registry replicates the repository to, by its rules. ECR tells them only of the caller's own registry. */
async function readDestinations(
  { ecr }: AwsSession,
  { name, registryId }: Repository,
): Promise<ReplicationDestination[]> {
  const answer = await ecr.describeRegistry({});
  if (answer.registryId !== undefined && answer.registryId !== registryId) {
    throw new Failure(
      `The role is of account ${answer.registryId}, and the rules of the registry ${registryId} are told to its own account alone.`,
      {
        remedy:
          'Assume a role of that account, or leave `wait-for-replication` out. The image is released all the same.',
      },
    );
  }
  return destinationsFor(name, answer.replicationConfiguration ?? {});
}
