import { createHash } from 'node:crypto';
import { Failure } from '../platform/failure.ts';
import { isRecord, parseJson } from '../validation/parsers.ts';
import { findAmbiguousMember } from './ambiguous-json.ts';
import type { Struct } from './ambiguous-json.ts';
import { configMembers, manifestMembers } from './manifest-members.ts';

/** A manifest as it is stored in the repository: JSON text, byte for byte what the digest names. */
export interface StoredManifest {
  digest: string;
  text: string;
  /** As the registry says, which is what docker goes by. */
  mediaType: string;
}

/** The config of an image as it is stored: JSON text, byte for byte what the digest names. */
export interface StoredConfig {
  digest: string;
  text: string;
}

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

const imageTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** The media types that `BatchGetImage` may answer with. Without those of an index, ECR would choose one platform of it. */
export const manifestTypes = [...indexTypes, ...imageTypes];

/** What a manifest says, read so that docker reads the same. */
export type ManifestContent = {
  annotations: Record<string, string>;
  /** All members, those that no specification names too. */
  members: Record<string, unknown>;
} & (
  { kind: 'index'; manifests: Descriptor[] } | { kind: 'image'; config: Descriptor; layers: Descriptor[] }
);

/** https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  digest: string;
  mediaType?: string;
  /** Bytes. */
  size?: number;
  platform?: Partial<Platform>;
  annotations?: Record<string, string>;
}

/** https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
}

/**
 * Reads a manifest.
 * @throws {Failure} where it is not what its digest names, or where docker could read another image from it: it has a member
 *   twice or in another case, its own media type is another than the registry's, or it is an index and an image at once.
 */
export function readContent(stored: StoredManifest): ManifestContent {
  const { mediaType } = stored;
  const name = `The manifest ${stored.digest}`;
  const members = readJson(stored, { name, struct: manifestMembers });
  const stated = members['mediaType'];
  if (stated !== undefined && stated !== mediaType) {
    throw unreadable(
      `${name} says that it is ${say(stated)}, and the registry says that it is ${say(mediaType)}.`,
    );
  }
  const annotations = stringsOf(members['annotations']);
  const { manifests, config, layers } = {
    manifests: withoutNulls(members['manifests']),
    config: withoutNulls(members['config']),
    // BuildKit writes null for an image that has no layers, `FROM scratch` with nothing but labels.
    layers: members['layers'] === null ? [] : withoutNulls(members['layers']),
  };
  if (indexTypes.includes(mediaType)) {
    refuseMembersOf('image', { name, members });
    if (!Array.isArray(manifests) || !manifests.every(isDescriptor))
      throw unreadable(`${name} is no index: its \`manifests\` are no list of descriptors.`);
    return { kind: 'index', members, annotations, manifests };
  }
  if (!imageTypes.includes(mediaType))
    throw unreadable(`${name} is neither an index nor an image: the registry calls it ${say(mediaType)}.`);
  refuseMembersOf('index', { name, members });
  if (!isDescriptor(config) || !Array.isArray(layers) || !layers.every(isDescriptor))
    throw unreadable(`${name} is no image: its \`config\` and \`layers\` are no descriptors.`);
  return { kind: 'image', members, annotations, config, layers };
}

/** The fault of an index that gives its child another media type than the registry does, so that docker reads it as another kind. */
export function misnamedChild(
  { manifests }: Pick<ManifestContent & { kind: 'index' }, 'manifests'>,
  { digest, mediaType }: StoredManifest,
): Failure | undefined {
  const entries = manifests.filter(each => each.digest === digest);
  const other = entries.find(each => each.mediaType !== undefined && each.mediaType !== mediaType);
  if (other === undefined) return undefined;
  return unreadable(
    `The index says that the manifest ${digest} is ${say(other.mediaType)}, and the registry says that it is ${say(mediaType)}.`,
  );
}

