import { cacheTagFilter, isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import { ghaCache, inlineCache, localCache, registryCache } from './backends.ts';
import type { CacheArguments } from './backends.ts';
import type { CacheService } from './github-cache-access.ts';
import type { CacheKind, EnabledCachePlan, CachePlan } from './plan.ts';

/** The cache that this build reads and writes, and why. A dry run writes it as JSON: its members' names must stay. */
export interface CacheChoice extends CacheArguments {
  kind: CacheKind | 'raw' | 'off';
  /** Completes "Layers: …". */
  why: string;
  /** A warning for the log that what the inputs ask for can't be done. */
  warning?: string;
}

/** The places for caches, as far as they are known when one is chosen. */
export interface CachePlaces {
  /** The repository of the image; absent where nothing is pushed. */
  registry?: CacheRegistry;
  /** The repository of the input `cache-repository`; absent where none is given or it can't be used. */
  cacheRegistry?: CacheRegistry;
  /** Folders of a local cache: the restored one, if any, and an empty one to export to. */
  folders: { from: string | undefined; to: string };
}

/** A repository that caches may be kept in. */
export interface CacheRegistry {
  uri: string;
  mutability: TagMutability;
  /** Whether the tag exists. BuildKit's log shows an error for a cache that does not exist, so such tags are not read. */
  has: (tag: string) => boolean;
}

/** Chooses the cache. `cache-from` replaces only what is read, and `cache-to` only what is written. */
export function chooseCache(plan: CachePlan, places: CachePlaces): CacheChoice {
  if (plan.kind === 'off') return { kind: 'off', from: [], to: [], why: 'off' };
  const { from, to } = plan.raw;
  if (plan.kind === 'raw') return { kind: 'raw', from, to, why: 'as `cache-from` and `cache-to` say' };
  const chosen = chooseKind(plan.kind, plan, places);
  return {
    ...chosen,
    ...(from.length > 0 && { from, why: `${chosen.why}; read as \`cache-from\` says` }),
    ...(to.length > 0 && { to, why: `${chosen.why}; written as \`cache-to\` says` }),
  };
}

function chooseKind(kind: CacheKind | 'auto', plan: EnabledCachePlan, places: CachePlaces): CacheChoice {
  switch (kind) {
    case 'auto':
      return chooseAutomatically(plan, places);
    case 'registry':
      return chooseRegistry(plan, places);
    case 'inline':
      return chooseInline(plan, places);
    case 'gha':
    case 'actions':
      return chooseGitHub(kind, plan, places);
  }
}

/** The registry where it can be written, as GitHub's cache is limited to 10 GB and deletes what is unused for a week; else GitHub's cache. */
function chooseAutomatically(plan: EnabledCachePlan, places: CachePlaces): CacheChoice {
  const registry = chooseRegistry(plan, places);
  const isUsable = registry.kind !== 'off' && registry.warning === undefined;
  if (isUsable && !plan.isPublic) return registry;
  const { reads, limit } = serviceFor('gha', plan);
  if (!reads) {
    const why = `GitHub's cache ${limit ?? 'cannot be used'}`;
    return plan.isPublic
      ? noCache(`${whyNotRegistry(plan, places)}; ${why}`)
      : { ...registry, why: `${registry.why}; ${why}` };
  }
  const github = chooseGitHub('gha', plan, places);
  return { ...github, why: `${github.why}, as ${plan.push ? whyNotRegistry(plan, places) : registry.why}` };
}

function chooseRegistry(plan: EnabledCachePlan, { registry, cacheRegistry }: CachePlaces): CacheChoice {
  if (!plan.push) return noCache('nothing is pushed, so ECR is not asked');
  const chosenRegistry = plan.repository === undefined ? registry : cacheRegistry;
  if (chosenRegistry === undefined)
    return noCache(`the repository '${plan.repository ?? ''}' cannot be used`);
  const { writeTag, readTags, whyReadOnly = '' } = plan.tags;
  const existingTags = readTags.filter(chosenRegistry.has);
  const where = plan.repository === undefined ? 'the registry' : `the repository '${plan.repository}'`;
  if (writeTag === undefined) {
    const why = `${where}, only read: ${whyReadOnly}`;
    return {
      kind: 'registry',
      ...registryCache(chosenRegistry.uri, { readTags: existingTags, writeTag: writeTag }),
      why,
    };
  }
  if (isMutableTag(writeTag, chosenRegistry.mutability)) {
    return {
      kind: 'registry',
      ...registryCache(chosenRegistry.uri, { readTags: existingTags, writeTag: writeTag }),
      why: where,
    };
  }
  return {
    kind: 'registry',
    ...registryCache(chosenRegistry.uri, { readTags: existingTags, writeTag: undefined }),
    why: `${where}, only read`,
    warning:
      `Layers are not written to ECR: the repository is ${chosenRegistry.mutability.setting} and does not let the tag '${writeTag}' move. ` +
      `Add the exclusion filter '${cacheTagFilter}' (IMMUTABLE_WITH_EXCLUSION), name a \`cache-repository\`, or set \`cache: gha\` or \`cache: off\`.`,
  };
}

/** Why the cache is not written to ECR, as part of a sentence. */
function whyNotRegistry(plan: EnabledCachePlan, places: CachePlaces): string {
  if (plan.isPublic) return 'everybody could read in a public repository what the image leaves out';
  const chosenRegistry = plan.repository === undefined ? places.registry : places.cacheRegistry;
  return chosenRegistry === undefined
    ? `the repository '${plan.repository ?? ''}' cannot be used`
    : `the repository is ${chosenRegistry.mutability.setting} without the exclusion filter '${cacheTagFilter}'`;
}

function chooseGitHub(
  kind: 'gha' | 'actions',
  plan: EnabledCachePlan,
  { folders }: CachePlaces,
): CacheChoice {
  const { reads, writes, limit } = serviceFor(kind, plan);
  if (!reads) {
    const why = `GitHub's cache ${limit ?? 'cannot be used'}`;
    const otherWay = plan.service.reads ? ' `cache: actions` keeps them there without BuildKit.' : '';
    return { ...noCache(why), warning: `Layers are not cached: ${why}.${otherWay}` };
  }
  const cache =
    kind === 'gha'
      ? ghaCache(plan.name, plan.service)
      : localCache({ from: folders.from, to: writes ? folders.to : undefined });
  const name = kind === 'gha' ? "GitHub's cache, by BuildKit" : "GitHub's cache, as one archive";
  return { kind, ...cache, why: writes ? name : `${name}, which ${limit ?? 'may only be read'}` };
}

/** What this kind of cache may do with GitHub's. */
function serviceFor(kind: 'gha' | 'actions', { service }: EnabledCachePlan): CacheService {
  const { notByBuildKit } = service;
  if (kind === 'actions' || notByBuildKit === undefined) return service;
  return { ...service, reads: false, writes: false, limit: notByBuildKit };
}

function chooseInline(plan: EnabledCachePlan, { registry }: CachePlaces): CacheChoice {
  if (registry === undefined) return noCache('nothing is pushed, so no image can hold them');
  return {
    kind: 'inline',
    ...inlineCache(registry.uri, plan.images.filter(registry.has)),
    why: 'the image itself, of its last stage only',
  };
}

function noCache(why: string): CacheChoice {
  return { kind: 'off', from: [], to: [], why };
}
