import type { CacheArguments } from './cache.ts';
import { fingerprintAnnotation, fingerprintOf } from './reuse.ts';

/** What is built, in the words of docker/build-push-action. */
export interface Build {
  /** A folder or a URL that buildx takes. */
  context: string;
  file?: string;
  target?: string;
  platforms: string[];
  /** `NAME=value`, or `NAME` for the job's own value. */
  buildArgs: string[];
  /** `name=value`. */
  labels: string[];
}

export interface BuildxOptions {
  /** Full reference, `uri:tag`. */
  reference: string;
  cache: CacheArguments;
  /** Path of the JSON file that buildx writes the digest to. */
  metadataFile: string;
  push: boolean;
  /** Say in the image what it was made from; the engine's own builder can't without the containerd image store. */
  annotate: boolean;
  /** Name of the builder, where it is not the current one. */
  builder: string | undefined;
}

/** The arguments of `docker buildx`. https://docs.docker.com/reference/cli/docker/buildx/build/ */
export function buildxArguments(build: Build, options: BuildxOptions): string[] {
  return [
    'build',
    ...(options.builder === undefined ? [] : ['--builder', options.builder]),
    '--progress',
    'plain',
    '--metadata-file',
    options.metadataFile,
    '--tag',
    options.reference,
    ...(build.file === undefined ? [] : ['--file', build.file]),
    ...(build.target === undefined ? [] : ['--target', build.target]),
    ...(build.platforms.length === 0 ? [] : ['--platform', build.platforms.join(',')]),
    ...build.buildArgs.flatMap(each => ['--build-arg', each]),
    ...build.labels.flatMap(each => ['--label', each]),
    ...(options.annotate
      ? ['--annotation', `manifest,manifest-descriptor:${fingerprintAnnotation}=${fingerprintOf(build)}`]
      : []),
    ...options.cache.from.flatMap(each => ['--cache-from', each]),
    ...options.cache.to.flatMap(each => ['--cache-to', each]),
    ...(options.push ? ['--push'] : []),
    build.context,
  ];
}
