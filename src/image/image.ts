import type { PlatformImage } from '../ecr/manifest.ts';

/** A manifest in the repository. */
export interface Bytes {
  digest: string;
  text: string;
  mediaType: string;
}

/** An image that is in the repository, as `BatchGetImage` shows it. */
export interface StoredImage {
  digest: string;
  fingerprint: string | undefined;
  /** The bytes that the digest names. */
  text: string;
  mediaType: string;
}

/** What is in the repository under the tags of this commit. */
export interface ExistingImages {
  candidate?: StoredImage;
  /** The image of the same content, whichever commit it was built for. */
  content?: StoredImage;
  /** Digests of the release tags that exist. */
  releases: Record<string, string>;
  /** The manifests of those tags that layers can be read from. */
  caches?: ReadonlyMap<string, string>;
}

/** An image in the registry: of this run, of an earlier one of the same commit and inputs, or one that was named. */
export type Image = {
  /** `uri@sha256:…`: what a deploy step wants. */
  ref: string;
  digest: string;
  /** The commit's tag, under which it was pushed; of one that was named, the tag that named it. */
  tag?: string;
} & (
  | { kind: 'built' }
  | { kind: 'reused'; by: 'commit' | 'content'; manifest: Pick<StoredImage, 'text' | 'mediaType'> }
  | { kind: 'joined'; isNew: boolean; manifest: Pick<StoredImage, 'text' | 'mediaType'> }
  | { kind: 'found'; manifest: Pick<StoredImage, 'text' | 'mediaType'> }
);

/** The bytes that the digest names, and the images behind them. */
export interface Manifest {
  text: string;
  mediaType: string;
  platforms: PlatformImage[];
}

/** The platform of an image that does not say it. */
export interface LikelyPlatform {
  name: string;
  /** It was asked for, or the builder was made on this machine. */
  isCertain: boolean;
}
