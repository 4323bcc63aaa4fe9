import type { Build } from '../build/build.ts';

/** One node of a builder, with the options that docker/setup-buildx-action has for it. */
export interface BuilderNode {
  name?: string;
  /** A docker context or address; for `driver: remote` the address of BuildKit, `tcp://host:port`. */
  endpoint?: string;
  /** `name=value` */
  driverOpts: string[];
  /** Command-line flags of `buildkitd`. */
  flags?: string;
  /** The platforms that are built on this node. */
  platforms: string[];
  /** What the job's variables give for TLS: written to files before the builder is made. */
  certificates?: Certificate[];
}

/** A certificate or a key with which buildx meets a remote BuildKit. */
export interface Certificate {
  /** The option of the driver that names its file. */
  option: 'cacert' | 'cert' | 'key';
  /** PEM. The key is a secret. */
  text: string;
}

/**
 * Which builder builds: the current one, or one made for the job where that can't do what is asked (`present`), one that
 * the workflow names (`named`), or one that the inputs ask to make (`made`).
 */
export type BuilderPlan =
  | { kind: 'present' }
  | { kind: 'named'; name: string; /** The input or variable that names it, for messages. */ by: string }
  | {
      kind: 'made';
      driver: MadeDriver;
      node: BuilderNode;
      append: BuilderNode[];
      /** BuildKit's configuration as TOML. */
      config?: string;
    };

/** The buildx drivers by which the step can make a builder. */
export const madeDrivers = ['docker-container', 'kubernetes', 'remote'] as const;
/** One of {@link madeDrivers}. */
export type MadeDriver = (typeof madeDrivers)[number];

/** When a docker engine is needed on this machine; for a remote BuildKit docker's command line is enough. */
export type EngineNeed = 'always' | 'for its own builder' | 'never';

/** Whether the engine on this machine is needed. For the job's current builder only buildx knows: `for its own builder`. */
export function engineNeedOf(plan: BuilderPlan, { load }: Pick<Build, 'load'>): EngineNeed {
  if (load || (plan.kind === 'made' && plan.driver === 'docker-container')) return 'always';
  return plan.kind === 'present' ? 'for its own builder' : 'never';
}

/**
 * What decides the image's platform where the inputs name none: this machine's processor, such as `linux/amd64`, or the
 * driver, endpoint and node selectors of a builder elsewhere. It is hashed into the image's fingerprint.
 */
export function nativePlatformOf(plan: BuilderPlan, architecture: string): string[] {
  if (plan.kind !== 'made') return [`linux/${architecture}`];
  const { driver, node } = plan;
  const selectors = node.driverOpts.filter(each => /^"?nodeselector=/.test(each));
  return driver === 'docker-container' && node.endpoint === undefined
    ? [`linux/${architecture}`]
    : [driver, ...(node.endpoint === undefined ? [] : [node.endpoint]), ...selectors];
}

/** A builder that the step makes. */
export type MadeBuilderPlan = Extract<BuilderPlan, { kind: 'made' }>;

/**
 * The arguments of the `docker buildx` commands that make a builder, one command for each node.
 * https://docs.docker.com/reference/cli/docker/buildx/create/
 */
export function createArguments(
  { driver, node, append, config }: MadeBuilderPlan,
  options: CreateArgumentsOptions,
): string[][] {
  const { name, configFile, allow } = options;
  const nodeArguments = (each: BuilderNode): string[] => [
    ...option('--node', each.name),
    ...option('--platform', each.platforms.length > 0 ? each.platforms.join(',') : undefined),
    ...each.driverOpts.flatMap(opt => ['--driver-opt', quoteOption(opt)]),
    ...option('--buildkitd-flags', driver === 'remote' ? undefined : buildkitFlagsOf(each, allow)),
  ];
  const first = ['create', '--name', name, '--driver', driver, ...nodeArguments(node)];
  const configArguments = option('--buildkitd-config', config === undefined ? undefined : configFile);
  return [
    [...first, ...configArguments, ...(node.endpoint === undefined ? [] : [node.endpoint])],
    ...append.map(each =>
      ['create', '--name', name, '--append'].concat(nodeArguments(each), each.endpoint ?? []),
    ),
  ];
}

/** buildx reads an option as a line of CSV with an option in each field, so a value with commas in it needs quotes. */
function quoteOption(opt: string): string {
  const needsNoQuotes = opt.startsWith('"') || opt.split(',').every(part => part.includes('='));
  return needsNoQuotes ? opt : `"${opt.replaceAll('"', '""')}"`;
}

interface CreateArgumentsOptions {
  name: string;
  /** Path of the file that the plan's `config` is written to. */
  configFile: string;
  /** The entitlements that the build needs, such as `network.host`. */
  allow: readonly string[];
}

/**
 * The flags of `buildkitd`, with the grants for the entitlements that the build needs. buildx itself grants `network.host` alone, and
 * only where no other grant is given, so that it is granted beside each: `network: host` needs no entry in `allow`.
 */
function buildkitFlagsOf({ flags }: BuilderNode, allow: readonly string[]): string | undefined {
  const granted = allow.length === 0 ? [] : new Set([...allow, 'network.host']);
  const grants = [...granted].map(each => `--allow-insecure-entitlement ${each}`);
  const all = [...(flags === undefined ? [] : [flags]), ...grants];
  return all.length > 0 ? all.join(' ') : undefined;
}

function option(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}

/**
 * The runner's processor by docker's name, such as `amd64`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables (RUNNER_ARCH)
 */
export function architectureOf({ RUNNER_ARCH = 'X64' }: Record<string, string | undefined>): string {
  return { X64: 'amd64', X86: '386' }[RUNNER_ARCH] ?? RUNNER_ARCH.toLowerCase();
}
