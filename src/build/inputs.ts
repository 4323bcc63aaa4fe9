import type { Mode } from '../validation/mode.ts';
import * as field from '../validation/parsers.ts';
import type { Door } from '../validation/reader.ts';
import * as check from '../validation/validators.ts';
import { readAttests } from './attestation-inputs.ts';
import type { Build } from './build.ts';
import { readOutputs, refuseDockerArchive } from './exporter-inputs.ts';
import { fitTarget } from './lambda-target.ts';
import { readSecrets } from './secret-inputs.ts';

interface Surroundings {
  mode: Mode;
  /** A build that pushes nothing has no image to describe. */
  push: boolean;
  /** Whether there is a file or a folder of this path in the workspace. */
  exists(path: string): boolean;
  /** A variable of the job's environment. */
  jobValue(name: string): string | undefined;
  /** URL of the run and its attempt. */
  runUrl: string;
  /** Address of GitHub, and there the commit as a context that buildx clones. */
  ownUrl: string;
  defaultContext: string;
}

/** Reads the inputs about what is built. */
export function readBuild(door: Door, surroundings: Surroundings): Build {
  const { exists, jobValue, runUrl, defaultContext } = surroundings;
  const withCommit = (text: string): string =>
    text.replaceAll(/\{\{\s*defaultContext\s*\}\}/g, () => defaultContext);
  const context = withCommit(door.text('context', check.anything, '.'));
  const file = door.optional('file', check.anything);
  const target = door.optional('target', check.anything);
  const network = door.optional('network', check.anything);
  const shmSize = door.optional('shm-size', check.size);
  const cgroupParent = door.optional('cgroup-parent', check.anything);
  const buildArgs = door.list('build-args', field.linesOf, check.assignment);
  const buildContexts = door.list(
    'build-contexts',
    text => field.linesOf(withCommit(text)),
    text => namedContext(text, exists),
  );
  refuseMissingFiles(door, { context, file, exists });
  const build: Build = {
    context,
    buildContexts,
    ...(file !== undefined && { file }),
    ...(target !== undefined && { target }),
    platforms: [...new Set(door.list('platforms', field.itemsOf, check.platform).map(normalPlatform))],
    buildArgs,
    jobValues: Object.fromEntries(
      buildArgs.filter(each => !each.includes('=')).map(name => [name, jobValue(name) ?? '']),
    ),
    labels: door.list('labels', field.linesOf, check.assignment),
    annotations: door.list('annotations', field.linesOf, check.annotation),
    deriveLabels: door.read('derive-labels', field.flagOf, true),
    secrets: readSecrets(
      door,
      [context, ...buildContexts.map(each => each.replace(/^[^=]+=/, ''))],
      surroundings,
    ),
    ssh: door.list('ssh', field.itemsOf, text => sshSource(text, surroundings)),
    noCache: door.read('no-cache', field.flagOf, false),
    noCacheFilters: door.list('no-cache-filters', field.itemsOf, check.anything),
    pull: door.read('pull', field.flagOf, false),
    attests: readAttests(door),
    builderId: runUrl,
    load: door.read('load', field.flagOf, false),
    ...readOutputs(door, surroundings),
    ...(network !== undefined && { network }),
    addHosts: door.list('add-hosts', field.itemsOf, check.hostAddress),
    allow: door.list('allow', field.itemsOf, check.anything),
    ...(shmSize !== undefined && { shmSize }),
    ulimits: door.list('ulimit', field.linesOf, check.ulimit),
    ...(cgroupParent !== undefined && { cgroupParent }),
  };
  refuseDockerArchive(door, build);
  return fitTarget(door, build, surroundings);
}

/** Whether a context is no folder of the workspace. */
export function isRemote(context: string): boolean {
  return /^([a-z-]+:\/\/|git@|github\.com\/)/.test(context);
}

function refuseMissingFiles(
  door: Door,
  { context, file, exists }: { context: string; file: string | undefined } & Pick<Surroundings, 'exists'>,
): void {
  if (isRemote(context)) return;
  const checkout = 'check that a step `uses: actions/checkout` comes before this one.';
  if (!exists(context)) {
    door.fault('context', context, {
      problem: 'is not a folder of the workspace',
      remedy: `Check the path, and ${checkout}`,
    });
  } else if (!exists(file ?? `${context}/Dockerfile`)) {
    door.fault(file === undefined ? 'context' : 'file', file ?? context, {
      problem: file === undefined ? 'has no Dockerfile' : 'does not exist in the workspace',
      remedy: `Give the path of the Dockerfile from the workspace in \`file\`, and ${checkout}`,
    });
  }
}

/** https://docs.docker.com/reference/cli/docker/buildx/build/#build-context */
function namedContext(text: string, exists: Surroundings['exists']): field.Objection | undefined {
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
function sshSource(
  text: string,
  { exists, jobValue }: Pick<Surroundings, 'exists' | 'jobValue'>,
): field.Objection | undefined {
  const [id = '', ...rest] = text.split('=');
  const paths = rest.join('=').split(',').filter(Boolean);
  if (paths.length > 0 ? paths.every(exists) : jobValue('SSH_AUTH_SOCK')) return undefined;
  return {
    problem:
      paths.length > 0 ? 'names a key or a socket that does not exist' : 'needs an agent, and none runs',
    remedy: `Give ${id}=path of a key, or start an agent in a step before this one, which sets SSH_AUTH_SOCK.`,
  };
}

/** Other names of processors, with the variant that they mean. https://github.com/containerd/platforms/blob/main/database.go */
const architectures: Record<string, string> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  i386: '386',
  aarch64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
  arm: 'arm/v7',
};

/** What a variant adds nothing to. */
const plain = new Set(['arm64/v8', 'amd64/v1']);

/** A platform as BuildKit writes it: `aarch64`, `linux/arm64/v8` and `linux/arm64` are one. */
export function normalPlatform(text: string): string {
  const [first = '', second, third] = text.split('/');
  const [os, architecture] = second === undefined ? ['linux', first] : [first, second];
  const known = architectures[architecture] ?? architecture;
  if (third === undefined) return `${os}/${known}`;
  const [base = known] = known.split('/');
  const variant = /^\d$/.test(third) ? `v${third}` : third;
  return plain.has(`${base}/${variant}`) ? `${os}/${base}` : `${os}/${base}/${variant}`;
}
