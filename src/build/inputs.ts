import { isRunnersOwn } from '../platform/runner-variables.ts';
import type { Mode } from '../validation/mode.ts';
import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';
import { readAttests } from './attestation-inputs.ts';
import type { Build, MetadataProvenance } from './build.ts';
import { readOutputs, refuseDockerArchive } from './exporter-inputs.ts';
import { fitDeployTarget } from './lambda-target.ts';
import { readSecrets } from './secret-inputs.ts';

interface ReadBuildOptions {
  mode: Mode;
  /** A build that pushes nothing has no image to describe. */
  push: boolean;
  /** Whether there is a file or a folder of this path in the workspace. */
  exists(path: string): boolean;
  /** A variable of the job's environment. */
  jobValue(name: string): string | undefined;
  /** This machine's processor by docker's name, such as `amd64`. */
  architecture: string;
  /** URL of the run and its attempt. */
  runUrl: string;
  /** URL of the job's repository, as git clones it. */
  ownUrl: string;
  /** The commit as a context that buildx clones. */
  defaultContext: string;
  /** Masks a value in the log from then on. */
  hide(secret: string): void;
}

/** Reads the inputs about what is built. */
export function readBuild(reader: InputReader, options: ReadBuildOptions): Build {
  const { exists, jobValue, architecture, runUrl, defaultContext } = options;
  const fillDefaultContext = (text: string): string =>
    text.replaceAll(/\{\{\s*defaultContext\s*\}\}/g, () => defaultContext);
  const context = fillDefaultContext(reader.text('context', validators.anything, '.'));
  const file = reader.optional('file', validators.anything);
  const target = reader.optional('target', validators.anything);
  const network = reader.optional('network', validators.anything);
  const shmSize = reader.optional('shm-size', validators.size);
  const cgroupParent = reader.optional('cgroup-parent', validators.anything);
  const buildArgs = reader.list('build-args', parsers.parseLines, validateBuildArg);
  const buildContexts = reader.list(
    'build-contexts',
    text => parsers.parseLines(fillDefaultContext(text)),
    text => validateNamedContext(text, exists),
  );
  refuseMissingFiles(reader, { context, file, exists });
  const build: Build = {
    context,
    buildContexts,
    ...(file !== undefined && { file }),
    ...(target !== undefined && { target }),
    platforms: [
      ...new Set(
        reader
          .list('platforms', parsers.parseList, validators.platform)
          .map(each => normalPlatform(each, architecture)),
      ),
    ],
    buildArgs,
    jobValues: Object.fromEntries(
      buildArgs.filter(each => !each.includes('=')).map(name => [name, jobValue(name) ?? '']),
    ),
    labels: reader.list('labels', parsers.parseLines, validators.assignment),
    annotations: reader.list('annotations', parsers.parseLines, validators.annotation),
    deriveLabels: reader.read('derive-labels', parsers.parseBoolean, true),
    secrets: readSecrets(
      reader,
      [context, ...buildContexts.map(each => each.replace(/^[^=]+=/, ''))],
      options,
    ),
    ssh: reader.list('ssh', parsers.parseList, text => validateSsh(text, options)),
    noCache: reader.read('no-cache', parsers.parseBoolean, false),
    noCacheFilters: reader.list('no-cache-filters', parsers.parseList, validators.anything),
    pull: reader.read('pull', parsers.parseBoolean, false),
    attests: readAttests(reader),
    builderId: runUrl,
    metadataProvenance: metadataProvenanceOf(jobValue('BUILDX_METADATA_PROVENANCE')),
    load: reader.read('load', parsers.parseBoolean, false),
    ...readOutputs(reader, options),
    ...(network !== undefined && { network }),
    addHosts: reader.list('add-hosts', parsers.parseList, validators.hostAddress),
    allow: reader.list('allow', parsers.parseList, validators.anything),
    ...(shmSize !== undefined && { shmSize }),
    ulimits: reader.list('ulimit', parsers.parseLines, validators.ulimit),
    ...(cgroupParent !== undefined && { cgroupParent }),
  };
  refuseDockerArchive(reader, build);
  return fitDeployTarget(reader, build, options);
}

/** Reads the variable as buildx does: https://github.com/docker/buildx/blob/master/util/confutil/metadata.go */
function metadataProvenanceOf(text = ''): MetadataProvenance {
  if (text === 'max' || text === 'disabled') return text;
  return /^(0|f|F|false|False|FALSE)$/.test(text) ? 'disabled' : 'min';
}

const DEFAULT_STALL_TIMEOUT_MS = 600_000;

/** BuildKit's own pauses between tries are 1, 2 and 4 s, and are no stall. */
const LEAST_STALL_TIMEOUT_MS = 5000;

/** Reads `stall-timeout`, in milliseconds. */
export function readStallTimeout(reader: InputReader): number {
  const parse = (text: string): parsers.Parsed<number> => {
    const parsed = parsers.parseDuration(text);
    return 'value' in parsed && parsed.value < LEAST_STALL_TIMEOUT_MS
      ? { problem: 'is too short', remedy: 'Allowed: from 5s to 6h, such as 90s or 10m.' }
      : parsed;
  };
  return reader.read('stall-timeout', parse, DEFAULT_STALL_TIMEOUT_MS);
}

