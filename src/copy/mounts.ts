import { registryKey } from './place.ts';
import type { Place } from './place.ts';

/** What is known of one registry. */
interface Registry {
  /** The name of a repository that has the image. */
  source: string | undefined;
  /** Pending while the first destination in this registry gets the image. */
  first: Promise<void> | undefined;
}

/**
 * The repositories from which blobs can be mounted instead of sent again, which their account has to allow. ECR mounts only what a
 * manifest in that repository names, so a destination waits until the first one in its registry has the image.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/blob-mounting.html
 */
export interface Mounts {
  /** Says that a repository has the image. */
  add: (place: Place) => void;
  /**
   * Does the work of a destination, once there is something to mount from in its registry or this is the first one there. `from` is
   * the name of the repository to mount from.
   */
  inTurn: <T>(to: Place, work: (from: string | undefined) => Promise<T>) => Promise<T>;
}

/** Opens the mounts of a run from the place that has the image; one object is shared by all destinations. */
export function openMounts(from: Place): Mounts {
  const registries = new Map<string, Registry>();
  const registryOf = (place: Place): Registry => {
    const key = registryKey(place);
    const registry = registries.get(key) ?? { source: undefined, first: undefined };
    registries.set(key, registry);
    return registry;
  };
  const add = (place: Place): void => void (registryOf(place).source ??= place.repository.name);
  add(from);
  return {
    add,
    async inTurn(to, work) {
      const registry = registryOf(to);
      while (registry.source === undefined && registry.first !== undefined) await registry.first;
      const done = work(registry.source);
      if (registry.source === undefined) {
        registry.first = done.then(
          () => add(to),
          // The next one is the first then.
          () => void (registry.first = undefined),
        );
      }
      return done;
    },
  };
}
