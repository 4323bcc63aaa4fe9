import type { BuilderNode, MadeBuilderPlan } from './plan.ts';

/** The options of the driver `docker-container` by which BuildKit gets the job's proxies. */
export interface ProxyOptions {
  /** `env.name=value`, quoted where buildx would take the value apart. */
  options: string[];
  /** What is left out, a sentence each for the log. */
  notes: string[];
}

/** The plan with the job's proxies for containers on the job's engine; machines elsewhere have networks of their own. */
export function withProxies(
  plan: MadeBuilderPlan,
  environment: Readonly<Record<string, string | undefined>>,
): { plan: MadeBuilderPlan; notes: string[] } {
  const added = [plan.node, ...plan.append].map(({ endpoint, driverOpts }) =>
    plan.driver === 'docker-container' && endpoint === undefined
      ? proxyOptions(driverOpts, environment)
      : { options: [], notes: [] },
  );
  const withAdded = (node: BuilderNode, index: number): BuilderNode => ({
    ...node,
    driverOpts: [...node.driverOpts, ...(added[index]?.options ?? [])],
  });
  return {
    plan: {
      ...plan,
      node: withAdded(plan.node, 0),
      append: plan.append.map((node, index) => withAdded(node, index + 1)),
    },
    notes: [...new Set(added.flatMap(({ notes }) => notes))],
  };
}

const proxies = ['http_proxy', 'https_proxy'] as const;

/**
 * A container of BuildKit has neither the job's environment nor the engine's proxies, so its own are made of the job's, except for
 * those that `driver-opts` name. https://docs.docker.com/build/builders/drivers/docker-container/
 *
 * A proxy with a password is left out: buildx takes these options on its command line, which every process of the machine can
 * read. So is one on the machine itself, unless the container has the machine's network.
 *
 * @param given the driver's options of the inputs
 */
export function proxyOptions(
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ProxyOptions {
  const names = new Set(given.flatMap(each => /^"?env\.([^=]+)=/.exec(each)?.[1]?.toLowerCase() ?? []));
  const hasNetworkOfHost = given.some(each => /^"?network=host\b/.test(each));
  const valueOf = (name: string): string | undefined =>
    names.has(name) ? undefined : environment[name] || environment[name.toUpperCase()] || undefined;
  const found = proxies.flatMap(name => {
    const value = valueOf(name);
    const url = value === undefined ? undefined : parseProxy(value);
    if (value === undefined || url === undefined) return [];
    const note = whyLeftOut(name, url, { hasNetworkOfHost });
    return [note === undefined ? { option: `env.${name}=${value}` } : { note }];
  });
  const options = found.flatMap(({ option }) => option ?? []);
  const exceptions = valueOf('no_proxy');
  const isProxied = options.length > 0 || proxies.some(name => names.has(name));
  return {
    options: [
      ...options,
      ...(isProxied && exceptions !== undefined ? [`env.no_proxy=${exceptions}`] : []),
    ].map(quoteCommas),
    notes: [...new Set(found.flatMap(({ note }) => note ?? []))],
  };
}

/** Programs take a proxy without a scheme too; `undefined` for what none takes. */
function parseProxy(value: string): URL | undefined {
  return URL.parse(value.includes('://') ? value : `http://${value}`) ?? undefined;
}

function whyLeftOut(
  name: string,
  { username, password, hostname }: URL,
  { hasNetworkOfHost }: { hasNetworkOfHost: boolean },
): string | undefined {
  if (username !== '' || password !== '')
    return `The builder does not get the job's ${name}, as its password would stand on buildx's command line. Where the builder needs it, \`driver-opts: env.${name}=…\` gives it all the same.`;
  if (!hasNetworkOfHost && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
    return `The builder does not get the job's ${name}, as ${hostname} is another machine in its container: \`driver-opts: network=host\` gives it the network of this one.`;
  return undefined;
}

/** buildx reads an option as a line of CSV. */
function quoteCommas(option: string): string {
  return /[",]/.test(option) ? `"${option.replaceAll('"', '""')}"` : option;
}
