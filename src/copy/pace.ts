import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { isRefusal } from '../aws/client.ts';
import { clock as realClock } from '../platform/poll.ts';
import type { Clock } from '../platform/poll.ts';
import { registryKey } from './place.ts';
import type { Place, PlaceEcr } from './place.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html, "Rate of PutImage requests" */
const PUT_IMAGES_PER_SECOND = 10;

/** Tries of a PutImage that ECR throttles after the SDK's own: other jobs push to the same registry. */
const PUT_TRIES = 6;

/** Destinations that are copied to at once. Those that need the same blob at the same time share its file, which is gone the sooner. */
const DESTINATIONS_AT_ONCE = 20;

/** Blobs that are sent at once, to all destinations together. */
const UPLOADS_AT_ONCE = 10;

/** How long copies wait. Tests are less patient than the defaults. */
export interface Patience {
  clock?: Clock;
  /** Milliseconds before a blob or a throttled call is tried again, by default 1 s. Each further wait is twice as long. */
  firstWaitMs?: number;
}

/** Limits of a run's copies. One pace is shared by all destinations of the run, and by the tags that are put there. */
export interface Pace {
  /** The client of a place, with PutImage at most 10 times a second for each account and region, as ECR allows. `openTagger` takes it too. */
  paced(place: Pick<Place, 'ecr' | 'region' | 'repository'>): PlaceEcr;
  /** Does the work of a destination; of a bounded number of them at once. */
  destination<T>(work: () => Promise<T>): Promise<T>;
  /** Sends a blob; a bounded number of them at once. */
  upload<T>(work: () => Promise<T>): Promise<T>;
}

/** Opens the limits of a run. */
export function openPace({
  signal,
  clock = realClock,
  firstWaitMs = 1_000,
}: Patience & { signal: AbortSignal }): Pace {
  /** When the last calls of a registry may go, in milliseconds, the latest last. */
  const starts = new Map<string, number[]>();
  const waitForTurn = async (registry: string): Promise<void> => {
    const now = clock.now();
    const last = starts.get(registry) ?? [];
    const tenthLast = last.length < PUT_IMAGES_PER_SECOND ? -Infinity : (last[0] ?? -Infinity);
    const at = Math.max(now, tenthLast + 1_000);
    starts.set(registry, [...last, at].slice(-PUT_IMAGES_PER_SECOND));
    if (at > now) await clock.sleep(at - now, signal);
  };
  return {
    paced(place) {
      const { ecr } = place;
      const registry = registryKey(place);
      return {
        batchCheckLayerAvailability: request => ecr.batchCheckLayerAvailability(request),
        batchGetImage: request => ecr.batchGetImage(request),
        describeImagePages: request => ecr.describeImagePages(request),
        describeImages: request => ecr.describeImages(request),
        getAuthorizationToken: request => ecr.getAuthorizationToken(request),
        getDownloadUrlForLayer: request => ecr.getDownloadUrlForLayer(request),
        listImageReferrers: request => ecr.listImageReferrers(request),
        putImage(request) {
          const attempt = async (): ReturnType<PlaceEcr['putImage']> => {
            await waitForTurn(registry);
            return ecr.putImage(request);
          };
          return pRetry(attempt, {
            retries: PUT_TRIES - 1,
            minTimeout: firstWaitMs,
            shouldRetry: ({ error }) => isRefusal(error, 'ThrottlingException'),
            signal,
          });
        },
      };
    },
    destination: pLimit(DESTINATIONS_AT_ONCE),
    upload: pLimit(UPLOADS_AT_ONCE),
  };
}
