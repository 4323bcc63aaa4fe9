import * as parsers from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';
import { readCertificates } from './certificates.ts';
import { madeDrivers } from './plan.ts';
import type { BuilderNode, BuilderPlan, MadeBuilderPlan } from './plan.ts';

interface ReadBuilderOptions {
  exists(path: string): boolean;
  /** A variable of the job's environment. */
  jobValue(name: string): string | undefined;
  /** Masks a value in the log from then on. */
  hide(secret: string): void;
}

/** Reads the inputs about the builder. They have the names that they have in docker/setup-buildx-action. */
export async function readBuilder(reader: InputReader, options: ReadBuilderOptions): Promise<BuilderPlan> {
  const name = reader.optional('builder', validators.anything);
  const driver = reader.read(
    'driver',
    text => parsers.parseChoice(text, ['docker', ...madeDrivers] as const),
    undefined,
  );
  const endpoint = reader.optional('endpoint', validators.anything);
  const driverOpts = reader.list('driver-opts', parsers.parsePlainLines, validators.driverOption);
  const config = reader.optional('buildkitd-config-inline', validators.anything);
  const appendText = reader.optional('append', validators.anything);
  const append = appendText === undefined ? [] : await readNodes(reader, appendText);
  const node: BuilderNode = { driverOpts, platforms: [], ...(endpoint !== undefined && { endpoint }) };
  const givenInputs = Object.entries({
    driver,
    endpoint,
    'driver-opts': driverOpts[0],
    'buildkitd-config-inline': config,
    append: appendText,
  }).flatMap(([input, value]) => (value === undefined ? [] : [{ input, value }]));

  if (name !== undefined) {
    for (const { input, value } of givenInputs) {
      rejectInput(reader, {
        input,
        value,
        problem: 'makes a builder, and `builder` names one',
        remedy: 'Give one of the two.',
      });
    }
    return { kind: 'named', name, by: '`builder`' };
  }
  if (driver === undefined || driver === 'docker') {
    for (const { input, value } of givenInputs.filter(each => each.input !== 'driver')) {
      const problem = 'is for a builder that the step makes, and it makes none';
      rejectInput(reader, { input, value, problem, remedy: `Set \`driver\`: ${madeDrivers.join(', ')}.` });
    }
    return driver === undefined
      ? planFromVariable(options.jobValue(builderVariable))
      : { kind: 'named', name: 'default', by: '`driver`' };
  }
  const plan = { kind: 'made' as const, driver, node, append, ...(config !== undefined && { config }) };
  if (driver !== 'remote') return plan;
  validateRemote(reader, plan, options.exists);
  const withCertificates = (each: BuilderNode, index: number): BuilderNode => {
    const input = index === 0 ? 'driver-opts' : 'append';
    const certificates = readCertificates(reader, each, { ...options, input, index });
    return certificates.length === 0 ? each : { ...each, certificates };
  };
  return {
    ...plan,
    node: withCertificates(node, 0),
    append: append.map((each, index) => withCertificates(each, index + 1)),
  };
}

/** buildx uses the builder that this variable names before any other. https://docs.docker.com/build/building/variables/#buildx_builder */
const builderVariable = 'BUILDX_BUILDER';

function planFromVariable(name: string | undefined): BuilderPlan {
  return name ? { kind: 'named', name, by: builderVariable } : { kind: 'present' };
}

function rejectInput(reader: InputReader, { input, value, ...explanation }: parsers.Fault): void {
  reader.reject(input, value.includes('\n') ? '…' : value, explanation);
}

function validateRemote(
  reader: InputReader,
  { node, append, config }: MadeBuilderPlan,
  exists: ReadBuilderOptions['exists'],
): void {
  const remedy = 'Give the address of its BuildKit, such as tcp://buildkit.example.com:1234.';
  if (node.endpoint === undefined) reader.reject('endpoint', '', { problem: 'is missing', remedy });
  for (const each of append.filter(({ endpoint }) => endpoint === undefined)) {
    reader.reject('append', each.name ?? '…', { problem: 'has no endpoint', remedy });
  }
  if (config !== undefined) {
    reader.reject('buildkitd-config-inline', '…', {
      problem: 'is for a BuildKit that the step starts, and a remote one runs already',
      remedy: 'Set it where that BuildKit is started.',
    });
  }
  for (const { input, option, path } of certificatesOf({ node, append })) {
    if (exists(path)) continue;
    reader.reject(input, option, {
      problem: 'names a file that does not exist',
      remedy: 'Write it in a step before this one, and give its absolute path.',
    });
  }
}

