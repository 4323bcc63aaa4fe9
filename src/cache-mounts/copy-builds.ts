import type { Build } from '../build/build.ts';
import type { Mount, MountGroup } from './dockerfile.ts';
import { lastErrorOf } from '../build/push-errors.ts';

interface Written {
  /** Makes BuildKit run it, whatever it remembers. */
  nonce: string;
  /** Number of the group: its folder among those that are saved. */
  index: number;
}

/** A Dockerfile whose build leaves the mounts' contents in the folders `/<group>/<mount>` of its result. */
export function extraction({ args, from, mounts }: MountGroup, { nonce, index }: Written): string {
  const copies = mounts.map((_, at) => `cp -a /.mounts/${at}/. ${folder(index, at)}/`);
  const made = mounts.map((_, at) => folder(index, at)).join(' ');
  return [
    `${args}${from} AS kept`,
    'USER 0',
    `RUN ${mounts.map((mount, at) => `${flagOf(mount, at)} `).join('')}: ${nonce} && mkdir -p ${made} && ${copies.join(' && ')}`,
    'FROM scratch',
    'COPY --from=kept /.saved /',
    '',
  ].join('\n');
}

/** A Dockerfile whose build fills the mounts that are empty from an image or from `saved.tar`. */
export function injection(
  { args, from, mounts }: MountGroup,
  { nonce, index, saved }: Written & { saved: string | undefined },
): string {
  const source = saved === undefined ? 'FROM scratch AS saved\nADD saved.tar /' : `FROM ${saved} AS saved`;
  const copies = mounts.map((_, at) => {
    const [kept, target] = [folder(index, at), `/.mounts/${at}`];
    return `if [ -d ${kept} ] && [ -z "$(ls -A ${target})" ]; then cp -a ${kept}/. ${target}/; fi`;
  });
  return [
    `${args}${source}`,
    from,
    'USER 0',
    `RUN --mount=type=bind,from=saved,target=/.saved ${mounts.map((mount, at) => `${flagOf(mount, at)} `).join('')}: ${nonce} && ${copies.join(' && ')}`,
    '',
  ].join('\n');
}

function folder(index: number, at: number): string {
  return `/.saved/${index}/${at}`;
}

function flagOf({ id, options }: Mount, at: number): string {
  return `--mount=type=cache,id=${id},target=/.mounts/${at}${options}`;
}

/** The label that says what an image of mounts holds. */
const label = 'ecr-image.mounts';

/** A Dockerfile that makes an image of `saved.tar`. */
export function keeping(digest: string): string {
  return `FROM scratch\nADD saved.tar /\nLABEL ${label}=${digest}\n`;
}

/** The digest in what `imagetools inspect` tells of such an image. */
export function keptDigestIn(config: string): string | undefined {
  return new RegExp(`"${RegExp.escape(label)}":\\s*"([0-9a-f]+)"`).exec(config)?.[1];
}

/**
 * What buildx is told to build such a Dockerfile, from standard input, as the image is built that it stands beside. Where
 * several platforms are built, the first one's image is taken.
 */
export function copyArguments(
  { platforms, buildContexts, buildArgs }: Build,
  { builder, context, output }: { builder: string | undefined; context: string; output: string },
): string[] {
  return [
    'build',
    ...(builder === undefined ? [] : ['--builder', builder]),
    '--progress',
    'plain',
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

/** Why it could not be built. */
export function copyFaultOf(output: string): string {
  const reason = lastErrorOf(output) ?? 'buildx ended without a reason';
  return /did not complete|exec:|no such file/.test(reason)
    ? `${reason}. It takes a shell, mkdir, ls and cp in that image.`
    : reason;
}
