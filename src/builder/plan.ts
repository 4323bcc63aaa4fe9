import type { Build } from '../build/build.ts';

/** One machine of a builder, in the words of docker/setup-buildx-action. */
export interface BuilderNode {
  name?: string;
  /** A docker context or address; of a remote BuildKit its own, `tcp://host:port`. */
  endpoint?: string;
  /** `name=value` */
  driverOpts: string[];
  /** BuildKit's own flags. */
  flags?: string;
  /** The platforms that it alone builds. */
  platforms: string[];
}

/** Who builds: whoever is there and can, one that the job has, or one that is made for this job. */
export type BuilderPlan =
  | { kind: 'present' }
  | { kind: 'named'; name: string; /** Where it is named. */ by: string }
  | {
      kind: 'made';
      driver: MadeDriver;
      node: BuilderNode;
      append: BuilderNode[];
      /** TOML of BuildKit. */
      config?: string;
    };

export const madeDrivers = ['docker-container', 'kubernetes', 'remote'] as const;
export type MadeDriver = (typeof madeDrivers)[number];

/** When it takes an engine on this machine: BuildKit elsewhere needs docker's command line alone. */
export type EngineNeed = 'always' | 'for its own builder' | 'never';

/** Whether anything is built by the engine on this machine; of the job's current builder buildx knows it. */
export function engineNeedOf(plan: BuilderPlan, { load }: Pick<Build, 'load'>): EngineNeed {
  if (load || (plan.kind === 'made' && plan.driver === 'docker-container')) return 'always';
  return plan.kind === 'present' ? 'for its own builder' : 'never';
}

/** What decides the platform of an image where none is asked for: the processor here, or who builds elsewhere. */
export function nativeOf(plan: BuilderPlan, architecture: string): string[] {
  if (plan.kind !== 'made') return [`linux/${architecture}`];
  const { driver, node } = plan;
  const selectors = node.driverOpts.filter(each => /^"?nodeselector=/.test(each));
  return driver === 'docker-container' && node.endpoint === undefined
    ? [`linux/${architecture}`]
    : [driver, ...(node.endpoint === undefined ? [] : [node.endpoint]), ...selectors];
}

type Made = Extract<BuilderPlan, { kind: 'made' }>;

/**
 * The commands that make a builder, one for each node.
 * https://docs.docker.com/reference/cli/docker/buildx/create/
 */
export function createArguments({ driver, node, append, config }: Made, naming: Naming): string[][] {
  const { name, configFile, allow } = naming;
  const about = (each: BuilderNode): string[] => [
    ...option('--node', each.name),
    ...option('--platform', each.platforms.length > 0 ? each.platforms.join(',') : undefined),
    ...each.driverOpts.flatMap(opt => ['--driver-opt', quoted(opt)]),
    ...option('--buildkitd-flags', driver === 'remote' ? undefined : flagsOf(each, allow)),
  ];
  const first = ['create', '--name', name, '--driver', driver, ...about(node)];
  const settings = option('--buildkitd-config', config === undefined ? undefined : configFile);
  return [
    [...first, ...settings, ...(node.endpoint === undefined ? [] : [node.endpoint])],
    ...append.map(each => ['create', '--name', name, '--append'].concat(about(each), each.endpoint ?? [])),
  ];
}

/** buildx reads each option as a line of CSV, of which every part is an option: a value with commas in it needs quotes. */
function quoted(opt: string): string {
  const isWhole = opt.startsWith('"') || opt.split(',').every(part => part.includes('='));
  return isWhole ? opt : `"${opt.replaceAll('"', '""')}"`;
}

interface Naming {
  name: string;
  /** Where the plan's configuration is written to. */
  configFile: string;
  /** The build's entitlements. */
  allow: readonly string[];
}

/** A BuildKit of one's own grants what the build is going to ask for. */
function flagsOf({ flags }: BuilderNode, allow: readonly string[]): string | undefined {
  const grants = allow.map(each => `--allow-insecure-entitlement ${each}`);
  const all = [...(flags === undefined ? [] : [flags]), ...grants];
  return all.length > 0 ? all.join(' ') : undefined;
}

function option(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables (RUNNER_ARCH) */
export function architectureOf({ RUNNER_ARCH = 'X64' }: Record<string, string | undefined>): string {
  return { X64: 'amd64', X86: '386' }[RUNNER_ARCH] ?? RUNNER_ARCH.toLowerCase();
}
