import { misnamedChild } from '../ecr/manifest.ts';
import type { Descriptor, ManifestContent, StoredManifest } from '../ecr/manifest.ts';
import { Failure } from '../platform/failure.ts';
import { isRecord } from '../validation/parsers.ts';
import type { ImageTree, TreeBlob, TreeManifest } from './image-tree.ts';

/** Bytes of a blob. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html, "Layer size" */
const MAX_BLOB_BYTES = 52_000 * 1024 * 1024;

/** A manifest that was found, and what it says. */
export interface Found {
  stored: StoredManifest;
  content: ManifestContent;
  tags: ReadonlySet<string>;
}

/**
 * Makes the tree of what was found for an image.
 * @throws {Failure} where a manifest cannot be trusted.
 */
export function treeOf(root: StoredManifest, found: ReadonlyMap<string, Found>): ImageTree {
  const blobs = new Map<string, TreeBlob>();
  const manifests = new Map<string, TreeManifest>();
  const visit = (digest: string): void => {
    const each = found.get(digest);
    if (each === undefined || manifests.has(digest)) return;
    const { stored, content, tags } = each;
    const children = childrenOf(content);
    const needs = [...children, ...subjectOf(content)].filter(need => found.has(need));
    // A digest names what it depends on, so this ends.
    for (const need of needs) visit(need);
    if (content.kind === 'index') {
      for (const child of children) refuseMisnamed(content, found.get(child)?.stored);
    }
    const own = content.kind === 'image' ? [content.config, ...content.layers].map(blobOf) : [];
    for (const blob of own) {
      const known = blobs.get(blob.digest);
      if (known !== undefined && known.size !== blob.size) throw twoSizes(blob, known);
      blobs.set(
        blob.digest,
        known === undefined ? blob : { ...blob, mayBeAbsent: blob.mayBeAbsent && known.mayBeAbsent },
      );
    }
    manifests.set(digest, { ...stored, tags: [...tags], needs, blobs: own.map(blob => blob.digest) });
  };
  for (const digest of found.keys()) visit(digest);
  return {
    root,
    manifests: [...manifests.values()],
    blobs: [...blobs.values()],
    bytes: blobs.values().reduce((sum, { size }) => sum + size, 0),
  };
}

function refuseMisnamed(
  content: ManifestContent & { kind: 'index' },
  child: StoredManifest | undefined,
): void {
  const fault = child === undefined ? undefined : misnamedChild(content, child);
  if (fault !== undefined) throw fault;
}

/** The digest of what a manifest is about, where it says so. */
function subjectOf({ members: { subject } }: ManifestContent): string[] {
  return isRecord(subject) && typeof subject['digest'] === 'string' ? [subject['digest']] : [];
}

/** Begins the types of layers that a registry need not have, as those of Windows. https://github.com/opencontainers/image-spec/blob/main/layer.md */
const foreign = /^application\/vnd\.(docker\.image\.rootfs\.foreign|oci\.image\.layer\.nondistributable)\./;

function blobOf({ digest, size, mediaType = '' }: Descriptor): TreeBlob {
  requireDigest(digest);
  if (size === undefined || size < 0 || size > MAX_BLOB_BYTES) {
    throw untrusted(
      `The layer ${digest} has ${size ?? 'no'} bytes in its manifest; ECR takes up to ${MAX_BLOB_BYTES}.`,
    );
  }
  return { digest, size, mayBeAbsent: foreign.test(mediaType) };
}

/** A digest that was written by others, which is part of URLs and paths from here on. */
export function requireDigest(digest: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(digest)) return digest;
  throw untrusted(
    `'${digest.slice(0, 200)}' is no digest that ECR knows (sha256:…), and a manifest names it.`,
  );
}

function twoSizes({ digest, size }: TreeBlob, other: TreeBlob): Failure {
  return untrusted(`The layer ${digest} has ${size} bytes in one manifest and ${other.size} in another.`);
}

function untrusted(message: string): Failure {
  return new Failure(message, {
    remedy: 'Build and push this image anew: common tools write no such manifest. It was not copied.',
  });
}

/** The digests of the manifests that an index names. */
export function childrenOf(content: ManifestContent | undefined): string[] {
  return content?.kind === 'index' ? content.manifests.map(({ digest }) => requireDigest(digest)) : [];
}
