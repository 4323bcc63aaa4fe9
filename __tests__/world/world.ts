import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JSONWebKeySet } from 'jose';
import { startAws } from './aws/aws.ts';
import type { Aws, AwsOptions } from './aws/aws.ts';
import type { Role } from './aws/identities.ts';
import type { PolicyDocument } from './aws/policy-document.ts';
import { pushBaseImage } from './docker/base-image.ts';
import { findEngine } from './docker/engine.ts';
import type { Engine } from './docker/engine.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { runAction } from './github/runner.ts';
import type { Run, RunOptions } from './github/runner.ts';
import { startGitHub } from './github/server.ts';
import type { GitHub, GitHubOptions } from './github/server.ts';
import { startDistribution } from './registry/distribution.ts';
import { startGate } from './registry/gate.ts';
import type { Gate } from './registry/gate.ts';
import { startOpenRegistry } from './registry/open-registry.ts';
import { openRegistries } from './registry/opened-registry.ts';
import type { OpenedRegistries } from './registry/opened-registry.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that the action meets outside itself: AWS, a registry behind its gate, GitHub, a real docker engine. */
export interface World extends AsyncDisposable {
  aws: Aws;
  gate: Gate;
  /** The registry of ECR Public. */
  publicGate: Gate;
  /** What goes wrong at the gates; AWS's own API has `aws.faults`. */
  gateFaults: Faults;
  /** The registry itself, behind the gate and without its rules. */
  registryUrl: string;
  /**
   * Puts a host and a real registry of its own behind the registry of some account and region. Who is asked for again is the
   * same; who is not asked for costs nothing.
   */
  openRegistry: OpenedRegistries['open'];
  /** Makes every call to AWS and every request to a registry of it take longer, those that are opened later too. */
  addLatency: OpenedRegistries['addLatency'];
  /** Makes GitHub's tokens known in another account, and has a role there that the same jobs may assume. Returns its ARN. */
  putRole(role: Partial<Role> & { accountId: string }): string;
  github: GitHub;
  engine: Engine;
  /** What the example's `FROM` is given: a small base image in a registry that asks for no login. */
  baseImage: string;
  /** What goes wrong at the registry of the base image. BuildKit asks it only for what it does not have yet. */
  baseFaults: Faults;
  /** ARN of the role that the workflow of `octo-org/octo-repo` may assume. */
  roleArn: string;
  /** A folder that is gone with the world. */
  scratch: string;
  /** Runs the action on a checkout of the example, with the inputs that every run needs. */
  run(options?: Partial<RunOptions>): Promise<Run & { dockerConfig: string }>;
  /** A copy of the example application, as a checkout leaves it in the workspace. */
  checkout(): Promise<string>;
}

export interface WorldOptions {
  aws?: Omit<AwsOptions, 'oidcProviders'>;
  github?: GitHubOptions;
  /** `owner/name` whose jobs the role admits, whatever their ref; the one of {@link World.run} where it is left out. */
  repository?: string;
  /** The issuer that AWS knows; GitHub's own where it is left out. */
  issuer?: string;
  /** The keys of GitHub's own issuer, for a job that really runs there. */
  keys?: JSONWebKeySet;
  /** Instead of the one for `repository`. */
  trustPolicy?: PolicyDocument;
  policies?: PolicyDocument[];
  /** Whether a checkout has all cities of the example, which take seconds to compute, or one alone. */
  allCities?: boolean;
}

const noContainerdStore =
  'This docker engine keeps its images without containerd, so its builder cannot cache in a registry. Set ' +
  '{"features": {"containerd-snapshotter": true}} in its daemon.json and start it again: ' +
  'https://docs.docker.com/engine/storage/containerd/';

/** A trust policy for an account's GitHub provider with these conditions on the token's claims. */
export function trust(claims: Record<string, string | string[]>, accountId = '123456789012'): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: {
          Federated: `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`,
        },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: claims,
        },
      },
    ],
  };
}

/** Every job of a repository, whether its subject has ids in it or not. */
function subjectsOf(repository: string): Record<string, string[]> {
  const [owner = '', name = ''] = repository.split('/');
  return {
    'token.actions.githubusercontent.com:sub': [`repo:${owner}/${name}:*`, `repo:${owner}@*/${name}@*:*`],
  };
}

