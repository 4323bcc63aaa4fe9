import { createHash } from 'node:crypto';

/** Keys of an archive of layers: newest of the same Dockerfile first, else the newest of the image. */
export interface ArchiveKeys {
  key: string;
  others: string[];
}

/** The service itself looks into the branch's caches, then the base's, then the default branch's. */
export function keysOf(name: string, dockerfile: string, what: 'layers' | 'mounts' = 'layers'): ArchiveKeys {
  const image = `ecr-image-${what}-${name}-`;
  return { key: `${image}${digestOf(dockerfile)}-`, others: [image] };
}

interface CacheConfig {
  layers?: object[];
  records?: object[];
}

/**
 * A name for what a cache holds, the same for the same layers and the same steps that lead to them: BuildKit's
 * `application/vnd.buildkit.cacheconfig.v0` without the times at which they were made.
 * https://github.com/moby/buildkit/blob/master/cache/remotecache/v1/spec.go
 */
export function contentOf(config: string): string {
  const { layers, records }: CacheConfig = JSON.parse(config);
  return digestOf(
    JSON.stringify([layers, records], (key, value: unknown) => (key === 'createdAt' ? undefined : value)),
  );
}

interface Descriptor {
  mediaType?: string;
  digest?: string;
}

interface Manifest {
  config?: Descriptor;
  manifests?: Descriptor[];
}

/** The digest of the newest thing in the index of an OCI layout. */
export function rootOf(index: string): string | undefined {
  const { manifests = [] }: Manifest = JSON.parse(index);
  return manifests[0]?.digest;
}

/** The digest of BuildKit's own part in a cache's manifest. */
export function configOf(manifest: string): string | undefined {
  const { config, manifests = [] }: Manifest = JSON.parse(manifest);
  return [config, ...manifests].find(each => each?.mediaType === 'application/vnd.buildkit.cacheconfig.v0')
    ?.digest;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
