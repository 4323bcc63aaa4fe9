import type { Commit } from '../commit/commit.ts';
import { cacheTagOf } from './backends.ts';
import type { CacheService } from './github-cache.ts';
import { hashOf, scopesOf, serviceFor, slugOf } from './scope.ts';
import type { Scopes, Variant } from './scope.ts';

/** The inputs about where layers are cached. */
export interface CacheInputs {
  cache: CacheKind | 'auto' | 'off';
  /** A repository for caches alone. */
  repository?: string;
  /** Values of `--cache-from` and `--cache-to` that are taken as they are, instead of what the step would choose. */
  from: string[];
  to: string[];
  /** What the job may do with GitHub's cache. */
  service: CacheService;
  /** The runner's processor in docker's words, such as `arm64`. */
  architecture: string;
}

export const cacheKinds = ['registry', 'gha', 'actions', 'inline'] as const;

export type CacheKind = (typeof cacheKinds)[number];

export type CachePlan = { kind: 'off' } | KeptLayers;

/** Where layers may be kept, under which names. */
export interface KeptLayers {
  /** `raw` where the user names both ends. */
  kind: CacheKind | 'auto' | 'raw';
  /** Layers can be kept in ECR: something is pushed there, so there is a login. */
  push: boolean;
  /** Everybody can read what is pushed. */
  isPublic: boolean;
  raw: { from: string[]; to: string[] };
  /** Tags of caches in a registry. */
  tags: { writeTag?: string; readTags: string[]; whyReadOnly?: string };
  /** The caches' own repository. */
  repository?: string;
  /** Tags that earlier images of this one have, as far as the event knows them. */
  images: string[];
  /** Names this image's caches at GitHub, which itself keeps those of branches apart. */
  name: string;
  service: CacheService;
}

interface PlanCacheOptions {
  push: boolean;
  commit: Commit;
  /** What makes the layers of builds differ. */
  build: { file?: string; target?: string; platforms: readonly string[] };
  /** What is built may be somebody's who cannot push to the ref that the job runs for. */
  isUntrusted: boolean;
  /** The image's own repository. */
  repository: { type: 'private' | 'public'; name: string };
}

/** Names every place that a cache may have; which one is taken is known when ECR has told of the repository. */
export function planCache(
  inputs: CacheInputs,
  { push, commit, build, isUntrusted, repository }: PlanCacheOptions,
): CachePlan {
  const { cache, from, to } = inputs;
  const isRaw = from.length > 0 || to.length > 0;
  if (cache === 'off' && !isRaw) return { kind: 'off' };
  const variant = variantOf(build, inputs.architecture);
  const shared: Variant = inputs.repository === undefined ? variant : [repository.name, ...variant];
  const { writeTag: own, ...scopes } = scopesOf(commit, shared, { isUntrusted });
  return {
    kind: cache === 'off' || (from.length > 0 && to.length > 0) ? 'raw' : cache,
    push,
    isPublic: repository.type === 'public',
    raw: { from, to },
    tags: {
      ...scopes,
      ...(own !== undefined && { writeTag: cacheTagOf(own) }),
      readTags: scopes.readTags.map(cacheTagOf),
    },
    ...(inputs.repository !== undefined && { repository: inputs.repository }),
    images: commit.earlier,
    name: nameOf(repository.name, variant),
    service: serviceFor(inputs.service, { isUntrusted }),
  };
}

/** The names that caches of this build have in the image's own repository and at GitHub, and what it may do there. */
export function namesOf(
  { architecture, service }: Pick<CacheInputs, 'architecture' | 'service'>,
  { commit, build, isUntrusted, repository }: PlanCacheOptions,
): { scopes: Scopes; name: string; service: CacheService } {
  const variant = variantOf(build, architecture);
  return {
    scopes: scopesOf(commit, variant, { isUntrusted }),
    name: nameOf(repository.name, variant),
    service: serviceFor(service, { isUntrusted }),
  };
}

function nameOf(repository: string, variant: Variant): string {
  const slug = slugOf(repository);
  return variant.every(each => !each) ? slug : `${slug}-${hashOf(variant)}`;
}

/** Builds of other stages, files or processors have other layers. */
function variantOf({ file, target, platforms }: PlanCacheOptions['build'], architecture: string): Variant {
  const native = architecture === 'amd64' ? undefined : `linux/${architecture}`;
  return [file, target, platforms.join(',') || native];
}

/** The tags that may have been pushed before and that this build could read, in the image's repository. */
export function tagsToFind(plan: CachePlan): string[] {
  if (plan.kind === 'off' || plan.kind === 'raw') return [];
  if (plan.kind === 'inline') return plan.images;
  return plan.repository === undefined && /^(auto|registry)$/.test(plan.kind) ? plan.tags.readTags : [];
}
