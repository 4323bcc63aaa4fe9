import type { Build } from '../build/build.ts';
import type { CacheChoice } from '../cache/choose-backend.ts';
import type { CachePlan } from '../cache/plan.ts';

/** What a build needs of its builder besides a plain image of one platform. */
export type Capability =
  'cache' | 'platforms' | 'attestations' | 'annotations' | 'attributes' | 'outputs' | 'privileges';

/**
 * The capabilities that the inputs need, apart from a cache. The engine's own builder can write folders, and load images
 * into the engine where nothing is pushed, so these need none.
 */
export function neededCapabilities(build: Build, { push }: { push: boolean }): Capability[] {
  const { load, outputs } = build;
  const writesArchive = outputs.some(each => /(^|,)type=(oci|docker)(,|$)/.test(each));
  const capabilities: [Capability, boolean][] = [
    ['platforms', build.platforms.length > 1],
    ['attestations', hasAttestations(build)],
    ['annotations', build.annotations.length > 0 && (push || writesArchive)],
    ['attributes', build.imageAttributes.length > 0 && push],
    ['outputs', writesArchive || (push && (load || outputs.length > 0))],
    ['privileges', build.allow.includes('security.insecure')],
  ];
  return capabilities.filter(([, isNeeded]) => isNeeded).map(([capability]) => capability);
}

function hasAttestations(build: Pick<Build, 'attests'>): boolean {
  return build.attests.some(each => !each.includes('disabled=true'));
}

/** Whether the chosen cache is one that not every builder can use. */
export function needsCache({ kind, from, to }: CacheChoice): boolean {
  if (kind === 'raw') return to.some(isSeparateCache);
  return kind !== 'inline' && from.length + to.length > 0;
}

/** Whether a `--cache-to` is not in the image itself. The engine's own builder reads such caches, but cannot write them. */
function isSeparateCache(cache: string): boolean {
  return !/(^|,)type=inline(,|$)/.test(cache);
}

/** Whether the inputs name a cache that not every builder can use. With `cache: auto` the image may be built without one. */
export function isCacheRequired(layers: CachePlan): boolean {
  if (layers.kind === 'off' || layers.kind === 'inline') return false;
  return layers.raw.to.some(isSeparateCache) || (layers.kind !== 'auto' && layers.kind !== 'raw');
}

/** The kinds of builders; the engine's own one differs by its image store. https://docs.docker.com/build/builders/drivers/docker/ */
export type BuilderKind = 'docker' | 'docker with containerd' | 'another';

/** The kind of a builder, by its buildx driver. */
export function builderKindOf(
  driver: string,
  { containerdStore }: { containerdStore: boolean },
): BuilderKind {
  if (driver !== 'docker') return 'another';
  return containerdStore ? 'docker with containerd' : 'docker';
}

/** What a kind of builder can't do, each completing "It can't …". */
const limitations: Record<BuilderKind, Partial<Record<Capability, string>>> = {
  docker: {
    cache: 'keep layers anywhere but in itself and in the image',
    platforms: 'build several platforms',
    attestations: 'attest provenance or an SBOM',
    // It accepts the options for these two and ignores them silently.
    annotations: 'annotate an image',
    attributes: 'write an image as `outputs: type=image,…` asks',
    outputs: 'write archives of images, nor anything beside the push',
    privileges: 'grant `security.insecure`',
  },
  'docker with containerd': { privileges: 'grant `security.insecure`' },
  // BuildKit itself: https://docs.docker.com/build/builders/drivers/#feature-comparison
  another: {},
};

/** What a builder can't do of what is needed, each completing "It can't …". */
export function missingCapabilities(kind: BuilderKind, needed: readonly Capability[]): string[] {
  return needed.flatMap(capability => limitations[kind][capability] ?? []);
}

/**
 * Why the engine can't load the image, completing "The docker of this machine can hold …"; `undefined` where it can. The
 * classic image store can't hold an index, whichever builder made it, and attestations make one.
 */
export function whyNotLoaded(build: Build, engine: { containerdStore: boolean }): string | undefined {
  if (!build.load || engine.containerdStore) return undefined;
  if (build.platforms.length > 1) return 'images of one platform only';
  return hasAttestations(build) ? 'images without attestations only' : undefined;
}

/**
 * Whether buildx is older than 0.12, the first with all arguments that the step uses, such as `--annotation` and
 * `--progress rawjson`. https://github.com/docker/buildx/releases/tag/v0.12.0
 */
export function isOldBuildx(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  // A buildx that was built from source without a version reports 0.0.0.
  return major === '0' && minor !== undefined && minor !== '0' && Number(minor) < 12;
}
