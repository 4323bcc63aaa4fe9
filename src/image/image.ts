import type { StoredManifest } from '../ecr/manifest.ts';
import type { PlatformImage } from '../ecr/platforms.ts';

/** An image in the repository, as `BatchGetImage` answers it. */
export interface StoredImage extends StoredManifest {
  /** The fingerprint of the inputs of its build, from its annotation. */
  fingerprint: string | undefined;
}

/** The images that the repository already has under the tags of this run. */
export interface ExistingImages {
  /** The image with the tag of the commit. */
  candidate?: StoredImage;
  /** The image that was built from the same content, for this commit or another. */
  content?: StoredImage;
  /** Digests by release tag, for those tags that exist. */
  releases: Record<string, string>;
  /** Manifests by release tag. */
  holders?: ReadonlyMap<string, StoredManifest>;
  /** Manifests by tag, for those tags that layers can be read from. */
  caches?: ReadonlyMap<string, StoredManifest>;
}

/**
 * The image of the run: built or joined by this run, reused from an earlier run, or named by an input; the latter is found in the
 * repository or copied into it.
 */
export type Image = {
  /** `uri@sha256:…`, which a deploy step needs. */
  ref: string;
  digest: string;
  /** The tag of the commit, under which it was pushed. For an image that an input names, the tag in that input. */
  tag?: string;
} & (
  | { kind: 'built' }
  | {
      kind: 'reused';
      by: 'commit' | 'content';
      manifest: Pick<StoredImage, 'text' | 'mediaType'>;
      /** Whether another job has pushed it during this run, so that ECR may not know it everywhere yet. */
      isRecent?: true;
    }
  | { kind: 'joined'; isNew: boolean; manifest: Pick<StoredImage, 'text' | 'mediaType'> }
  | { kind: 'found'; manifest: Pick<StoredImage, 'text' | 'mediaType'> }
  | {
      kind: 'copied';
      /** Whether the repository lacked any of it. */
      isNew: boolean;
      /** The reference by digest of the image that it was copied from. */
      from: string;
      manifest: Pick<StoredImage, 'text' | 'mediaType'>;
    }
);

/** What is known of when an image came into the repository. */
type Arrival = Pick<Image, 'kind'> & { isRecent?: true; isNew?: boolean };

/** Whether an image was pushed, joined or copied just before, by this run or by another job during it. */
export function isJustPushed(image: Arrival): boolean {
  return image.kind === 'built' || image.kind === 'joined' || image.isRecent === true || isJustCopied(image);
}

/** Whether this run has put the image's manifests into the repository, so that a scan of them may be about to begin. */
export function isPutByRun(image: Arrival): boolean {
  return image.kind === 'built' || isJustCopied(image);
}

/** Whether this run has copied the image into the repository, where it has no tag then. */
export function isJustCopied({ kind, isNew }: Arrival): boolean {
  return kind === 'copied' && isNew === true;
}

/** Whether an input names the image, which need not be of the run's commit then and does not have its tag. */
export function isNamedByInput({ kind }: Pick<Image, 'kind'>): boolean {
  return kind === 'found' || kind === 'copied';
}

/** The manifest of the image, byte for byte, and the images of its platforms. */
export interface Manifest {
  text: string;
  mediaType: string;
  platforms: PlatformImage[];
}

/** The platform to assume for an image that does not name its own. */
export interface LikelyPlatform {
  name: string;
  /** Whether the platform was asked for, or the builder was created on this machine. */
  isCertain: boolean;
}
