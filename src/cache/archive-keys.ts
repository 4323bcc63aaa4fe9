import { createHash } from 'node:crypto';

/** Prefixes of keys in GitHub's cache: `key` of archives with the same Dockerfile, `fallbackKeys` of any with the same name. */
export interface ArchiveKeys {
  key: string;
  fallbackKeys: string[];
}

/** The keys of an archive. GitHub itself searches the caches of the branch, then of its base, then of the default branch. */
export function archiveKeysOf(
  name: string,
  dockerfile: string,
  contents: 'layers' | 'mounts' = 'layers',
): ArchiveKeys {
  const imagePrefix = `ecr-image-${contents}-${name}-`;
  return { key: `${imagePrefix}${shortHashOf(dockerfile)}-`, fallbackKeys: [imagePrefix] };
}

interface CacheConfig {
  layers?: object[];
  records?: object[];
}

/**
 * A hash of what a cache holds, the same for the same layers and the same build steps. It is made of BuildKit's
 * `application/vnd.buildkit.cacheconfig.v0` (`config`, JSON) without the times of creation.
 * https://github.com/moby/buildkit/blob/master/cache/remotecache/v1/spec.go
 */
export function cacheContentHash(config: string): string {
  const { layers, records }: CacheConfig = JSON.parse(config);
  return shortHashOf(
    JSON.stringify([layers, records], (key, value: unknown) => (key === 'createdAt' ? undefined : value)),
  );
}

interface Descriptor {
  mediaType?: string;
  digest?: string;
}

interface CacheManifest {
  config?: Descriptor;
  manifests?: Descriptor[];
}

/** The digest of the newest manifest in `index.json` of an OCI layout. */
export function newestDigestIn(index: string): string | undefined {
  const { manifests = [] }: CacheManifest = JSON.parse(index);
  return manifests[0]?.digest;
}

/** The digest of BuildKit's cache config in the manifest of a cache. */
export function cacheConfigDigestIn(manifest: string): string | undefined {
  const { config, manifests = [] }: CacheManifest = JSON.parse(manifest);
  return [config, ...manifests].find(each => each?.mediaType === 'application/vnd.buildkit.cacheconfig.v0')
    ?.digest;
}

function shortHashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