/** Whether a context is an address rather than a folder of the workspace. */
export function isRemote(context: string): boolean {
  return /^([a-z-]+:\/\/|git@|github\.com\/)/.test(context);
}

function refuseMissingFiles(
  reader: InputReader,
  { context, file, exists }: { context: string; file: string | undefined } & Pick<ReadBuildOptions, 'exists'>,
): void {
  if (isRemote(context)) return;
  const checkout = 'check that a step `uses: actions/checkout` comes before this one.';
  if (!exists(context)) {
    const isOfMetadata = context === 'git' || context === 'workflow';
    reader.reject('context', context, {
      problem: 'is not a folder of the workspace',
      remedy: isOfMetadata
        ? "docker/metadata-action has an input of this name; here it is the build's folder, and the event says what the tags are made of: leave it out."
        : `Check the path, and ${checkout}`,
    });
  } else if (!exists(file ?? `${context}/Dockerfile`)) {
    reader.reject(file === undefined ? 'context' : 'file', file ?? context, {
      problem: file === undefined ? 'has no Dockerfile' : 'does not exist in the workspace',
      remedy: `Give the path of the Dockerfile from the workspace in \`file\`, and ${checkout}`,
    });
  }
}

/** An argument without a value has that of the variable of the job. https://docs.docker.com/reference/cli/docker/buildx/build/#build-arg */
const validateBuildArg: validators.Validator = text =>
  isRunnersOwn(text) && !text.includes('=')
    ? {
        problem: "names a variable of the runner's own, which no build gets",
        remedy: 'Give NAME=value, or the name of a variable that the job sets.',
      }
    : validators.assignment(text);

/** https://docs.docker.com/reference/cli/docker/buildx/build/#build-context */
function validateNamedContext(text: string, exists: ReadBuildOptions['exists']): parsers.Problem | undefined {
  const [, path] = /^[^=\s]+=(.+)$/.exec(text) ?? [];
  if (path === undefined) {
    return {
      problem: 'is not a named context',
      remedy: 'Give name=path, one a line, or a URL or an image (docker-image://…) as the path.',
    };
  }
  if (path.startsWith('target:')) {
    return {
      problem: 'names a stage, which `docker buildx bake` alone takes',
      remedy: 'A stage of the same Dockerfile needs no context: write FROM or COPY --from with its name.',
    };
  }
  return isRemote(path) || exists(path)
    ? undefined
    : {
        problem: 'names a folder that is not in the workspace',
        remedy: 'Check the path; an image is docker-image://….',
      };
}

/** https://docs.docker.com/reference/cli/docker/buildx/build/#ssh */
function validateSsh(
  text: string,
  { exists, jobValue }: Pick<ReadBuildOptions, 'exists' | 'jobValue'>,
): parsers.Problem | undefined {
  const [id = '', ...rest] = text.split('=');
  const paths = rest.join('=').split(',').filter(Boolean);
  if (paths.length > 0 ? paths.every(exists) : jobValue('SSH_AUTH_SOCK')) return undefined;
  return {
    problem:
      paths.length > 0 ? 'names a key or a socket that does not exist' : 'needs an agent, and none runs',
    remedy: `Give ${id}=path of a key, or start an agent in a step before this one, which sets SSH_AUTH_SOCK.`,
  };
}

/** Other names of processor architectures, with the variant that they imply. https://github.com/containerd/platforms/blob/main/database.go */
const architectureAliases = new Map([
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['i386', '386'],
  ['aarch64', 'arm64'],
  ['armhf', 'arm/v7'],
  ['armel', 'arm/v6'],
  ['arm', 'arm/v7'],
]);

/** Variants that are the default of their architecture, so that they are left out. */
const defaultVariants = new Set(['arm64/v8', 'amd64/v1']);

/** Names of operating systems, which stand for one on this machine's processor. https://github.com/containerd/platforms/blob/main/database.go */
const operatingSystems = new Set(
  'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
);

/**
 * A platform as BuildKit writes it: `aarch64` and `linux/arm64/v8` become `linux/arm64`. `local` and the name of an operating system
 * alone are those of this machine, whose processor is `own`: `amd64`.
 */
export function normalPlatform(text: string, own: string): string {
  if (text === 'local') return normalPlatform(`linux/${own}`, own);
  if (operatingSystems.has(text)) return normalPlatform(`${text}/${own}`, own);
  const [first = '', second, third] = text.split('/');
  const [os, architecture] = second === undefined ? ['linux', first] : [first, second];
  const architectureName = architectureAliases.get(architecture) ?? architecture;
  if (third === undefined) return `${os}/${architectureName}`;
  const [base = architectureName] = architectureName.split('/');
  const variant = /^\d$/.test(third) ? `v${third}` : third;
  return defaultVariants.has(`${base}/${variant}`) ? `${os}/${base}` : `${os}/${base}/${variant}`;
}
