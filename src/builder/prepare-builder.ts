import type { RunOf } from '../platform/run.ts';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from '../build/build.ts';
import type { Builder } from '../build/buildx.ts';
import type { CacheChoice } from '../cache/choose-backend.ts';
import { sayCommand } from '../docker/command-line.ts';
import { driverOf } from '../docker/docker.ts';
import type { Docker } from '../docker/docker.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import { remember } from '../platform/state.ts';
import { makeScratch } from '../platform/temp-dir.ts';
import { missingCapabilities, builderKindOf, needsCache, neededCapabilities } from './capabilities.ts';
import type { BuilderKind } from './capabilities.ts';
import type { CheckedDocker } from './check-docker.ts';
import { createArguments } from './plan.ts';
import type { BuilderPlan } from './plan.ts';

interface BuilderParts {
  push: boolean;
  build: Build;
  builder: BuilderPlan;
}

type MadeBuilderPlan = Extract<BuilderPlan, { kind: 'made' }>;

/** Finds a builder that can do what is asked, before anything is built, and makes one where there is none. */
export async function prepareBuilder(
  { job, plan }: RunOf<BuilderParts>,
  docker: CheckedDocker,
  /** Where layers are kept; a builder that was asked for need not wait until they are restored. */
  restoring: Promise<{ choice: CacheChoice }>,
): Promise<Builder> {
  const { builder } = plan;
  if (builder.kind === 'made') return make(job, { docker, plan, made: builder, why: 'as asked' });
  const { choice: cache } = await restoring;
  if (docker.named !== undefined) return take(job, docker.named, cache);
  const nature = builderKindOf('docker', docker);
  const wishes = neededCapabilities(plan.build, plan);
  const lack = missingCapabilities(nature, [...(needsCache(cache) ? (['cache'] as const) : []), ...wishes]);
  const own = { name: undefined, annotates: docker.containerdStore };
  if (lack.length === 0 && (own.annotates || !plan.push)) return { ...own, caches: true };
  if ((await driverOf(docker, job.signal)) !== 'docker') {
    return job.step('Prepare the builder', async log => {
      log.result("The job's own builder can do what is asked");
      return { name: undefined, annotates: true, caches: true };
    });
  }
  if (lack.length === 0) return { ...own, caches: true };
  const made: MadeBuilderPlan = {
    kind: 'made',
    driver: 'docker-container',
    node: { driverOpts: [], platforms: [] },
    append: [],
  };
  const asked = { docker, plan, made, why: `as the engine's own builder can't ${lack.join(', nor ')}` };
  if (missingCapabilities(nature, wishes).length > 0) return make(job, asked);
  // A cache is no reason to fail.
  return make(job, { ...asked, otherwise: { ...own, caches: false } });
}

/** Takes a builder that the job has and that can do what is asked; what nobody asked for is no reason to fail. */
async function take(
  job: Job,
  { name, nature }: { name: string; nature: BuilderKind },
  cache: CacheChoice,
): Promise<Builder> {
  const lack = missingCapabilities(nature, needsCache(cache) ? ['cache'] : []);
  const taken = {
    name,
    annotates: missingCapabilities(nature, ['annotations']).length === 0,
    caches: lack.length === 0,
  };
  if (!taken.caches) {
    await job.step('Prepare the builder', async log => {
      log.warn(
        `Layers are not cached: the builder '${name}' can't ${lack.join(', nor ')}. Set \`driver: docker-container\` in place of it, turn on the containerd image store of this engine, or set \`cache: off\`.`,
      );
      log.result(`${name} builds, without a cache`);
    });
  }
  return taken;
}

interface MakeBuilderOptions {
  docker: Docker;
  plan: BuilderParts;
  made: MadeBuilderPlan;
  /** Why it is made, for the log. */
  why: string;
  /** Who builds where it cannot be made; without one that ends the step. */
  otherwise?: Builder;
}

/** Makes a builder for this job and waits until it answers: post removes it. */
function make(job: Job, order: MakeBuilderOptions): Promise<Builder> {
  const { made, why, otherwise } = order;
  return job.step('Prepare the builder', async log => {
    const name = `ecr-image-${randomUUID()}`;
    try {
      await create(job, log, { ...order, name });
    } catch (error) {
      if (otherwise === undefined || !(error instanceof Failure)) throw error;
      log.warn(`Layers are not cached: ${error.message}\n${error.remedy}`);
      log.result("The engine's own builder builds, without a cache");
      return otherwise;
    }
    const nodes = made.append.length === 0 ? '' : `, ${made.append.length + 1} nodes`;
    log.result(`Made a builder for this job (${made.driver}${nodes}), ${why}; removed when the job ends`);
    return { name, annotates: true, caches: true };
  });
}

async function create(
  job: Job,
  log: Log,
  { docker, plan, made, name }: MakeBuilderOptions & { name: string },
): Promise<void> {
  const { driver } = made;
  const scratch = await makeScratch();
  const configFile = join(scratch, 'buildkitd.toml');
  try {
    if (made.config !== undefined) await writeFile(configFile, made.config, { mode: 0o600 });
    remember({ builder: name });
    for (const argv of createArguments(made, { name, configFile, allow: plan.build.allow })) {
      await runBuildx(job, log, { docker, argv, driver });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  await runBuildx(job, log, { docker, argv: ['inspect', '--bootstrap', '--builder', name], driver });
}

async function runBuildx(
  job: Job,
  log: Log,
  { docker, argv, driver }: { docker: Docker; argv: string[]; driver: MadeBuilderPlan['driver'] },
): Promise<void> {
  log.info(`docker buildx ${sayCommand(argv)}`);
  const { exitCode, output } = await docker.buildx(argv, { signal: job.signal });
  if (exitCode === 0) return;
  const reason =
    output
      .match(/^ERROR: .*$/gm)
      ?.at(-1)
      ?.replace('ERROR: ', '') ?? output.trim();
  throw new Failure(
    argv[0] === 'create'
      ? `buildx could not make a builder: ${reason}`
      : `The builder does not answer: ${reason}`,
    { remedy: remedyOf(driver, reason) },
  );
}

function remedyOf(driver: MadeBuilderPlan['driver'], reason: string): string {
  return reason.includes('TLS data loaded from environment')
    ? 'buildx takes an engine behind TLS from a docker context alone: run `docker context create tls --docker host=…,ca=…,cert=…,key=…` in a step before this one, and give `driver: docker-container` with `endpoint: tls`.'
    : remedies[driver];
}

const remedies: Record<MadeBuilderPlan['driver'], string> = {
  'docker-container':
    'Check `driver-opts`, and that this runner can pull the image of BuildKit (moby/buildkit); a mirror of it is named by `driver-opts: image=…`. Without a builder of its own the step builds with `cache: off` and a single platform, or with the containerd image store of this engine.',
  kubernetes:
    'Check `driver-opts`, that KUBECONFIG or the service account of this runner reaches the cluster, and that it may make Deployments in the namespace.',
  remote:
    'Check `endpoint`, that BuildKit listens there and that this runner may reach it; with TLS the `driver-opts` are cacert, cert, key and, where the certificate has another name than the endpoint, servername.',
};
