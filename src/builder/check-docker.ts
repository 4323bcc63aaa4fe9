import type { Build } from '../build/build.ts';
import type { CachePlan } from '../cache/plan.ts';
import { driverOf, findBuilder } from '../docker/docker.ts';
import type { Docker } from '../docker/docker.ts';
import { foreignEngineFailure } from '../docker/foreign-engine.ts';
import type { EngineUse } from '../docker/foreign-engine.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { Mode } from '../validation/mode.ts';
import {
  isCacheRequired,
  isOldBuildx,
  missingCapabilities,
  builderKindOf,
  whyNotLoaded,
  neededCapabilities,
} from './capabilities.ts';
import type { BuilderKind } from './capabilities.ts';
import type { BuilderPlan } from './plan.ts';

interface CheckDockerParts {
  mode: Mode;
  push: boolean;
  build: Build;
  builder: BuilderPlan;
  layers: CachePlan;
  /** The platform of this runner, for images whose manifest does not name one. */
  platform: { name: string };
}

/** A builder that the workflow names. */
export interface NamedBuilder {
  name: string;
  kind: BuilderKind;
  /** Whether its BuildKit works on this machine, as far as that is known. */
  isHere: boolean;
}

/** A docker that can build what is asked, as far as that is known before anything is created. */
export interface CheckedDocker extends Docker {
  /** The builder that the workflow names; absent where it names none. */
  named?: NamedBuilder;
}

/**
 * Checks that docker, buildx and a named builder can build what is asked, before anything is created. Throws a `Failure`
 * where they can't. A builder that is made for the job is not checked here: it is made later.
 */
export async function checkDocker(
  { job, plan }: RunOf<CheckDockerParts>,
  finding: Promise<Docker>,
): Promise<CheckedDocker> {
  const docker = await finding;
  await refuseForeignEngine(docker, plan, job.signal);
  refuseOldBuildx(docker);
  refuseUnloadable(docker, plan);
  const { builder } = plan;
  if (builder.kind === 'named')
    return { ...docker, named: await findNamedBuilder(job, docker, plan, builder) };
  if (builder.kind === 'present' && dependsOnBuilderPlatform(plan))
    refuseUnknownPlatform(plan, await driverOf(docker, job.signal));
  return docker;
}

function findNamedBuilder(
  job: Job,
  docker: Docker,
  plan: CheckDockerParts,
  { name, by }: { name: string; by: string },
): Promise<NamedBuilder> {
  return job.step('Find the builder', async log => {
    const found = await findBuilder(docker, job.signal, name);
    if (found === undefined) {
      throw new Failure(`There is no builder '${name}' on this runner, which ${by} names.`, {
        remedy:
          'Give the name of one that a step before this one made, such as the output `name` of docker/setup-buildx-action, or let the step make one by `driver`.',
      });
    }
    const { driver, isHere } = found;
    refuseForeign(docker, { driver: driver === 'docker' ? driver : 'none', load: plan.build.load });
    if (dependsOnBuilderPlatform(plan)) refuseUnknownPlatform(plan, driver);
    const kind = builderKindOf(driver, docker);
    const missing = missingCapabilities(kind, [
      ...(isCacheRequired(plan.layers) ? (['cache'] as const) : []),
      ...neededCapabilities(plan.build, plan),
    ]);
    if (missing.length > 0) {
      throw new Failure(`The builder '${name}' (${driver}) can't ${missing.join(', nor ')}.`, {
        remedy:
          'Set `driver: docker-container` in place of it, turn on the containerd image store of this engine, or ask for less (`cache: off`, one platform).',
      });
    }
    log.result(`${name} (${driver}) can do what is asked`);
    return { name, kind, isHere };
  });
}

/** Refuses an engine of another kind, unless the builder is one that the workflow names: its driver is looked for first. */
async function refuseForeignEngine(
  docker: Docker,
  { builder, build: { load } }: CheckDockerParts,
  signal: AbortSignal,
): Promise<void> {
  if (docker.foreignEngine === undefined || builder.kind === 'named') return;
  if (builder.kind === 'present') {
    const driver = (await driverOf(docker, signal)) ?? 'docker';
    refuseForeign(docker, { driver: driver === 'docker' ? driver : 'none', load });
  } else {
    const isOfEngine = builder.driver === 'docker-container' && builder.node.endpoint === undefined;
    refuseForeign(docker, { driver: isOfEngine ? 'docker-container' : 'none', load });
  }
}

function refuseForeign({ foreignEngine }: Docker, use: EngineUse): void {
  const failure = foreignEngine && foreignEngineFailure(foreignEngine, use);
  if (failure !== undefined) throw failure;
}

/** Whether the tag is named after a platform that only the builder decides: `mode: build` without `platforms`. */
function dependsOnBuilderPlatform({ mode, build }: CheckDockerParts): boolean {
  return mode === 'build' && build.platforms.length === 0;
}

function refuseUnknownPlatform({ platform: { name } }: CheckDockerParts, driver: string | undefined): void {
  if (driver === undefined || /^docker(-container)?$/.test(driver)) return;
  throw new Failure(
    `The builder (${driver}) may have another processor than this runner (${name}), and \`mode: build\` names what it pushes after it.`,
    { remedy: 'Give `platforms`.' },
  );
}

function refuseOldBuildx({ buildxVersion }: Docker): void {
  if (!isOldBuildx(buildxVersion)) return;
  throw new Failure(`buildx ${buildxVersion} is too old: 0.12 or newer is needed.`, {
    remedy:
      'Update the package docker-buildx-plugin of this runner, or add a step `uses: docker/setup-buildx-action` with `version: latest` before this one.',
  });
}

function refuseUnloadable(docker: Docker, { build }: CheckDockerParts): void {
  const loadable = whyNotLoaded(build, docker);
  if (loadable === undefined) return;
  throw new Failure(`The docker of this machine can hold ${loadable}, so \`load\` cannot be done.`, {
    remedy:
      'Load a single platform without `provenance`, `sbom` and `attests`, set `load: false`, or turn on the containerd image store of this engine: https://docs.docker.com/engine/storage/containerd/',
  });
}
