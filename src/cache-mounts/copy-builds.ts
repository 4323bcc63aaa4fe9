import type { Build } from '../build/build.ts';
import type { BuildFailure } from '../docker/build-failure.ts';
import { progressArguments } from '../docker/run-build.ts';
import type { Mount, MountGroup } from './dockerfile.ts';

interface CopyBuildOptions {
  /** A random text in the command, so that BuildKit runs it and does not use its cache. */
  nonce: string;
  /** Number of the group, which is the name of its folder in `saved.tar`. */
  index: number;
}

/** A Dockerfile whose build copies the contents of the mounts to the folders `/<group>/<mount>` of its result. */
export function exportMountsDockerfile(
  { args, from, mounts }: MountGroup,
  { nonce, index }: CopyBuildOptions,
): string {
  const copies = mounts.map((_, at) => `cp -a /.mounts/${at}/. ${savedFolderOf(index, at)}/`);
  const folders = mounts.map((_, at) => savedFolderOf(index, at)).join(' ');
  return [
    `${args}${from} AS kept`,
    'USER 0',
    `RUN ${mounts.map((mount, at) => `${mountFlagOf(mount, at)} `).join('')}: ${nonce} && mkdir -p ${folders} && ${copies.join(' && ')}`,
    'FROM scratch',
    'COPY --from=kept /.saved /',
    '',
  ].join('\n');
}

/** A Dockerfile whose build fills the empty mounts from the image `saved`, or from `saved.tar` where that is `undefined`. */
export function fillMountsDockerfile(
  { args, from, mounts }: MountGroup,
  { nonce, index, saved }: CopyBuildOptions & { saved: string | undefined },
): string {
  const source = saved === undefined ? 'FROM scratch AS saved\nADD saved.tar /' : `FROM ${saved} AS saved`;
  const copies = mounts.map((_, at) => {
    const [savedFolder, target] = [savedFolderOf(index, at), `/.mounts/${at}`];
    return `if [ -d ${savedFolder} ] && [ -z "$(ls -A ${target})" ]; then cp -a ${savedFolder}/. ${target}/; fi`;
  });
  return [
    `${args}${source}`,
    from,
    'USER 0',
    `RUN --mount=type=bind,from=saved,target=/.saved ${mounts.map((mount, at) => `${mountFlagOf(mount, at)} `).join('')}: ${nonce} && ${copies.join(' && ')}`,
    '',
  ].join('\n');
}

function savedFolderOf(index: number, at: number): string {
  return `/.saved/${index}/${at}`;
}

function mountFlagOf({ id, options }: Mount, at: number): string {
  return `--mount=type=cache,id=${id},target=/.mounts/${at}${options}`;
}

/** The label with the digest of the mounts' contents in an image that saves them. */
const digestLabel = 'ecr-image.mounts';

/** A Dockerfile that makes an image of `saved.tar`, labelled with the digest of its contents. */
export function savedImageDockerfile(digest: string): string {
  return `FROM scratch\nADD saved.tar /\nLABEL ${digestLabel}=${digest}\n`;
}

/** The digest of the contents in the JSON that `imagetools inspect` prints of such an image; `undefined` where there is none. */
export function savedDigestIn(config: string): string | undefined {
  return new RegExp(`"${RegExp.escape(digestLabel)}":\\s*"([0-9a-f]+)"`).exec(config)?.[1];
}

/**
 * The arguments of `docker buildx` that build one of these Dockerfiles from standard input, with the contexts and build
 * arguments of the image. With several platforms the first one is used.
 */
export function copyArguments(
  { platforms, buildContexts, buildArgs }: Build,
  { builder, context, output }: { builder: string | undefined; context: string; output: string },
): string[] {
  return [
    'build',
    ...(builder === undefined ? [] : ['--builder', builder]),
    ...progressArguments,
    '--provenance=false',
    '--file',
    '-',
    '--output',
    output,
    ...(platforms[0] === undefined ? [] : ['--platform', platforms[0]]),
    ...buildContexts.flatMap(each => ['--build-context', each]),
    ...buildArgs.flatMap(each => (each.startsWith('BUILDKIT_SYNTAX') ? [] : ['--build-arg', each])),
    context,
  ];
}

/** Why the build of one of these Dockerfiles failed. */
export function copyErrorOf({ message }: Pick<BuildFailure, 'message'>): string {
  return /did not complete|exec:|no such file/.test(message)
    ? `${message}. It takes a shell, mkdir, ls and cp in that image.`
    : message;
}
