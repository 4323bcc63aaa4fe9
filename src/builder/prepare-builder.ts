import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from '../build/build.ts';
import type { Builder } from '../build/buildx.ts';
import type { CacheChoice } from '../cache/choose-backend.ts';
import { findBuilder } from '../docker/docker.ts';
import type { Docker } from '../docker/docker.ts';
import { jobEnvironment } from '../platform/environment.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { newBuilderName, remember } from '../platform/state.ts';
import { makeTempDir } from '../platform/temp-dir.ts';
import { missingCapabilities, builderKindOf, needsCache, neededCapabilities } from './capabilities.ts';
import type { CheckedDocker, NamedBuilder } from './check-docker.ts';
import { createArguments } from './plan.ts';
import type { BuilderPlan, MadeBuilderPlan } from './plan.ts';
import { withProxies } from './proxy-options.ts';
import { registerNode, startBuilder } from './start-builder.ts';
import { writeCertificates } from './write-certificates.ts';

interface PrepareBuilderParts {
  push: boolean;
  build: Build;
  builder: BuilderPlan;
  stallTimeoutMs: number;
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
    return makeBuilder(job, { docker, plan, builderPlan: await writeCertificates(builder), why: 'as asked' });
  const { choice: cache } = await restoring;
  if (docker.named !== undefined) return useNamedBuilder(job, docker.named, cache);
  const kind = builderKindOf('docker', docker);
  const needed = neededCapabilities(plan.build, plan);
  const missing = missingCapabilities(kind, [...(needsCache(cache) ? (['cache'] as const) : []), ...needed]);
  const engineBuilder = { name: undefined, annotates: docker.containerdStore, isHere: docker.isHere };
  if (missing.length === 0 && (engineBuilder.annotates || !plan.push))
    return { ...engineBuilder, caches: true };
  const current = await findBuilder(docker, job.signal);
  if (current?.driver !== 'docker') {
    return job.step('Prepare the builder', async log => {
      log.result("The job's own builder can do what is asked");
      return { name: undefined, annotates: true, caches: true, isHere: current?.isHere ?? false };
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
async function useNamedBuilder(
  job: Job,
  { name, kind, isHere }: NamedBuilder,
  cache: CacheChoice,
): Promise<Builder> {
  const missing = missingCapabilities(kind, needsCache(cache) ? ['cache'] : []);
  const builder = {
    name,
    annotates: missingCapabilities(kind, ['annotations']).length === 0,
    caches: missing.length === 0,
    isHere,
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
  const { docker, builderPlan, why, fallback } = options;
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
    const isOfEngine =
      builderPlan.driver === 'docker-container' &&
      [builderPlan.node, ...builderPlan.append].every(({ endpoint }) => endpoint === undefined);
    return { name, annotates: true, caches: true, isHere: docker.isHere && isOfEngine };
  });
}

async function createBuilder(
  job: Job,
  log: Log,
  { docker, plan, builderPlan, name }: MakeBuilderOptions & { name: string },
): Promise<void> {
  const { driver } = builderPlan;
  const common = { docker, driver, stallTimeoutMs: plan.stallTimeoutMs };
  const scratch = await makeTempDir();
  const configFile = join(scratch, 'buildkitd.toml');
  try {
    if (builderPlan.config !== undefined) await writeFile(configFile, builderPlan.config, { mode: 0o600 });
    remember({ builder: name });
    const { plan: proxied, notes } = withProxies(builderPlan, jobEnvironment());
    for (const note of notes) log.info(note);
    for (const argv of createArguments(proxied, {
      name,
      configFile,
      allow: plan.build.allow,
    })) {
      await registerNode(job, log, { ...common, argv });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  await startBuilder(job, log, { ...common, argv: ['inspect', '--bootstrap', '--builder', name] });
}