/** What a manifest says; `undefined` where `readContent` refuses it. For what is told and neither judged nor run. */
export function readContentIfSound(stored: StoredManifest): ManifestContent | undefined {
  try {
    return readContent(stored);
  } catch {
    return undefined;
  }
}

/**
 * Reads the config of an image.
 * @throws {Failure} where it is not what its digest names, or where docker could read something else from it.
 */
export function readConfig(stored: StoredConfig): Record<string, unknown> {
  return readJson(stored, { name: `The config ${stored.digest}`, struct: configMembers });
}

/**
 * The media type of a manifest that the registry does not tell: its own or, as an OCI manifest may leave it out, that of the
 * kind that its members are of. https://github.com/opencontainers/image-spec/blob/main/manifest.md
 */
export function mediaTypeIn(text: string): string {
  const body = parseJson(text);
  const { mediaType, manifests } = isRecord(body) ? body : {};
  if (typeof mediaType === 'string') return mediaType;
  return `application/vnd.oci.image.${manifests === undefined ? 'manifest' : 'index'}.v1+json`;
}

/** The digest of a text, as registries write it: `sha256:…`. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function readJson(
  { digest, text }: StoredConfig,
  { name, struct }: { name: string; struct: Struct },
): Record<string, unknown> {
  const actual = digestOf(text);
  if (actual !== digest)
    throw unreadable(`${name} is not what the registry answers: the digest of the answer is ${actual}.`);
  const body = parseJson(text);
  if (!isRecord(body)) throw unreadable(`${name} is no JSON object.`);
  const ambiguous = findAmbiguousMember(text, struct);
  switch (ambiguous?.kind) {
    case undefined:
      return body;
    case 'repeated':
      throw unreadable(`${name} has the member \`${ambiguous.path}\` twice. ${mayDiffer}`);
    case 'variant':
      throw unreadable(
        `${name} has the member \`${ambiguous.path}\`, which docker reads as \`${ambiguous.readAs}\`. ${mayDiffer}`,
      );
    case 'too deep':
      throw unreadable(`${name} is nested too deeply in \`${ambiguous.path}\`.`);
  }
}

const mayDiffer = 'Docker may run another image than the one that is judged.';

function unreadable(message: string): Failure {
  return new Failure(message, {
    remedy:
      'Delete this image in ECR, then build and push it anew. Common tools write no such thing: find out who pushed it (the event PutImage in CloudTrail).',
  });
}

const membersOf = { image: ['config', 'layers', 'fsLayers', 'blobs'], index: ['manifests'] };

function refuseMembersOf(
  kind: keyof typeof membersOf,
  { name, members }: { name: string; members: Record<string, unknown> },
): void {
  const foreign = membersOf[kind].find(member => members[member] !== undefined);
  if (foreign === undefined) return;
  const itself = kind === 'image' ? 'an index' : 'an image';
  throw unreadable(`${name} is ${itself} and has the member \`${foreign}\` of an ${kind} too. ${mayDiffer}`);
}

/** Descriptors without the members that are null: Go reads them as absent, and some tools write those that they leave out so. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutNulls(each)]));
}

function isDescriptor(value: unknown): value is Descriptor {
  if (!isRecord(value)) return false;
  const { digest, mediaType, size, platform, annotations } = value;
  return (
    typeof digest === 'string' &&
    (mediaType === undefined || typeof mediaType === 'string') &&
    // A greater number would be another one when it is written again.
    (size === undefined || Number.isSafeInteger(size)) &&
    (platform === undefined || isPlatform(platform)) &&
    (annotations === undefined || isRecord(annotations))
  );
}

/** Whether a value can be a platform: what it says of one is text. */
export function isPlatform(value: unknown): value is Partial<Platform> {
  if (!isRecord(value)) return false;
  return [value['os'], value['architecture'], value['variant']].every(
    each => each === undefined || typeof each === 'string',
  );
}

function stringsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function say(value: unknown): string {
  return `\`${String(value).slice(0, 200)}\``;
}
