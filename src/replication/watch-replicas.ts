import type { AwsSession } from '../aws/aws.ts';
import { isTransient } from '../aws/client.ts';
import { isJustPushed } from '../image/image.ts';
import type { Image } from '../image/image.ts';
import { isUnknownImage, UNKNOWN_AFTER_PUSH_MS } from '../image/just-pushed.ts';
import { byTag, readImages } from '../image/read-images.ts';
import { seconds } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import { clock as realClock, growingPause, heartbeat, HEARTBEAT_MS, poll } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';
import type { Repository } from '../repository/repository.ts';
import { lookThere, openRegions } from './look-there.ts';
import { nothingListed, sayPlace, sayState, stateAfterFailure, statusAt } from './replica.ts';
import type { ReplicaState, Watched } from './replica.ts';
import type { ReplicationDestination } from './rules.ts';

interface WatchReplicasOptions {
  repository: Repository;
  image: Image;
  /** The release tags that are on the image. */
  released: readonly string[];
  /** Milliseconds. */
  timeout: number;
  log: Log;
  signal: AbortSignal;
  clock?: Clock;
}

/** Looks at all destinations until each has the image or has failed, or the time is up. */
export async function watchReplicas(
  destinations: ReplicationDestination[],
  aws: AwsSession,
  options: WatchReplicasOptions,
): Promise<Watched[]> {
  const { repository, image, log, signal, clock = realClock } = options;
  const where = { repositoryName: repository.name, registryId: repository.registryId };
  const { digest } = image;
  const began = clock.now();
  const moved = new Set<string>();
  const dropMoved = async (tags: readonly string[]): Promise<void> => {
    const asked = tags.filter(tag => !moved.has(tag));
    if (asked.length === 0) return;
    // Without an answer nothing is known to have moved.
    const images = await readImages(aws.ecr, where, byTag(asked)).catch(() => undefined);
    if (images === undefined) return;
    for (const tag of asked) {
      if (images.some(each => each.tag === tag && each.digest === digest) || moved.has(tag)) continue;
      moved.add(tag);
      log.info(`${tag} is on ${digest} no longer, so that it is not waited for`);
    }
  };
  const looking = {
    repositoryName: repository.name,
    digest,
    tags: () => options.released.filter(tag => !moved.has(tag)),
    clients: openRegions(aws, signal),
    signal,
    dropMoved,
  };
  /** What the last look met in place of an answer. */
  let doubt: string[] = [];
  let watched = destinations.map((destination): Watched => ({ destination, state: nothingListed }));
  const look = async (): Promise<Watched[] | undefined> => {
    const { replicationStatuses = [] } = await aws.ecr.describeImageReplicationStatus({
      ...where,
      imageId: { imageDigest: digest },
    });
    doubt = [];
    const next = async ({ destination, state }: Watched): Promise<ReplicaState> => {
      if (state.kind !== 'pending') return state;
      const status = statusAt(destination, replicationStatuses);
      switch (status.kind) {
        case 'running':
          return { ...status, kind: 'pending' };
        case 'failed':
          return stateAfterFailure(state, status.code);
        case 'complete':
          return lookThere(destination, looking);
      }
    };
    watched = await Promise.all(watched.map(async each => ({ ...each, state: await next(each) })));
    return watched.every(({ state }) => state.kind !== 'pending') ? watched : undefined;
  };
  const isUnknownYet = (error: unknown): boolean =>
    isJustPushed(image) && isUnknownImage(error) && clock.now() - began < UNKNOWN_AFTER_PUSH_MS;
  const own = repository.registryId;
  await poll(
    () =>
      look().catch((error: unknown) => {
        if (!isUnknownYet(error) && !isTransient(error)) throw error;
        doubt = isTransient(error) ? ['ECR did not answer'] : ['ECR does not know the image yet'];
        return undefined;
      }),
    {
      clock,
      signal,
      timeoutMs: options.timeout,
      pause: growingPause,
      onWait: heartbeat(HEARTBEAT_MS, {
        say: () =>
          [
            ...watched.map(({ destination, state }) => `${sayPlace(destination, own)} ${sayState(state)}`),
            ...doubt,
          ].join('; '),
        tell: (state, spent) => log.info(`Waiting for the replication: ${state} (${seconds(spent)})`),
      }),
    },
  );
  return watched;
}
