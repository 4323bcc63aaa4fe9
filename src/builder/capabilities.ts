import type { Build } from '../build/build.ts';
import type { CacheChoice } from '../cache/choose-backend.ts';
import type { CachePlan } from '../cache/plan.ts';

/** What a build asks of its builder beside a plain image of one platform. */
export type Capability =
  'cache' | 'platforms' | 'attestations' | 'annotations' | 'attributes' | 'outputs' | 'privileges';

/** What the inputs wish, beside a cache. The engine's own builder writes folders and its own images by itself. */
export function neededCapabilities(build: Build, { push }: { push: boolean }): Capability[] {
  const { load, outputs } = build;
  const archives = outputs.some(each => /(^|,)type=(oci|docker)(,|$)/.test(each));
  const wishes: [Capability, boolean][] = [
    ['platforms', build.platforms.length > 1],
    ['attestations', attests(build)],
    ['annotations', build.annotations.length > 0 && (push || archives)],
    ['attributes', build.imageAttributes.length > 0 && push],
    ['outputs', archives || (push && (load || outputs.length > 0))],
    ['privileges', build.allow.includes('security.insecure')],
  ];
  return wishes.filter(([, asked]) => asked).map(([wish]) => wish);
}

function attests(build: Pick<Build, 'attests'>): boolean {
  return build.attests.some(each => !each.includes('disabled=true'));
}

/** Whether a cache was chosen that not every builder can keep. */
export function needsCache({ kind, from, to }: CacheChoice): boolean {
  if (kind === 'raw') return to.some(isApart);
  return kind !== 'inline' && from.length + to.length > 0;
}

/** A cache that is not in the image itself; the engine's own builder reads all and writes none of these. */
function isApart(cache: string): boolean {
  return !/(^|,)type=inline(,|$)/.test(cache);
}

/** Whether somebody named such a cache; with `auto` it is nobody's wish, and the image is built without one as well. */
export function asksForCache(layers: CachePlan): boolean {
  if (layers.kind === 'off' || layers.kind === 'inline') return false;
  return layers.raw.to.some(isApart) || (layers.kind !== 'auto' && layers.kind !== 'raw');
}

/** The engine's own builder has two natures. https://docs.docker.com/build/builders/drivers/docker/ */
export type BuilderKind = 'docker' | 'docker with containerd' | 'another';

export function builderKindOf(
  driver: string,
  { containerdStore }: { containerdStore: boolean },
): BuilderKind {
  if (driver !== 'docker') return 'another';
  return containerdStore ? 'docker with containerd' : 'docker';
}

const cannot: Record<BuilderKind, Partial<Record<Capability, string>>> = {
  docker: {
    cache: 'keep layers anywhere but in itself and in the image',
    platforms: 'build several platforms',
    attestations: 'attest provenance or an SBOM',
    // These two it takes and leaves out, without a word.
    annotations: 'annotate an image',
    attributes: 'write an image as `outputs: type=image,…` asks',
    outputs: 'write archives of images, nor anything beside the push',
    privileges: 'grant `security.insecure`',
  },
  'docker with containerd': { privileges: 'grant `security.insecure`' },
  // BuildKit itself: https://docs.docker.com/build/builders/drivers/#feature-comparison
  another: {},
};

/** What a builder lacks of what is asked, each completing "It can't …". */
export function missingCapabilities(nature: BuilderKind, wishes: readonly Capability[]): string[] {
  return wishes.flatMap(wish => cannot[nature][wish] ?? []);
}

/** An engine with the classic image store has no place for an index, whoever builds it, and attestations make one. */
export function whyNotLoaded(build: Build, engine: { containerdStore: boolean }): string | undefined {
  if (!build.load || engine.containerdStore) return undefined;
  if (build.platforms.length > 1) return 'images of one platform only';
  return attests(build) ? 'images without attestations only' : undefined;
}

/** What the arguments here are understood by, annotations among them. https://github.com/docker/buildx/releases/tag/v0.12.0 */
export function isOldBuildx(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  // A buildx that somebody built himself says 0.0.0, whatever it is.
  return major === '0' && minor !== undefined && minor !== '0' && Number(minor) < 12;
}
