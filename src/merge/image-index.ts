import { differencesOf, fingerprintsIn, sayDiffering } from '../build/fingerprint.ts';
import { digestOf, readContent } from '../ecr/manifest.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { nameApart } from '../image/tag-conflict.ts';

/**
 * Creates one index of all platform builds, with their attestations. The same builds give the same bytes, so a re-run gives the
 * same digest. https://github.com/opencontainers/image-spec/blob/main/image-index.md
 * @throws {Failure} where docker could read another image from the manifest of a build.
 */
export function imageIndexOf(
  builds: readonly (StoredManifest & { platforms: string[] })[],
  annotations: Record<string, string> = {},
): StoredManifest {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = builds
    .toSorted((one, other) => (one.platforms.join() < other.platforms.join() ? -1 : 1))
    .flatMap(manifestEntries);
  const annotationsMember = Object.keys(annotations).length > 0 ? { annotations } : {};
  const text = JSON.stringify({ schemaVersion: 2, mediaType, manifests, ...annotationsMember }, null, 2);
  return { digest: digestOf(text), text, mediaType };
}

function manifestEntries({ platforms, ...stored }: StoredManifest & { platforms: string[] }): unknown[] {
  const content = readContent(stored);
  if (content.kind === 'index') return content.manifests;
  const { digest, text, mediaType } = stored;
  const [os, architecture, variant] = (platforms[0] ?? '').split('/');
  const platform = { architecture, os, ...(variant !== undefined && { variant }) };
  return [{ mediaType, digest, size: Buffer.byteLength(text), platform }];
}

/** The warning where the commit's tag moves away from an index whose platforms were made from other inputs. */
export function sayMovedTag(
  tag: string,
  holder: StoredManifest | undefined,
  index: StoredManifest,
): string | undefined {
  if (holder === undefined || holder.digest === index.digest) return undefined;
  const theirs = fingerprintsIn(holder);
  const mine = fingerprintsIn(index);
  if (theirs.length === 0 || mine.length === 0) return undefined;
  const names = differencesOf(theirs.join('+'), mine.join('+'));
  if (names.length === 0) return undefined;
  return (
    `The commit's tag ${tag} moves away from ${holder.digest}, whose platforms were made from other inputs (${sayDiffering(names)}). ` +
    `If both images are wanted: ${nameApart}`
  );
}
