import type { CacheArguments } from '../cache/backends.ts';
import { progressArguments } from '../docker/run-build.ts';
import { fingerprintAnnotation } from '../image/description.ts';
import type { Build } from './build.ts';
import { fingerprintOf } from './fingerprint.ts';
import { secretArguments } from './secrets.ts';

/** What one call of `docker buildx build` needs besides the {@link Build}. */
export interface BuildxOptions {
  /** Full reference, `uri:tag`. */
  reference: string;
  /** Further references, `uri:tag`, that this build pushes as well. */
  releases: string[];
  cache: CacheArguments;
  /** Path of the JSON file that buildx writes the digest to. */
  metadataFile: string;
  push: boolean;
  /** Whether the image is annotated with its fingerprint; the engine's own builder can't without the containerd image store. */
  annotate: boolean;
  /** Leaves out all attestations, as the registry does not take them. */
  withoutAttestations?: boolean;
  /** Takes nothing from the builder's own cache either, whatever `no-cache` is. */
  ignoreBuilderCache?: boolean;
  /** Name of the builder, where it is not the current one. */
  builder: string | undefined;
}

/** The arguments of `docker buildx` that build an image. https://docs.docker.com/reference/cli/docker/buildx/build/ */
export function buildxArguments(build: Build, options: BuildxOptions): string[] {
  const { labels, annotations } = build.description ?? build;
  const derivedAnnotations = options.annotate ? (build.description?.derivedAnnotations ?? []) : [];
  return [
    'build',
    ...optionalFlag('--builder', options.builder),
    ...progressArguments,
    '--metadata-file',
    options.metadataFile,
    '--tag',
    options.reference,
    ...repeatedFlag('--tag', options.releases),
    ...optionalFlag('--file', build.file),
    ...optionalFlag('--target', build.target),
    ...optionalFlag('--platform', build.platforms.length === 0 ? undefined : build.platforms.join(',')),
    ...repeatedFlag('--build-context', build.buildContexts),
    ...repeatedFlag('--build-arg', build.buildArgs),
    ...repeatedFlag('--label', labels),
    ...repeatedFlag('--annotation', [...derivedAnnotations, ...annotations]),
    ...repeatedFlag('--annotation', options.annotate ? [fingerprintAnnotationOf(build)] : []),
    ...repeatedFlag(
      '--attest',
      (options.withoutAttestations ? ['type=provenance,disabled=true'] : build.attests).map(attest =>
        withBuilderId(attest, build.builderId),
      ),
    ),
    ...repeatedFlag('--secret', secretArguments(build)),
    ...repeatedFlag('--ssh', build.ssh),
    ...(build.noCache || options.ignoreBuilderCache ? ['--no-cache'] : []),
    ...repeatedFlag('--no-cache-filter', build.noCacheFilters),
    ...(build.pull ? ['--pull'] : []),
    ...optionalFlag('--network', build.network),
    ...repeatedFlag('--add-host', build.addHosts),
    ...repeatedFlag('--allow', build.allow),
    ...optionalFlag('--shm-size', build.shmSize),
    ...repeatedFlag('--ulimit', build.ulimits),
    ...optionalFlag('--cgroup-parent', build.cgroupParent),
    ...repeatedFlag('--cache-from', options.cache.from),
    ...repeatedFlag('--cache-to', options.cache.to),
    ...outputArguments(build, options),
    build.context,
  ];
}

/**
 * What the build writes. The push comes last: of several outputs the metadata file has the digest of the last.
 * https://github.com/moby/buildkit/blob/master/solver/llbsolver/solver.go
 */
function outputArguments({ load, outputs, imageAttributes }: Build, { push }: BuildxOptions): string[] {
  const extraOutputs = [...outputs, ...(load ? ['type=docker'] : [])];
  if (push && extraOutputs.length + imageAttributes.length === 0) return ['--push'];
  const imageOutput = ['type=image', ...imageAttributes, 'push=true'].join(',');
  return repeatedFlag('--output', [...extraOutputs, ...(push ? [imageOutput] : [])]);
}

function optionalFlag(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}

function repeatedFlag(flag: string, values: readonly string[]): string[] {
  return values.flatMap(value => [flag, value]);
}

function fingerprintAnnotationOf(build: Build): string {
  return `manifest,manifest-descriptor:${fingerprintAnnotation}=${fingerprintOf(build)}`;
}

/** Adds the URL of the run to an attestation of provenance that does not name a builder. */
function withBuilderId(attest: string, builderId: string): string {
  const attributes = attest.split(',');
  const needsBuilderId =
    attributes.includes('type=provenance') &&
    !attributes.includes('disabled=true') &&
    !attributes.some(attribute => attribute.startsWith('builder-id='));
  return needsBuilderId ? `${attest},builder-id=${builderId}` : attest;
}
