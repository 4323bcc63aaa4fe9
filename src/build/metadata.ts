import type { OutputValues } from '../platform/actions.ts';
import { isRecord, parseJson } from '../validation/parsers.ts';

/**
 * What buildx wrote of a build to its metadata file.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#metadata-file
 */
export interface Metadata {
  /** All of it as JSON, on one line. */
  text: string;
  /** `sha256:…` of what was pushed; nothing where the build ended in no image. */
  digest: string | undefined;
  /** `sha256:…` of the image's config; of several platforms, of their index. */
  imageId: string | undefined;
  /** The images that the build was really made of, where buildx says it. */
  materials: Material[] | undefined;
}

/** A part of it: the digests of all that a build was made of, as BuildKit took them. */
interface Provenance {
  materials?: { uri?: string; digest?: Record<string, string> }[];
}

/** What docker/build-push-action tells of a build beside the digest. */
export function buildOutputs({ text, imageId }: Pick<Metadata, 'text' | 'imageId'>): OutputValues {
  return imageId === undefined ? [['metadata', text]] : [['metadata', text], ['imageid', imageId]];
}

/** Reads the text of a metadata file; what is no JSON tells nothing. */
export function metadataOf(text: string): Metadata {
  const parsed = parseJson(text);
  const told = isRecord(parsed) ? parsed : {};
  const digest = textIn(told, 'containerimage.digest');
  return {
    text: JSON.stringify(told),
    digest,
    imageId: textIn(told, 'containerimage.config.digest') ?? digest,
    materials: materialsIn(told),
  };
}

function textIn(told: Record<string, unknown>, name: string): string | undefined {
  const value = told[name];
  return typeof value === 'string' ? value : undefined;
}

function materialsIn(told: Record<string, unknown>): Material[] | undefined {
  const provenances = Object.entries(told).filter(([name]) => name.startsWith('buildx.build.provenance'));
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

/** Something that a build was made of: `pkg:docker/busybox@1.37?platform=linux%2Famd64` and its digest. */
export interface Material {
  uri: string;
  digest: string;
}
