import type { CacheArguments } from '../cache/backends.ts';
import { fingerprintAnnotation } from '../image/description.ts';
import type { Build } from './build.ts';
import { fingerprintOf } from './fingerprint.ts';
import { secretArguments } from './secrets.ts';

export interface BuildxOptions {
  /** Full reference, `uri:tag`. */
  reference: string;
  /** Further references, where the build pushes all of them. */
  releases: string[];
  cache: CacheArguments;
  /** Path of the JSON file that buildx writes the digest to. */
  metadataFile: string;
  push: boolean;
  /** Say in the image what it was made from; the engine's own builder can't without the containerd image store. */
  annotate: boolean;
  /** Leave out what the build attests by default and by its inputs, as the registry does not take it. */
  unattested?: boolean;
  /** Take nothing from the builder's own cache either, whatever was asked for. */
  anew?: boolean;
  /** Name of the builder, where it is not the current one. */
  builder: string | undefined;
}

/** The arguments of `docker buildx`. https://docs.docker.com/reference/cli/docker/buildx/build/ */
export function buildxArguments(build: Build, options: BuildxOptions): string[] {
  const { labels, annotations } = build.description ?? build;
  const noted = options.annotate ? (build.description?.derivedAnnotations ?? []) : [];
  return [
    'build',
    ...one('--builder', options.builder),
    '--progress',
    'plain',
    '--metadata-file',
    options.metadataFile,
    '--tag',
    options.reference,
    ...each('--tag', options.releases),
    ...one('--file', build.file),
    ...one('--target', build.target),
    ...one('--platform', build.platforms.length === 0 ? undefined : build.platforms.join(',')),
    ...each('--build-context', build.buildContexts),
    ...each('--build-arg', build.buildArgs),
    ...each('--label', labels),
    ...each('--annotation', [...noted, ...annotations]),
    ...each('--annotation', options.annotate ? [fingerprintNote(build)] : []),
    ...each(
      '--attest',
      (options.unattested ? ['type=provenance,disabled=true'] : build.attests).map(attest =>
        withBuilderId(attest, build.builderId),
      ),
    ),
    ...each('--secret', secretArguments(build)),
    ...each('--ssh', build.ssh),
    ...(build.noCache || options.anew ? ['--no-cache'] : []),
    ...each('--no-cache-filter', build.noCacheFilters),
    ...(build.pull ? ['--pull'] : []),
    ...one('--network', build.network),
    ...each('--add-host', build.addHosts),
    ...each('--allow', build.allow),
    ...one('--shm-size', build.shmSize),
    ...each('--ulimit', build.ulimits),
    ...one('--cgroup-parent', build.cgroupParent),
    ...each('--cache-from', options.cache.from),
    ...each('--cache-to', options.cache.to),
    ...outputArguments(build, options),
    build.context,
  ];
}

/**
 * What the build writes. The push comes last: of several outputs the metadata file has the digest of the last.
 * https://github.com/moby/buildkit/blob/master/solver/llbsolver/solver.go
 */
function outputArguments({ load, outputs, imageAttributes }: Build, { push }: BuildxOptions): string[] {
  const beside = [...outputs, ...(load ? ['type=docker'] : [])];
  if (push && beside.length + imageAttributes.length === 0) return ['--push'];
  const pushed = ['type=image', ...imageAttributes, 'push=true'].join(',');
  return each('--output', [...beside, ...(push ? [pushed] : [])]);
}

function one(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}

function each(flag: string, values: readonly string[]): string[] {
  return values.flatMap(value => [flag, value]);
}

function fingerprintNote(build: Build): string {
  return `manifest,manifest-descriptor:${fingerprintAnnotation}=${fingerprintOf(build)}`;
}

/** Provenance that was asked for names the run that built, unless it names another. */
function withBuilderId(attest: string, builderId: string): string {
  const attributes = attest.split(',');
  const takesOne =
    attributes.includes('type=provenance') &&
    !attributes.includes('disabled=true') &&
    !attributes.some(attribute => attribute.startsWith('builder-id='));
  return takesOne ? `${attest},builder-id=${builderId}` : attest;
}
