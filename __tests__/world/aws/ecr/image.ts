import { parseRecord, isRecord } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { digestOf } from './content.ts';

/** A manifest that was pushed: an image, an index of images, or another artifact. */
export interface Image {
  readonly digest: string;
  /** The manifest's very text. */
  readonly manifest: string;
  readonly mediaType: string;
  readonly artifactMediaType?: string;
  /** The manifest's layers, as ECR counts them. */
  readonly sizeInBytes: number;
  readonly pushedAt: Date;
  readonly lastPulledAt?: Date;
  /** When it was last moved to the storage class for archives. */
  readonly archivedAt?: Date;
  /** When it is back in the standard storage class; absent while nobody has asked for that. */
  readonly restoredAt?: Date;
  /** `linux/amd64`, `linux/arm/v7`; `unknown/unknown` for attestations; absent for an index. */
  readonly platform?: string;
  /** The image's config as it was parsed; absent for an index. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Digests of the manifests that an index names. */
  readonly children: readonly string[];
  /** Digest of the manifest that this one is about, such as a signature's image. */
  readonly subject?: string;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** A manifest as it was parsed. */
export interface Manifest {
  text: string;
  digest: string;
  mediaType: string;
  artifactMediaType?: string;
  /** Absent for an index. */
  config?: Descriptor;
  layers: Descriptor[];
  children: string[];
  subject?: string;
  annotations?: Record<string, unknown>;
}

export interface Descriptor {
  digest: string;
  mediaType: string;
  size: number;
}

const indexTypes = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
const imageTypes = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);
const imageConfigTypes = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

/** Whether a media type is an index's, which has no layers and cannot be scanned. */
export function isIndex(mediaType: string): boolean {
  return indexTypes.has(mediaType);
}

/** Whether something is an image that runs somewhere, and no attestation, cache or other artifact. */
export function isRunnable({ mediaType, artifactMediaType, platform }: Image): boolean {
  const isImage = artifactMediaType === undefined || imageConfigTypes.has(artifactMediaType);
  return !isIndex(mediaType) && isImage && platform !== undefined && !platform.startsWith('unknown/');
}

/**
 * Reads a manifest.
 *
 * @param mediaType as it was told beside it; needed where the manifest itself does not say
 * @throws {Refusal} InvalidParameterException
 */
export function parseManifest(text: string, mediaType: string | undefined): Manifest {
  const manifest = parseRecord(text);
  const type = typeof manifest?.mediaType === 'string' ? manifest.mediaType : mediaType;
  if (!manifest || manifest.schemaVersion !== 2 || type === undefined || (mediaType ?? type) !== type) {
    throw unreadable();
  }
  const digest = digestOf(text);
  const [subject] = manifest.subject === undefined ? [] : descriptors([manifest.subject]);
  const about = {
    ...(subject === undefined ? {} : { subject: subject.digest }),
    ...(isRecord(manifest.annotations) ? { annotations: manifest.annotations } : {}),
  };
  if (isIndex(type)) {
    const children = descriptors(manifest.manifests).map(child => child.digest);
    const artifactType = typeof manifest.artifactType === 'string' ? manifest.artifactType : undefined;
    return {
      text,
      digest,
      mediaType: type,
      ...(artifactType === undefined ? {} : { artifactMediaType: artifactType }),
      layers: [],
      children,
      ...about,
    };
  }
  if (!imageTypes.has(type)) throw unreadable();
  const [config] = descriptors([manifest.config]);
  if (!config) throw unreadable();
  const artifactMediaType =
    typeof manifest.artifactType === 'string' ? manifest.artifactType : config.mediaType;
  return {
    text,
    digest,
    mediaType: type,
    artifactMediaType,
    config,
    layers: descriptors(manifest.layers),
    children: [],
    ...about,
  };
}

/** A config's platform, as `os/architecture[/variant]`. */
export function platformOf(config: Readonly<Record<string, unknown>>): string {
  const { os = 'unknown', architecture = 'unknown', variant } = config;
  return [os, architecture, variant].filter(part => typeof part === 'string' && part !== '').join('/');
}

/** The labels in an image's config. */
export function labelsOf(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inner = isRecord(config.config) ? config.config : {};
  return isRecord(inner.Labels) ? inner.Labels : {};
}

function descriptors(list: unknown): Descriptor[] {
  if (!Array.isArray(list)) throw unreadable();
  return list.map((item: unknown) => {
    if (!isRecord(item)) throw unreadable();
    const { digest, mediaType = '', size } = item;
    if (typeof digest !== 'string' || typeof mediaType !== 'string' || typeof size !== 'number') {
      throw unreadable();
    }
    return { digest, mediaType, size };
  });
}

function unreadable(): Refusal {
  return new Refusal(
    'InvalidParameterException',
    "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
  );
}
