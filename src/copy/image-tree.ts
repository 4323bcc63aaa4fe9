import type { StoredManifest } from '../ecr/manifest.ts';

/** A manifest of a tree. */
export interface TreeManifest extends StoredManifest {
  /** Tags by which other tools find it, made of the digest of what it is about, as cosign's `sha256-….sig`. */
  tags: readonly string[];
  /** Digests of the tree's manifests that have to be there before it: an index's children, a referrer's subject. */
  needs: readonly string[];
  /** The digests of its config and layers. */
  blobs: readonly string[];
}

/** A config or a layer. */
export interface TreeBlob {
  digest: string;
  /** Bytes. */
  size: number;
  /** Whether a registry may lack it, because clients get it elsewhere: a layer that its publisher does not let others pass on. */
  mayBeAbsent: boolean;
}

/**
 * A manifest and all that belongs to it: an index's platforms and attestations, and what refers to any of them, such as
 * signatures, recursively.
 */
export interface ImageTree {
  root: StoredManifest;
  /** In the order in which they can be put: each after those that it needs. */
  manifests: readonly TreeManifest[];
  /** Each once. */
  blobs: readonly TreeBlob[];
  /** Bytes of all blobs. */
  bytes: number;
}
