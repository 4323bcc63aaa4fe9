import type { OutputValues } from '../platform/actions.ts';
import { isRecord, parseJson } from '../validation/parsers.ts';

/**
 * The metadata file that buildx writes after a build.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#metadata-file
 */
export interface Metadata {
  /** The whole file as JSON, on one line. */
  text: string;
  /** `sha256:…` of what was pushed; `undefined` where the build made no image. */
  digest: string | undefined;
  /** `sha256:…` of the image's config; with several platforms, of their index. */
  imageId: string | undefined;
  /** What the build really used, such as base images; `undefined` where the file has no provenance. */
  materials: Material[] | undefined;
}

/** The part of a provenance in the metadata file that is read here: the digests of what BuildKit used. */
interface Provenance {
  materials?: { uri?: string; digest?: Record<string, string> }[];
}

/** The outputs of the action that docker/build-push-action has besides the digest. */
export function buildOutputs({ text, imageId }: Pick<Metadata, 'text' | 'imageId'>): OutputValues {
  return imageId === undefined
    ? [['metadata', text]]
    : [
        ['metadata', text],
        ['imageid', imageId],
      ];
}

/** Parses the text of a metadata file. Text that is not a JSON object counts as an empty one. */
export function parseMetadata(text: string): Metadata {
  const parsed = parseJson(text);
  const members = isRecord(parsed) ? parsed : {};
  const digest = textIn(members, 'containerimage.digest');
  return {
    text: JSON.stringify(members),
    digest,
    imageId: textIn(members, 'containerimage.config.digest') ?? digest,
    materials: materialsIn(members),
  };
}

function textIn(members: Record<string, unknown>, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
}

function materialsIn(members: Record<string, unknown>): Material[] | undefined {
  const provenances = Object.entries(members).filter(([name]) => name.startsWith('buildx.build.provenance'));
  if (provenances.length === 0) return undefined;
  return provenances
    .flatMap(([, provenance]) => (isProvenance(provenance) ? (provenance.materials ?? []) : []))
    .map(({ uri = '', digest = {} }) => {
      const [[algorithm, value] = ['sha256', '']] = Object.entries(digest);
      return { uri, digest: `${algorithm}:${value}` };
    });
}

function isProvenance(value: unknown): value is Provenance {
  return isRecord(value);
}

/** Something that a build used, such as a base image. */
export interface Material {
  /** Such as `pkg:docker/busybox@1.37?platform=linux%2Famd64`. */
  uri: string;
  /** `sha256:…`, or another algorithm before the colon. */
  digest: string;
}
