import { commitTagOf } from '../commit/commit-tag.ts';
import type { CommitAffixes } from '../commit/commit-tag.ts';
import type { Commit } from '../commit/commit.ts';
import { cacheTagOf } from './backends.ts';
import type { CacheService } from './github-cache-access.ts';
import { scopeHashOf, scopesOf, limitService, slugOf } from './scope.ts';
import type { Scopes, Variant } from './scope.ts';

/** The inputs about where layers are cached. */
export interface CacheInputs {
  cache: CacheKind | 'auto' | 'off';
  /** Name of a repository that holds only caches. */
  repository?: string;
  /** Values of `--cache-from` and `--cache-to` that are used unchanged, instead of what the step would choose. */
  from: string[];
  to: string[];
  /** What the job may do with GitHub's cache. */
  service: CacheService;
  /** The runner's processor by docker's name, such as `arm64`. */
  architecture: string;
}

/** The kinds of caches that the input `cache` can name. */
export const cacheKinds = ['registry', 'gha', 'actions', 'inline'] as const;

/** One of {@link cacheKinds}. */
export type CacheKind = (typeof cacheKinds)[number];

/** Whether and how layers are cached. */
export type CachePlan = { kind: 'off' } | EnabledCachePlan;

/** Where layers may be cached, and under which names. */
export interface EnabledCachePlan {
  /** `raw` where only `cache-from` and `cache-to` are used. */
  kind: CacheKind | 'auto' | 'raw';
  /** Whether something is pushed to ECR. Only then docker is logged in, so that layers can be kept there. */
  push: boolean;
  /** Whether the repository is in ECR Public, where everybody can read what is pushed. */
  isPublic: boolean;
  /** The inputs `cache-from` and `cache-to`. */
  raw: { from: string[]; to: string[] };
  /** Tags of caches in a registry. */
  tags: { writeTag?: string; readTags: string[]; whyReadOnly?: string };
  /** Name of the repository that holds only caches. */
  repository?: string;
  /** Tags that earlier images may have: those of earlier commits, as far as the event names them. */
  images: string[];
  /** Name of this image's caches at GitHub, which itself separates the caches of branches. */
  name: string;
  service: CacheService;
}

interface PlanCacheOptions {
  push: boolean;
  commit: Commit;
  /** What the tags of commits have besides their SHA: images that are named apart are cached apart. */
  affixes: CommitAffixes;
  /** What makes the layers of builds differ. */
  build: { file?: string; target?: string; platforms: readonly string[] };
  /** Whether the built sources may come from someone who cannot push to the ref that the job runs for. */
  isUntrusted: boolean;
  /** The image's own repository. */
  repository: { type: 'private' | 'public'; name: string };
}

/** Plans the names of all caches that may be used. Which one is used is chosen when ECR has described the repository. */
export function planCache(
  inputs: CacheInputs,
  { push, commit, affixes, build, isUntrusted, repository }: PlanCacheOptions,
): CachePlan {
  const { cache, from, to } = inputs;
  const isRaw = from.length > 0 || to.length > 0;
  if (cache === 'off' && !isRaw) return { kind: 'off' };
  const variant = variantOf(build, { affixes, architecture: inputs.architecture });
  const tagVariant: Variant = inputs.repository === undefined ? variant : [repository.name, ...variant];
  const { writeTag: writeScope, ...scopes } = scopesOf(commit, tagVariant, { isUntrusted });
  return {
    kind: cache === 'off' || (from.length > 0 && to.length > 0) ? 'raw' : cache,
    push,
    isPublic: repository.type === 'public',
    raw: { from, to },
    tags: {
      ...scopes,
      ...(writeScope !== undefined && { writeTag: cacheTagOf(writeScope) }),
      readTags: scopes.readTags.map(cacheTagOf),
    },
    ...(inputs.repository !== undefined && { repository: inputs.repository }),
    images: commit.earlier.map(sha => commitTagOf(sha, affixes)),
    name: cacheNameOf(repository.name, variant, affixes),
    service: limitService(inputs.service, { isUntrusted }),
  };
}

/** The names of this build's caches in the image's own repository (`scopes`) and at GitHub (`name`), and what the job may do with GitHub's cache. */
export function cacheNamesOf(
  { architecture, service }: Pick<CacheInputs, 'architecture' | 'service'>,
  { commit, affixes, build, isUntrusted, repository }: PlanCacheOptions,
): { scopes: Scopes; name: string; service: CacheService } {
  const variant = variantOf(build, { affixes, architecture });
  return {
    scopes: scopesOf(commit, variant, { isUntrusted }),
    name: cacheNameOf(repository.name, variant, affixes),
    service: limitService(service, { isUntrusted }),
  };
}

/**
 * GitHub finds archives by the beginning of their key, where what has no flavor begins with the name of the repository, and that
 * with a letter: what has a flavor begins otherwise, so that no image is given the cache of another.
 */
function cacheNameOf(repository: string, variant: Variant, { prefix, suffix }: CommitAffixes): string {
  const slug = slugOf(repository);
  if (variant.every(each => !each)) return slug;
  const hash = scopeHashOf(variant);
  return prefix === '' && suffix === '' ? `${slug}-${hash}` : `_${hash}-${slug}`;
}

/** Builds of other Dockerfiles, stages, platforms or flavors have other layers. */
function variantOf(
  { file, target, platforms }: PlanCacheOptions['build'],
  { affixes, architecture }: Pick<PlanCacheOptions, 'affixes'> & { architecture: string },
): Variant {
  const platform = architecture === 'amd64' ? undefined : `linux/${architecture}`;
  const { prefix, suffix } = affixes;
  // Without a flavor the caches keep the names that they have always had.
  const flavor = prefix === '' && suffix === '' ? [] : [prefix, suffix];
  return [file, target, platforms.join(',') || platform, ...flavor];
}

/** The tags in the image's repository that this build could read as a cache, whether they exist or not. */
export function cacheTagsToFind(plan: CachePlan): string[] {
  if (plan.kind === 'off' || plan.kind === 'raw') return [];
  if (plan.kind === 'inline') return plan.images;
  return plan.repository === undefined && /^(auto|registry)$/.test(plan.kind) ? plan.tags.readTags : [];
}
