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
import type { RunOf } from '../platform/run-of.ts';
import { newBuilderName, remember } from '../platform/state.ts';
import { makeTempDir } from '../platform/temp-dir.ts';
import { missingCapabilities, builderKindOf, needsCache, neededCapabilities } from './capabilities.ts';
import type { CheckedDocker, NamedBuilder } from './check-docker.ts';
import { createArguments } from './plan.ts';
import type { BuilderPlan, MadeBuilderPlan } from './plan.ts';

interface PrepareBuilderParts {
  push: boolean;
  build: Build;
  builder: BuilderPlan;
}

/**
 * Finds a builder that can do what is asked, and makes one where there is none. Throws a `Failure` where it can't be made,
 * unless it was only for the cache.
 */
export async function prepareBuilder(
  { job, plan }: RunOf<PrepareBuilderParts>,
  docker: CheckedDocker,
  /** The chosen cache. A builder that the inputs ask for is made without waiting until layers are restored. */
  restoring: Promise<{ choice: CacheChoice }>,
): Promise<Builder> {
  const { builder } = plan;
  if (builder.kind === 'made')
    return makeBuilder(job, { docker, plan, builderPlan: builder, why: 'as asked' });
  const { choice: cache } = await restoring;
  if (docker.named !== undefined) return useNamedBuilder(job, docker.named, cache);
  const kind = builderKindOf('docker', docker);
  const needed = neededCapabilities(plan.build, plan);
  const missing = missingCapabilities(kind, [...(needsCache(cache) ? (['cache'] as const) : []), ...needed]);
  const engineBuilder = { name: undefined, annotates: docker.containerdStore };
  if (missing.length === 0 && (engineBuilder.annotates || !plan.push))
    return { ...engineBuilder, caches: true };
  if ((await driverOf(docker, job.signal)) !== 'docker') {
    return job.step('Prepare the builder', async log => {
      log.result("The job's own builder can do what is asked");
      return { name: undefined, annotates: true, caches: true };
    });
  }
  if (missing.length === 0) return { ...engineBuilder, caches: true };
  const builderPlan: MadeBuilderPlan = {
    kind: 'made',
    driver: 'docker-container',
    node: { driverOpts: [], platforms: [] },
    append: [],
  };
  const options = {
    docker,
    plan,
    builderPlan,
    why: `as the engine's own builder can't ${missing.join(', nor ')}`,
  };
  if (missingCapabilities(kind, needed).length > 0) return makeBuilder(job, options);
  // Where the builder is only needed for the cache, the image is built without a cache if the builder can't be made.
  return makeBuilder(job, { ...options, fallback: { ...engineBuilder, caches: false } });
}

/** Uses a named builder, which `checkDocker` has checked. Where it can't use the chosen cache, it builds without one. */
async function useNamedBuilder(job: Job, { name, kind }: NamedBuilder, cache: CacheChoice): Promise<Builder> {
  const missing = missingCapabilities(kind, needsCache(cache) ? ['cache'] : []);
  const builder = {
    name,
    annotates: missingCapabilities(kind, ['annotations']).length === 0,
    caches: missing.length === 0,
  };
  if (!builder.caches) {
    await job.step('Prepare the builder', async log => {
      log.warn(
        `Layers are not cached: the builder '${name}' can't ${missing.join(', nor ')}. Set \`driver: docker-container\` in place of it, turn on the containerd image store of this engine, or set \`cache: off\`.`,
      );
      log.result(`${name} builds, without a cache`);
    });
  }
  return builder;
}

interface MakeBuilderOptions {
  docker: Docker;
  plan: PrepareBuilderParts;
  builderPlan: MadeBuilderPlan;
  /** Why the builder is made, for the log. */
  why: string;
  /** The builder that is used where this one can't be made; without a fallback the step fails. */
  fallback?: Builder;
}

/** Makes a builder for this job and waits until it answers. `post.ts` removes it after the job. */
function makeBuilder(job: Job, options: MakeBuilderOptions): Promise<Builder> {
  const { builderPlan, why, fallback } = options;
  return job.step('Prepare the builder', async log => {
    const name = newBuilderName();
    try {
      await createBuilder(job, log, { ...options, name });
    } catch (error) {
      if (fallback === undefined || !(error instanceof Failure)) throw error;
      log.warn(`Layers are not cached: ${error.message}\n${error.remedy}`);
      log.result("The engine's own builder builds, without a cache");
      return fallback;
    }
    const nodes = builderPlan.append.length === 0 ? '' : `, ${builderPlan.append.length + 1} nodes`;
    log.result(
      `Made a builder for this job (${builderPlan.driver}${nodes}), ${why}; removed when the job ends`,
    );
    return { name, annotates: true, caches: true };
  });
}

async function createBuilder(
  job: Job,
  log: Log,
  { docker, plan, builderPlan, name }: MakeBuilderOptions & { name: string },
): Promise<void> {
  const { driver } = builderPlan;
  const scratch = await makeTempDir();
  const configFile = join(scratch, 'buildkitd.toml');
  try {
    if (builderPlan.config !== undefined) await writeFile(configFile, builderPlan.config, { mode: 0o600 });
    remember({ builder: name });
    for (const argv of createArguments(builderPlan, { name, configFile, allow: plan.build.allow })) {
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
