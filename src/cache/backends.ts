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

/** Exports the layers of all stages. An export that fails does not fail the build. */
const exportAttributes = 'mode=max,ignore-error=true';

/**
 * A cache in the registry, under tags of one repository. ECR accepts it only as an image manifest with OCI media types.
 * https://docs.docker.com/build/cache/backends/registry/
 */
export function registryCache(
  uri: string,
  { readTags, writeTag }: { readTags: readonly string[]; writeTag: string | undefined },
): CacheArguments {
  const reference = (tag: string): string => `type=registry,ref=${uri}:${tag}`;
  const to = (tag: string): string =>
    `${reference(tag)},${exportAttributes},image-manifest=true,oci-mediatypes=true`;
  return { from: readTags.map(reference), to: writeTag === undefined ? [] : [to(writeTag)] };
}

/** GitHub's cache, which BuildKit reads and writes. GitHub itself separates the caches of branches. https://docs.docker.com/build/cache/backends/gha/ */
export function ghaCache(scope: string, { v2, writes }: { v2: boolean; writes: boolean }): CacheArguments {
  const cache = `type=gha,scope=${scope}${v2 ? ',version=2' : ''}`;
  // Without a timeout BuildKit retries a server that drops connections for ten minutes.
  return { from: [`${cache},timeout=2m`], to: writes ? [`${cache},${exportAttributes}`] : [] };
}

/** A cache in local folders; one that is `undefined` is not read or not written. https://docs.docker.com/build/cache/backends/local/ */
export function localCache(folders: { from: string | undefined; to: string | undefined }): CacheArguments {
  return {
    from: folders.from === undefined ? [] : [`type=local,src=${folders.from}`],
    to: folders.to === undefined ? [] : [`type=local,dest=${folders.to},${exportAttributes}`],
  };
}

/** A cache in the image itself, which keeps only the layers of the last stage. https://docs.docker.com/build/cache/backends/inline/ */
export function inlineCache(uri: string, tags: readonly string[]): CacheArguments {
  return { from: tags.map(tag => `type=registry,ref=${uri}:${tag}`), to: ['type=inline'] };
}