/** Allows these actions on every resource. */
export function allow(...actions: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

/** Starts everything; what was started is stopped, and what was written removed, when it is disposed of. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), 'world-'));
  stack.defer(() => rm(scratch, { recursive: true, force: true }));
  const engine = await findEngine();
  if (!engine.containerdStore) throw new Error(noContainerdStore);
  const [github, upstream] = await Promise.all([startGitHub(options.github), startDistribution()]);
  for (const each of [github, upstream]) stack.use(each);
  const provider = {
    issuer: options.issuer ?? github.issuer,
    jwks: options.keys ?? github.jwks(),
    audiences: ['sts.amazonaws.com'],
  };
  const aws = stack.use(await startAws({ ...options.aws, oidcProviders: [provider] }));
  const gateFaults = createFaults();
  const behind = { upstream: upstream.url, faults: gateFaults };
  const gate = stack.use(await startGate({ ecr: aws.ecr, ...behind }));
  const publicGate = stack.use(await startGate({ ecr: aws.ecrPublic, ...behind }));
  const subjects = subjectsOf(options.repository ?? 'octo-org/octo-repo');
  aws.iam.putRole({
    name: 'ci',
    trustPolicy: options.trustPolicy ?? trust(subjects),
    policies: options.policies ?? [allow('ecr:*')],
  });
  const baseFaults = createFaults();
  // What is behind ECR lies beside the base image, and is as unknown here as at another company's registry.
  const isHidden = (path: string): boolean =>
    aws.ecr.repositories().some(({ name }) => path.startsWith(`/v2/${name}/`));
  const open = stack.use(await startOpenRegistry({ upstream: upstream.url, faults: baseFaults, isHidden }));
  const publicHost = open.host;
  for (const host of ['registry-1.docker.io', 'public.ecr.aws', 'quay.io'])
    aws.upstreams.set(host, `http://${publicHost}`);
  stack.defer(() => engine.forget([gate.host, publicHost, publicGate.host]));
  const base = { name: 'docker/library/busybox', tag: '1.37' };
  await pushBaseImage(engine, { url: upstream.url, ...base });
  const baseImage = `${publicHost}/${base.name}:${base.tag}`;
  const roleArn = `arn:aws:iam::${aws.accountId}:role/ci`;
  const world = {
    aws,
    gate,
    publicGate,
    gateFaults,
    registryUrl: upstream.url,
    github,
    engine,
    baseImage,
    baseFaults,
    roleArn,
    scratch,
  };
  const first = { ecr: aws.ecr, gate, gateFaults, registryUrl: upstream.url };
  const opened = stack.use(openRegistries(first, { aws, engine }));
  const kept = stack.move();
  return {
    ...world,
    openRegistry: opened.open,
    addLatency: opened.addLatency,
    putRole({ accountId, name = 'ci', policies = [allow('ecr:*')], ...role }) {
      aws.iam.putOidcProvider({ ...provider, accountId });
      const trustPolicy = trust(subjects, accountId);
      aws.iam.putRole({ trustPolicy, ...role, accountId, name, policies });
      return `arn:aws:iam::${accountId}:role/${name}`;
    },
    checkout: () => checkOut(scratch, options.allCities),
    run: (run = {}) => engine.build(() => runStep(world, run)),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/**
 * Adds a city to the almanac that no build has computed: layers are known by their content too, so only another result
 * makes sure that nothing on the machine can stand in for it.
 */
export async function addNewCity(workspace: string): Promise<void> {
  await appendFile(
    join(workspace, 'almanac', 'cities.csv'),
    `Port ${randomUUID().slice(0, 8)},Nowhere,52.52,13.41,1\n`,
  );
}

async function checkOut(scratch: string, allCities = false): Promise<string> {
  const workspace = await mkdtemp(join(scratch, 'workspace-'));
  await cp(join(root, 'examples/hello'), workspace, { recursive: true });
  if (!allCities) {
    const file = join(workspace, 'almanac', 'cities.csv');
    const [header, city] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${header}\n${city}\n`);
  }
  return workspace;
}

async function runStep(
  world: Omit<
    World,
    'run' | 'checkout' | 'openRegistry' | 'addLatency' | 'putRole' | typeof Symbol.asyncDispose
  >,
  options: Partial<RunOptions>,
): Promise<Run & { dockerConfig: string }> {
  const dockerConfig = await mkdtemp(join(world.scratch, 'docker-'));
  const run = await runAction(world.github, {
    action: root,
    workspace: options.workspace ?? (await checkOut(world.scratch)),
    permissions: { 'id-token': 'write' },
    ...options,
    with: {
      'role-to-assume': world.roleArn,
      'aws-region': world.aws.region,
      repository: 'team/hello',
      'build-args': `BASE_IMAGE=${world.baseImage}`,
      ...options.with,
    },
    environment: {
      AWS_ENDPOINT_URL: world.aws.url,
      ...(await world.engine.newConfig(dockerConfig)),
      ...options.environment,
    },
  });
  return { ...run, dockerConfig };
}
