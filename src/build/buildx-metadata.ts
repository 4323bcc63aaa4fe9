import { readFile } from 'node:fs/promises';
import type { OutputValues } from '../platform/actions.ts';
import type { Log } from '../platform/job.ts';
import { isRecord, parseJson } from '../validation/parsers.ts';
import { annotateBuildChecks, parseBuildChecks } from './build-checks.ts';
import type { BuildCheck } from './build-checks.ts';
import type { Build } from './build.ts';

/**
 * The metadata file that buildx writes after a build.
 * https://docs.docker.com/reference/cli/docker/buildx/build/#metadata-file
 */
export interface Metadata {
  /** The file as JSON, on one line and not longer than an output may be. */
  text: string;
  /** What had to be left out of the text, in words. */
  leftOut: string[];
  /** `sha256:…` of what was pushed; `undefined` where the build made no image. */
  digest: string | undefined;
  /** `sha256:…` of the image's config; with several platforms, of their index. */
  imageId: string | undefined;
  /** What the build really used, such as base images; `undefined` where the file has no provenance. */
  materials: Material[] | undefined;
  /** What build checks found. */
  checks: BuildCheck[];
}

type Members = Record<string, unknown>;

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

/** Reads the metadata file of a build, and annotates what build checks found. */
export async function readMetadata(log: Log, build: Build, file: string): Promise<Metadata> {
  const metadata = parseMetadata(await readFile(file, 'utf8').catch(() => ''), build);
  annotateBuildChecks(log, build, metadata.checks);
  if (metadata.leftOut.length > 0) {
    log.warn(
      `The output \`metadata\` has no ${metadata.leftOut.join(' and no ')}, as that would be too much for an output.`,
    );
  }
  return metadata;
}

/** Parses the text of a metadata file. Text that is not a JSON object counts as an empty one. */
export function parseMetadata(
  text: string,
  { metadataProvenance }: Partial<Pick<Build, 'metadataProvenance'>> = {},
): Metadata {
  const parsed = parseJson(text);
  const members = isRecord(parsed) ? parsed : {};
  const digest = textIn(members, 'containerimage.digest');
  return {
    ...boundedText(metadataProvenance === 'disabled' ? withoutProvenance(members) : members),
    digest,
    imageId: textIn(members, 'containerimage.config.digest') ?? digest,
    materials: materialsIn(members),
    checks: parseBuildChecks(members['buildx.build.warnings']),
  };
}

/** What BuildKit itself has reported of an image that it pushed. */
export interface ReportedImage {
  /** `sha256:…` of the manifest or the index. */
  digest: string;
  /** `sha256:…` of the image's config; absent where there are several. */
  configDigest?: string;
}

/** The metadata of an image whose build has written no file, from what BuildKit itself has reported of the push. */
export function reportedMetadata(reference: string, { digest, configDigest }: ReportedImage): Metadata {
  const members = {
    ...(configDigest !== undefined && { 'containerimage.config.digest': configDigest }),
    'containerimage.digest': digest,
    'image.name': reference,
  };
  return parseMetadata(JSON.stringify(members));
}

/**
 * GitHub takes 1 MB of outputs of a job, counted as UTF-16: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs.
 * And a step that is given one in its environment does not start where it has more bytes than this.
 */
const MAX_TEXT_BYTES = 131_072 - 1_024;

/** What can be left out of a text that is too long, in this order. */
const leavable: [words: string, without: (members: Members) => Members][] = [
  ['Dockerfile in its warnings', withoutSources],
  ['warnings', members => withoutNames(members, /^buildx\.build\.warnings/)],
  ['provenance', withoutProvenance],
  ['member but the digests', members => withoutNames(members, /^(?!containerimage\.(config\.)?digest$)/)],
];

function boundedText(members: Members): { text: string; leftOut: string[] } {
  let rest = members;
  const leftOut: string[] = [];
  for (const [words, without] of leavable) {
    const text = JSON.stringify(rest);
    if (Buffer.byteLength(text) <= MAX_TEXT_BYTES) return { text, leftOut };
    const less = without(rest);
    if (JSON.stringify(less).length < text.length) leftOut.push(words);
    rest = less;
  }
  return { text: JSON.stringify(rest), leftOut };
}

function withoutProvenance(members: Members): Members {
  return withoutNames(members, /^buildx\.build\.provenance/);
}

function withoutNames(members: Members, name: RegExp): Members {
  return Object.fromEntries(Object.entries(members).filter(([each]) => !name.test(each)));
}

/** Each warning has the whole Dockerfile in it. */
function withoutSources(members: Members): Members {
  const { 'buildx.build.warnings': warnings } = members;
  if (!Array.isArray(warnings)) return members;
  const bare = warnings.map((each: unknown) =>
    isRecord(each) && isRecord(each['sourceInfo'])
      ? Object.assign({}, each, { sourceInfo: { ...each['sourceInfo'], data: undefined } })
      : each,
  );
  return { ...members, 'buildx.build.warnings': bare };
}

function textIn(members: Members, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
}

function materialsIn(members: Members): Material[] | undefined {
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
