import { cacheTagOf } from '../cache/backends.ts';
import type { CacheService } from '../cache/github-cache.ts';
import type { CacheInputs } from '../cache/plan.ts';
import type { Scopes } from '../cache/scope.ts';
import { cacheTagFilter, isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';

/** The input about which cache mounts are kept. */
export type MountsInputs = { kind: 'off' } | { kind: 'auto' } | { kind: 'named'; mounts: NamedMount[] };

/** A cache mount as the user names it. */
export interface NamedMount {
  id: string;
  target: string;
}

export type MountsPlan = { kind: 'off' } | KeptMounts;

/** Which cache mounts are kept, and under which names. */
export interface KeptMounts {
  kind: 'auto' | 'named';
  mounts: NamedMount[];
  /** Why they are not kept in ECR, where that is so whatever the repository is like. */
  notInEcr?: string;
  /** Tags in the image's own repository. */
  tags: Scopes;
  /** Names this image's mounts at GitHub. */
  name: string;
  service: CacheService;
}

export interface Scoping {
  scopes: Scopes;
  name: string;
  push: boolean;
  isPublic: boolean;
  /** The input: who keeps layers at GitHub keeps mounts there too. */
  cache: CacheInputs['cache'];
  service: CacheService;
}

/** Names the places that contents of mounts may have, by the order in which layers have theirs. */
export function planMounts(inputs: MountsInputs, scoping: Scoping): MountsPlan {
  if (inputs.kind === 'off') return inputs;
  const { scopes, name, service } = scoping;
  const notInEcr = whyNotInEcr(scoping);
  const tagOf = (scope: string): string => cacheTagOf(`mounts-${scope}`);
  return {
    kind: inputs.kind,
    mounts: inputs.kind === 'named' ? inputs.mounts : [],
    ...(notInEcr !== undefined && { notInEcr }),
    tags: {
      ...scopes,
      ...(scopes.writeTag !== undefined && { writeTag: tagOf(scopes.writeTag) }),
      readTags: scopes.readTags.map(tagOf),
    },
    name,
    service,
  };
}

function whyNotInEcr({ push, isPublic, cache }: Scoping): string | undefined {
  // Everybody could read there what a build downloads.
  if (isPublic) return 'the repository is public';
  if (!push) return 'nothing is pushed';
  return cache === 'gha' || cache === 'actions' ? `\`cache: ${cache}\` keeps nothing in ECR` : undefined;
}

/** What ECR has shown of the tags that are read, before anything is built. */
interface MountPlace {
  manifests: ReadonlyMap<string, string>;
}

/** Whether mounts are kept in ECR if the repository lets their tag move. */
export function keepsInEcr(plan: MountsPlan): plan is KeptMounts {
  return plan.kind !== 'off' && plan.notInEcr === undefined;
}

/** The tags that may have been pushed before and that this build could read, in the image's repository. */
export function mountTagsToFind(plan: MountsPlan): string[] {
  return keepsInEcr(plan) ? plan.tags.readTags : [];
}

/** Where the contents of mounts are kept. */
export type MountStore =
  | { kind: 'registry'; own: string | undefined; reads: { reference: string; bytes: number }[]; why: string }
  | { kind: 'github'; writes: boolean; why: string }
  | { kind: 'none'; why: string };

/** ECR where it can be written, else GitHub's cache. */
export function chooseMountStore(
  { notInEcr, tags, service }: KeptMounts,
  place: (MountPlace & { uri: string; mutability: TagMutability }) | undefined,
): MountStore {
  const refer = (tag: string): string => `${place?.uri ?? ''}:${tag}`;
  const mayMove =
    place !== undefined && (tags.writeTag === undefined || isMutableTag(tags.writeTag, place.mutability));
  if (notInEcr === undefined && mayMove) {
    const own = tags.writeTag === undefined ? undefined : refer(tags.writeTag);
    const why = own === undefined ? `the registry, only read: ${tags.whyReadOnly ?? ''}` : 'the registry';
    const reads = tags.readTags.flatMap(tag => {
      const manifest = place.manifests.get(tag);
      return manifest === undefined ? [] : [{ reference: refer(tag), bytes: bytesIn(manifest) }];
    });
    return { kind: 'registry', own, reads, why };
  }
  if (service.reads) {
    const why = service.writes
      ? "GitHub's cache"
      : `GitHub's cache, which ${service.limit ?? 'may only be read'}`;
    return { kind: 'github', writes: service.writes, why };
  }
  const obstacle =
    notInEcr ?? `the repository does not let their tag move (add the exclusion filter '${cacheTagFilter}')`;
  return { kind: 'none', why: `${obstacle}, and GitHub's cache ${service.limit ?? 'cannot be used'}` };
}

interface Sized {
  layers?: { size?: number }[];
}

/** Of the layers in an image's manifest. */
function bytesIn(manifest: string): number {
  const { layers = [] }: Sized = JSON.parse(manifest);
  return layers.reduce((sum, { size = 0 }) => sum + size, 0);
}

/** Cache mounts as the summary tells of them. */
export interface ToldMounts {
  ids: string[];
  /** Where they are kept. */
  why: string;
  /** What they were filled from; absent where nothing was there. */
  from?: string;
  /** Bytes of it, packed. */
  bytes: number;
}
