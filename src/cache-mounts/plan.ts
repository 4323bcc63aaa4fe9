import { cacheTagOf } from '../cache/backends.ts';
import type { CacheService } from '../cache/github-cache-access.ts';
import type { CacheInputs } from '../cache/plan.ts';
import type { Scopes } from '../cache/scope.ts';
import { readContentIfSound } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { cacheTagFilter, isMutableTag } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';

/** The input `cache-mounts`: which cache mounts are kept. */
export type MountsInputs = { kind: 'off' } | { kind: 'auto' } | { kind: 'named'; mounts: NamedMount[] };

/** A cache mount as the user names it. */
export interface NamedMount {
  id: string;
  /** Absolute path in the container. */
  target: string;
}

/** Whether and how cache mounts are kept. A dry run writes it as JSON: its members' names must stay. */
export type MountsPlan = { kind: 'off' } | EnabledMountsPlan;

/** Which cache mounts are kept, and under which names. */
export interface EnabledMountsPlan {
  kind: 'auto' | 'named';
  /** The mounts that the user names; empty with `auto`. */
  mounts: NamedMount[];
  /** Why they are not kept in ECR, where that does not depend on the repository's tag mutability. */
  notInEcr?: string;
  /** Tags in the image's own repository. */
  tags: Scopes;
  /** Name of this image's mounts at GitHub. */
  name: string;
  service: CacheService;
}

/** What the plan for cache mounts depends on besides their input. */
export interface PlanMountsOptions {
  scopes: Scopes;
  name: string;
  push: boolean;
  isPublic: boolean;
  /** The input `cache`: where layers are kept at GitHub, mounts are kept there too. */
  cache: CacheInputs['cache'];
  service: CacheService;
}

/** Plans where cache mounts may be kept and under which names, in the same order of preference as layers. */
export function planMounts(inputs: MountsInputs, options: PlanMountsOptions): MountsPlan {
  if (inputs.kind === 'off') return inputs;
  const { scopes, name, service } = options;
  const notInEcr = whyNotInEcr(options);
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

function whyNotInEcr({ push, isPublic, cache }: PlanMountsOptions): string | undefined {
  // In a public repository everybody could read what a build downloads.
  if (isPublic) return 'the repository is public';
  if (!push) return 'nothing is pushed';
  return cache === 'gha' || cache === 'actions' ? `\`cache: ${cache}\` keeps nothing in ECR` : undefined;
}

interface ExistingCaches {
  /** The manifests of the tags that were found before the build, by tag. */
  manifests: ReadonlyMap<string, StoredManifest>;
}

/** Whether mounts are kept in ECR, provided that the repository lets their tag move. */
export function mayUseEcr(plan: MountsPlan): plan is EnabledMountsPlan {
  return plan.kind !== 'off' && plan.notInEcr === undefined;
}

/** The tags in the image's repository that this build could read mounts from, whether they exist or not. */
export function mountTagsToFind(plan: MountsPlan): string[] {
  return mayUseEcr(plan) ? plan.tags.readTags : [];
}

/** Where the contents of mounts are kept. References are `uri:tag`, and `bytes` the compressed size. */
export type MountStore =
  | {
      kind: 'registry';
      writeReference: string | undefined;
      reads: { reference: string; bytes: number }[];
      why: string;
    }
  | { kind: 'github'; writes: boolean; why: string }
  | { kind: 'none'; why: string };

/** Chooses ECR where the tag can be written or need not be, else GitHub's cache. `repository` is `undefined` where nothing is pushed. */
export function chooseMountStore(
  { notInEcr, tags, service }: EnabledMountsPlan,
  repository: (ExistingCaches & { uri: string; mutability: TagMutability }) | undefined,
): MountStore {
  const referenceOf = (tag: string): string => `${repository?.uri ?? ''}:${tag}`;
  const isUsable =
    repository !== undefined &&
    (tags.writeTag === undefined || isMutableTag(tags.writeTag, repository.mutability));
  if (notInEcr === undefined && isUsable) {
    const writeReference = tags.writeTag === undefined ? undefined : referenceOf(tags.writeTag);
    const why =
      writeReference === undefined ? `the registry, only read: ${tags.whyReadOnly ?? ''}` : 'the registry';
    const reads = tags.readTags.flatMap(tag => {
      const manifest = repository.manifests.get(tag);
      return manifest === undefined ? [] : [{ reference: referenceOf(tag), bytes: layerBytesIn(manifest) }];
    });
    return { kind: 'registry', writeReference, reads, why };
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

/** The size in bytes of all layers in the manifest of an image; 0 where it cannot be read. */
function layerBytesIn(manifest: StoredManifest): number {
  const content = readContentIfSound(manifest);
  return content?.kind === 'image' ? content.layers.reduce((sum, { size = 0 }) => sum + size, 0) : 0;
}

/** What the summary shows of cache mounts. */
export interface MountsSummary {
  ids: string[];
  /** Where the mounts are kept, and why there. */
  why: string;
  /** The reference or key that they were filled from; absent where they were not filled. */
  from?: string;
  /** Compressed size of what they were filled from; 0 where they were not filled. */
  bytes: number;
}
