import type { RunOf } from '../platform/run.ts';
import { driverOf } from '../docker/docker.ts';
import type { Docker } from '../docker/docker.ts';
import type { Build } from '../build/build.ts';
import type { BuilderPlan } from './plan.ts';
import type { CachePlan } from '../cache/plan.ts';
import type { Mode } from '../validation/mode.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import {
  asksForCache,
  isOldBuildx,
  missingCapabilities,
  builderKindOf,
  whyNotLoaded,
  neededCapabilities,
} from './capabilities.ts';
import type { BuilderKind } from './capabilities.ts';

interface DockerParts {
  mode: Mode;
  push: boolean;
  build: Build;
  builder: BuilderPlan;
  layers: CachePlan;
  /** The platform of an image that does not say it. */
  platform: { name: string };
}

/** A docker that can build what is asked, as far as that is known before anything is created. */
export interface CheckedDocker extends Docker {
  /** The builder that the workflow names. */
  named?: { name: string; nature: BuilderKind };
}

/** Refuses what cannot be built here while nothing has been created yet; whoever is to be made for it comes later. */
export async function checkDocker(
  { job, plan }: RunOf<DockerParts>,
  finding: Promise<Docker>,
): Promise<CheckedDocker> {
  const docker = await finding;
  refuseOldBuildx(docker);
  refuseToLoad(docker, plan);
  const { builder } = plan;
  if (builder.kind === 'named') return { ...docker, named: await find(job, docker, plan, builder) };
  if (builder.kind === 'present' && isUnnamed(plan)) refuseForeign(plan, await driverOf(docker, job.signal));
  return docker;
}

function find(
  job: Job,
  docker: Docker,
  plan: DockerParts,
  { name, by }: { name: string; by: string },
): Promise<{ name: string; nature: BuilderKind }> {
  return job.step('Find the builder', async log => {
    const driver = await driverOf(docker, job.signal, name);
    if (driver === undefined) {
      throw new Failure(`There is no builder '${name}' on this runner, which ${by} names.`, {
        remedy:
          'Give the name of one that a step before this one made, such as the output `name` of docker/setup-buildx-action, or let the step make one by `driver`.',
      });
    }
    if (isUnnamed(plan)) refuseForeign(plan, driver);
    const nature = builderKindOf(driver, docker);
    const lack = missingCapabilities(nature, [
      ...(asksForCache(plan.layers) ? (['cache'] as const) : []),
      ...neededCapabilities(plan.build, plan),
    ]);
    if (lack.length > 0) {
      throw new Failure(`The builder '${name}' (${driver}) can't ${lack.join(', nor ')}.`, {
        remedy:
          'Set `driver: docker-container` in place of it, turn on the containerd image store of this engine, or ask for less (`cache: off`, one platform).',
      });
    }
    log.result(`${name} (${driver}) can do what is asked`);
    return { name, nature };
  });
}

/** A part of an image whose platform decides under which tag it goes. */
function isUnnamed({ mode, build }: DockerParts): boolean {
  return mode === 'build' && build.platforms.length === 0;
}

function refuseForeign({ platform: { name } }: DockerParts, driver: string | undefined): void {
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

function refuseToLoad(docker: Docker, { build }: DockerParts): void {
  const held = whyNotLoaded(build, docker);
  if (held === undefined) return;
  throw new Failure(`The docker of this machine can hold ${held}, so \`load\` cannot be done.`, {
    remedy:
      'Load a single platform without `provenance`, `sbom` and `attests`, set `load: false`, or turn on the containerd image store of this engine: https://docs.docker.com/engine/storage/containerd/',
  });
}