/** The files of certificates and keys with which buildx meets a remote BuildKit. */
export function pathsOfBuilder(builder: BuilderPlan): { input: string; path: string; use: 'file' }[] {
  if (builder.kind !== 'made' || builder.driver !== 'remote') return [];
  return certificatesOf(builder).map(({ input, path }) => ({ input, path, use: 'file' }));
}

function certificatesOf({
  node,
  append,
}: Pick<MadeBuilderPlan, 'node' | 'append'>): { input: string; option: string; path: string }[] {
  const optionsByInput = {
    'driver-opts': node.driverOpts,
    append: append.flatMap(({ driverOpts }) => driverOpts),
  };
  return Object.entries(optionsByInput).flatMap(([input, options]) =>
    options.flatMap(option => {
      const [, path] = /^"?(?:cacert|cert|key)=([^",]*)/.exec(option) ?? [];
      return path === undefined ? [] : [{ input, option, path }];
    }),
  );
}

/** Parses the input `append`, a YAML list of nodes with `name`, `endpoint`, `driver-opts`, `buildkitd-flags` and `platforms`. */
async function readNodes(reader: InputReader, text: string): Promise<BuilderNode[]> {
  const { parseDocument } = await import('yaml');
  const remedy =
    'Give a YAML list of name, endpoint, driver-opts (a list), buildkitd-flags and platforms (between commas).';
  // Errors with an excerpt of the text take a time that grows with the square of its length.
  const document = parseDocument(text, { prettyErrors: false });
  let reason = document.errors[0]?.message.split('\n')[0];
  let nodes: unknown;
  try {
    if (reason === undefined) nodes = document.toJS();
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  if (reason !== undefined) {
    // The parser tells nesting that is too deep by the overflow of its stack.
    const isDeep = reason.startsWith('Maximum call stack size exceeded');
    reader.reject('append', '…', {
      problem: isDeep ? 'nests too deeply' : `is not YAML (${reason})`,
      remedy,
    });
    return [];
  }
  if (!Array.isArray(nodes)) {
    reader.reject('append', '…', { problem: 'is not a list', remedy });
    return [];
  }
  return nodes.map((node: unknown) => readNode(reader, node, remedy));
}

const nodeMembers = new Set(['name', 'endpoint', 'driver-opts', 'buildkitd-flags', 'platforms']);

function readNode(reader: InputReader, node: unknown, remedy: string): BuilderNode {
  const values = new Map(Object.entries(typeof node === 'object' && node !== null ? node : {}));
  for (const member of [...values.keys()].filter(each => !nodeMembers.has(each))) {
    reader.reject('append', member, { problem: 'is nothing that a node has', remedy });
  }
  if (values.size === 0) reader.reject('append', '…', { problem: 'has a node that says nothing', remedy });
  const text = (member: string): string | undefined => {
    const value: unknown = values.get(member);
    return typeof value === 'string' || typeof value === 'number' ? `${value}` : undefined;
  };
  const listOf = (member: string): string[] => {
    const value: unknown = values.get(member);
    return Array.isArray(value) ? value.map(String) : (text(member)?.split(/[\n,]/) ?? []);
  };
  const [name, endpoint, flags] = [text('name'), text('endpoint'), text('buildkitd-flags')];
  const platforms = listOf('platforms')
    .map(each => each.trim())
    .filter(Boolean);
  for (const platform of platforms) {
    const fault = validators.platform(platform);
    if (fault !== undefined) reader.reject('append', platform, fault);
  }
  return {
    ...(name !== undefined && { name }),
    ...(endpoint !== undefined && { endpoint }),
    driverOpts: listOf('driver-opts')
      .map(each => each.trim())
      .filter(Boolean),
    ...(flags !== undefined && { flags }),
    platforms,
  };
}
