import { cacheTagFilter, isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import { ghaCache, inlineCache, localCache, registryCache } from './backends.ts';
import type { CacheArguments } from './backends.ts';
import type { CacheKind, KeptLayers, CachePlan } from './plan.ts';

/** Where this build's layers come from and go to, and why there. */
export interface CacheChoice extends CacheArguments {
  kind: CacheKind | 'raw' | 'off';
  /** Completes "Layers: …". */
  why: string;
  /** What was asked for and cannot be had. */
  warning?: string;
}

/** What is known of the places when the choice is made. */
export interface Places {
  /** Where images are pushed; absent where none are. */
  registry?: CacheRegistry;
  /** Where `cache-repository` is; absent where it is not asked for or cannot be had. */
  cacheRegistry?: CacheRegistry;
  /** Folders of a local cache: what was restored, if anything, and an empty one to export to. */
  folders: { from: string | undefined; to: string };
}

export interface CacheRegistry {
  uri: string;
  mutability: TagMutability;
  /** Whether there is an image of this tag. A cache that is not there yet is an error in BuildKit's log. */
  has: (tag: string) => boolean;
}

/** What the user names replaces what the step chooses, each end by itself. */
export function chooseCache(plan: CachePlan, places: Places): CacheChoice {
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

function chooseKind(kind: CacheKind | 'auto', plan: KeptLayers, places: Places): CacheChoice {
  switch (kind) {
    case 'auto':
      return chooseForYou(plan, places);
    case 'registry':
      return inRegistry(plan, places);
    case 'inline':
      return inImage(plan, places);
    case 'gha':
    case 'actions':
      return atGitHub(kind, plan, places);
  }
}

/** The registry where it can be written, as it has no limit of 10 GB and no week's end; else GitHub's cache. */
function chooseForYou(plan: KeptLayers, places: Places): CacheChoice {
  const registry = inRegistry(plan, places);
  const isHere = registry.kind !== 'off' && registry.warning === undefined;
  if (isHere && !plan.isPublic) return registry;
  const { limit } = plan.service;
  if (!plan.service.reads) {
    const why = `GitHub's cache ${limit ?? 'cannot be used'}`;
    return plan.isPublic
      ? none(`${obstacleOf(plan, places)}; ${why}`)
      : { ...registry, why: `${registry.why}; ${why}` };
  }
  const github = atGitHub('gha', plan, places);
  return { ...github, why: `${github.why}, as ${plan.push ? obstacleOf(plan, places) : registry.why}` };
}

function inRegistry(plan: KeptLayers, { registry, cacheRegistry }: Places): CacheChoice {
  if (!plan.push) return none('nothing is pushed, so ECR is not asked');
  const place = plan.repository === undefined ? registry : cacheRegistry;
  if (place === undefined) return none(`the repository '${plan.repository ?? ''}' cannot be used`);
  const { writeTag, readTags, whyReadOnly = '' } = plan.tags;
  const found = readTags.filter(place.has);
  const where = plan.repository === undefined ? 'the registry' : `the repository '${plan.repository}'`;
  if (writeTag === undefined) {
    const why = `${where}, only read: ${whyReadOnly}`;
    return { kind: 'registry', ...registryCache(place.uri, { reads: found, own: writeTag }), why };
  }
  if (isMutableTag(writeTag, place.mutability)) {
    return { kind: 'registry', ...registryCache(place.uri, { reads: found, own: writeTag }), why: where };
  }
  return {
    kind: 'registry',
    ...registryCache(place.uri, { reads: found, own: undefined }),
    why: `${where}, only read`,
    warning:
      `Layers are not written to ECR: the repository is ${place.mutability.setting} and does not let the tag '${writeTag}' move. ` +
      `Add the exclusion filter '${cacheTagFilter}' (IMMUTABLE_WITH_EXCLUSION), name a \`cache-repository\`, or set \`cache: gha\` or \`cache: off\`.`,
  };
}

/** Why ECR is not written to. */
function obstacleOf(plan: KeptLayers, places: Places): string {
  if (plan.isPublic) return 'everybody could read in a public repository what the image leaves out';
  const place = plan.repository === undefined ? places.registry : places.cacheRegistry;
  return place === undefined
    ? `the repository '${plan.repository ?? ''}' cannot be used`
    : `the repository is ${place.mutability.setting} without the exclusion filter '${cacheTagFilter}'`;
}

function atGitHub(kind: 'gha' | 'actions', plan: KeptLayers, { folders }: Places): CacheChoice {
  const { reads, writes, limit } = plan.service;
  if (!reads) {
    const why = `GitHub's cache ${limit ?? 'cannot be used'}`;
    return { ...none(why), warning: `Layers are not cached: ${why}.` };
  }
  const cache =
    kind === 'gha'
      ? ghaCache(plan.name, plan.service)
      : localCache({ from: folders.from, to: writes ? folders.to : undefined });
  const name = kind === 'gha' ? "GitHub's cache, by BuildKit" : "GitHub's cache, as one archive";
  return { kind, ...cache, why: writes ? name : `${name}, which ${limit ?? 'may only be read'}` };
}

function inImage(plan: KeptLayers, { registry }: Places): CacheChoice {
  if (registry === undefined) return none('nothing is pushed, so no image can hold them');
  return {
    kind: 'inline',
    ...inlineCache(registry.uri, plan.images.filter(registry.has)),
    why: 'the image itself, of its last stage only',
  };
}

function none(why: string): CacheChoice {
  return { kind: 'off', from: [], to: [], why };
}
