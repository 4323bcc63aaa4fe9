import { cacheTag } from '../ecr/mutability.ts';

/** The values of buildx's `--cache-from` and `--cache-to`. */
export interface CacheArguments {
  from: string[];
  to: string[];
}

/** The tag of a cache in the registry. */
export function cacheTagOf(scope: string): string {
  return `${cacheTag}-${scope}`;
}

/** Every layer, those of earlier stages too; a cache that can't be written never fails a build. */
const everything = 'mode=max,ignore-error=true';

/**
 * ECR takes a cache only as an image manifest with OCI media types.
 * https://docs.docker.com/build/cache/backends/registry/
 */
export function registryCache(
  uri: string,
  { reads, own }: { reads: readonly string[]; own: string | undefined },
): CacheArguments {
  const reference = (tag: string): string => `type=registry,ref=${uri}:${tag}`;
  const to = (tag: string): string =>
    `${reference(tag)},${everything},image-manifest=true,oci-mediatypes=true`;
  return { from: reads.map(reference), to: own === undefined ? [] : [to(own)] };
}

/** GitHub itself keeps the caches of branches apart. https://docs.docker.com/build/cache/backends/gha/ */
export function ghaCache(scope: string, { v2, writes }: { v2: boolean; writes: boolean }): CacheArguments {
  const cache = `type=gha,scope=${scope}${v2 ? ',version=2' : ''}`;
  // Without it a server that breaks off is asked again for ten minutes.
  return { from: [`${cache},timeout=2m`], to: writes ? [`${cache},${everything}`] : [] };
}

/** https://docs.docker.com/build/cache/backends/local/ */
export function localCache(folders: { from: string | undefined; to: string | undefined }): CacheArguments {
  return {
    from: folders.from === undefined ? [] : [`type=local,src=${folders.from}`],
    to: folders.to === undefined ? [] : [`type=local,dest=${folders.to},${everything}`],
  };
}

/** In the image itself, of which only the last stage's layers are kept. https://docs.docker.com/build/cache/backends/inline/ */
export function inlineCache(uri: string, tags: readonly string[]): CacheArguments {
  return { from: tags.map(tag => `type=registry,ref=${uri}:${tag}`), to: ['type=inline'] };
}
