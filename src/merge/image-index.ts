import { createHash } from 'node:crypto';
import type { StoredManifest } from '../image/image.ts';

/**
 * Creates one index of all platform builds, with their attestations. The same builds give the same bytes, so a re-run gives the
 * same digest. https://github.com/opencontainers/image-spec/blob/main/image-index.md
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
  return { digest: `sha256:${createHash('sha256').update(text).digest('hex')}`, text, mediaType };
}

function manifestEntries({
  digest,
  text,
  mediaType,
  platforms,
}: StoredManifest & { platforms: string[] }): unknown[] {
  const { manifests }: { manifests?: unknown[] } = JSON.parse(text);
  if (manifests !== undefined) return manifests;
  const [os, architecture, variant] = (platforms[0] ?? '').split('/');
  const platform = { architecture, os, ...(variant !== undefined && { variant }) };
  return [{ mediaType, digest, size: Buffer.byteLength(text), platform }];
}
