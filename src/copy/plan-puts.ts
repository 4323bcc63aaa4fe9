import { readContentIfSound } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { byTag, readImages } from '../image/read-images.ts';
import { Failure } from '../platform/failure.ts';
import type { Log } from '../platform/job.ts';
import type { ImageTree, TreeManifest } from './image-tree.ts';
import { otherBytes, whereIs } from './place.ts';
import type { Place } from './place.ts';

/** What the destination has of a tree: digests, and manifests by those tags that the tree has. */
export interface Held {
  digests: ReadonlySet<string>;
  byTag: ReadonlyMap<string, StoredManifest>;
}

/**
 * Asks a destination what it has of a tree.
 * @throws {Failure} where it shows other bytes under a digest of the tree.
 */
export async function readHeld(to: Place, { manifests }: ImageTree): Promise<Held> {
  const ids = [
    ...manifests.map(({ digest: imageDigest }) => ({ imageDigest })),
    ...byTag(manifests.flatMap(({ tags }) => tags)),
  ];
  const images = await readImages(to.ecr, whereIs(to), ids);
  const texts = new Map(manifests.map(({ digest, text }) => [digest, text]));
  for (const { digest, text } of images)
    if (texts.has(digest) && texts.get(digest) !== text) throw otherBytes(to, digest);
  return {
    digests: new Set(images.map(({ digest }) => digest)),
    byTag: new Map(images.flatMap(image => (image.tag === undefined ? [] : [[image.tag, image]]))),
  };
}

/** A manifest that the destination lacks, or that lacks tags there. */
export interface Put {
  manifest: TreeManifest;
  isAbsent: boolean;
  tags: readonly string[];
}

/**
 * What has to be put, in the order of the tree.
 * @throws {Failure} where a tag of another tool is on something of the destination's own, which would be lost if it moved.
 */
export function planPuts(
  { manifests }: ImageTree,
  { to, held, log }: { to: Pick<Place, 'repository'>; held: Held; log: Pick<Log, 'info'> },
): Put[] {
  const isNeeded = new Set(manifests.flatMap(({ needs }) => needs));
  return manifests.flatMap(manifest => {
    const { digest } = manifest;
    const others = manifest.tags.filter(tag => (held.byTag.get(tag)?.digest ?? digest) !== digest);
    const outdone = others.filter(tag => hasAllOf(held.byTag.get(tag), manifest));
    for (const tag of outdone)
      log.info(`${tag} stays on ${held.byTag.get(tag)?.digest}, which has all of ${digest} and more`);
    const own = others.find(tag => !outdone.includes(tag) && !hasAllOf(manifest, held.byTag.get(tag)));
    if (own !== undefined) throw wouldBeLost(to, own);
    const tags = manifest.tags.filter(
      tag => !outdone.includes(tag) && held.byTag.get(tag)?.digest !== digest,
    );
    const isOutdone = outdone.length > 0 && outdone.length === manifest.tags.length && !isNeeded.has(digest);
    const isAbsent = !held.digests.has(digest) && !isOutdone;
    return isAbsent || tags.length > 0 ? [{ manifest, isAbsent, tags }] : [];
  });
}

/** Whether what a tag of another tool is on has all that another manifest has under it, such as all signatures. */
function hasAllOf(holder: StoredManifest | undefined, other: StoredManifest | undefined): boolean {
  if (holder === undefined || other === undefined) return false;
  const has = new Set(partsOf(holder));
  const parts = partsOf(other);
  return parts.length > 0 && parts.every(part => has.has(part));
}

function wouldBeLost({ repository: { uri } }: Pick<Place, 'repository'>, tag: string): Failure {
  return new Failure(
    `${uri} has under ${tag}, by which signatures and the like are found, something that the source has not, which would be lost there if the tag moved.`,
    {
      remedy:
        'Delete that tag there if what it has is of no use, or sign the image at the source too, so that its signatures are all there. Then run the job again.',
    },
  );
}

/**
 * An image's layers, each of which is a signature or an attestation, or an index's entries, as texts to compare. All who sign an image
 * sign the same layer, and the signature itself is in its annotations.
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 */
function partsOf(stored: StoredManifest): string[] {
  const content = readContentIfSound(stored);
  if (content === undefined) return [];
  return (content.kind === 'index' ? content.manifests : content.layers).map(({ digest, annotations = {} }) =>
    JSON.stringify([
      digest,
      ...Object.entries(annotations).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ]),
  );
}
