/** Where layers are cached: beside the image, under a tag of its own. */
export const cacheTag = 'buildcache';

/** The exclusion filter that lets the cache's tag move in an otherwise immutable repository. */
export const cacheTagFilter = `${cacheTag}*`;

export interface Mutability {
  setting: 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION';
  /** Wildcard filters: tags that are the other way round. */
  exclusions: string[];
}

/** Whether a tag may be put on another image. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
export function canMove(tag: string, { setting, exclusions }: Mutability): boolean {
  const excluded = exclusions.some(filter =>
    new RegExp(
      `^${filter
        .split('*')
        .map(part => RegExp.escape(part))
        .join('.*')}$`,
    ).test(tag),
  );
  return setting.startsWith('MUTABLE') ? !excluded : excluded;
}

/** The values of buildx's `--cache-from` and `--cache-to`. */
export interface CacheArguments {
  from: string[];
  to: string[];
  /** Why nothing is written, where that is not what was asked for. */
  warning?: string;
}

/**
 * ECR takes a cache only as an image manifest with OCI media types; a cache that can't be written never fails a build.
 * https://docs.docker.com/build/cache/backends/registry/
 */
export function registryCache(
  uri: string,
  options: { mutability: Mutability; readOnly: boolean; isNew: boolean },
): CacheArguments {
  const reference = `type=registry,ref=${uri}:${cacheTag}`;
  // BuildKit would report an error for the cache that a new repository cannot have yet.
  const from = options.isNew ? [] : [reference];
  if (options.readOnly) return { from, to: [] };
  if (!canMove(cacheTag, options.mutability)) {
    return {
      from,
      to: [],
      warning:
        `Layers are not cached: the repository is ${options.mutability.setting} and does not let the tag '${cacheTag}' move. ` +
        `Add the exclusion filter '${cacheTagFilter}' (IMMUTABLE_WITH_EXCLUSION), or set \`cache: off\`.`,
    };
  }
  return {
    from,
    to: [`${reference},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`],
  };
}
