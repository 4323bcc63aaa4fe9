import { isCacheFault, unusableExports } from '../diagnosis/cache-faults.ts';
import { findPullFault } from '../diagnosis/pull-faults.ts';
import type { BuildFailure } from '../docker/build-failure.ts';
import { sayTime } from '../docker/transfer-watch.ts';
import type { Pushed } from '../docker/transfers.ts';
import type { BuildxOptions } from './buildx-arguments.ts';
import type { ReportedImage } from './buildx-metadata.ts';

/** Whether a build was interrupted while an image was pulled or pushed, which is worth three tries. */
export function isImageStall({ stall }: BuildFailure): boolean {
  return stall?.transfers.some(({ kind }) => kind === 'push' || kind === 'pull') ?? false;
}

/** What a build has pushed that was interrupted as the export of its cache stalled; `undefined` for any other. */
export function pushedWithoutCache(
  { stall }: BuildFailure,
  options: Pick<BuildxOptions, 'push' | 'reference' | 'releases'>,
): ReportedImage | undefined {
  return pushedAs(stall?.pushed, options);
}

/** The image under all names that were to be pushed; `undefined` where BuildKit has not reported one of them. */
export function pushedAs(
  reported: Pushed | undefined,
  { push, reference, releases }: Pick<BuildxOptions, 'push' | 'reference' | 'releases'>,
): ReportedImage | undefined {
  const pushed = push ? reported : undefined;
  const digest = pushed?.digests.get(reference);
  if (pushed === undefined || digest === undefined) return undefined;
  if (!releases.every(each => pushed.digests.get(each) === digest)) return undefined;
  const { configDigest } = pushed;
  return { digest, ...(configDigest !== undefined && { configDigest }) };
}

/** What the next try of a build leaves out, as a cache may be the reason why it failed; `undefined` where none can be. */
export function leaveCacheOut(
  failure: BuildFailure,
  options: Pick<BuildxOptions, 'cache'>,
): { options: Partial<Pick<BuildxOptions, 'cache' | 'ignoreBuilderCache'>>; warning: string } | undefined {
  const { cache } = options;
  const withoutReading = { from: [], to: cache.to };
  const { stall, step, message } = failure;
  if (stall === undefined) {
    const unusable = unusableExports(failure, cache.to);
    if (unusable.length > 0) {
      return {
        options: { cache: { ...cache, to: cache.to.filter(each => !unusable.includes(each)) } },
        warning: `Layers cannot be written to a cache, so the image is built without that: ${message}`,
      };
    }
    // A base image that may be there at the next try is no reason to do without a cache.
    const isPull = step?.role === 'pull' && findPullFault(failure) !== undefined;
    if (cache.from.length === 0 || isPull || !isCacheFault(failure)) return undefined;
    return {
      options: { cache: withoutReading },
      warning: `A layer could not be fetched, so the image is built without reading caches: ${message}`,
    };
  }
  // Where a builder already waits for a layer, every later build that uses the builder's cache waits for it too.
  const ignoreBuilderCache = readsGitHub(options) && { ignoreBuilderCache: true };
  const kinds = new Set(stall.transfers.map(({ kind }) => kind));
  if (kinds.size === 0) {
    return {
      options: { cache: withoutReading, ...ignoreBuilderCache },
      warning: `Nothing could be fetched for ${sayTime(stall.silentMs)}, so the image is built without reading GitHub's cache.`,
    };
  }
  const reads = cache.from.length > 0 && (kinds.has('cache import') || kinds.has('layer'));
  const writes = cache.to.length > 0 && kinds.has('cache export');
  if (!reads && !writes) return undefined;
  const left = [...(reads ? ['reading'] : []), ...(writes ? ['writing'] : [])].join(' and ');
  return {
    options: {
      cache: { from: reads ? [] : cache.from, to: writes ? [] : cache.to },
      ...(reads && ignoreBuilderCache),
    },
    warning: `The image is built again without ${left} caches (\`stall-timeout\`): ${message}`,
  };
}

/** Whether a build reads GitHub's cache by BuildKit itself. */
export function readsGitHub({ cache }: Pick<BuildxOptions, 'cache'>): boolean {
  return cache.from.some(each => /(^|,)type=gha(,|$)/.test(each));
}
