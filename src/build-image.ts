import type { Aws } from './aws/aws.ts';
import { buildAndPush } from './build/build-and-push.ts';
import { buildExtraOutputs, buildOnly } from './build/build-only.ts';
import { openBuildx } from './build/buildx.ts';
import { checkDocker } from './builder/check-docker.ts';
import type { CheckedDocker } from './builder/check-docker.ts';
import { prepareBuilder } from './builder/prepare-builder.ts';
import { restoreMounts } from './cache-mounts/restore-mounts.ts';
import { saveMounts } from './cache-mounts/save-mounts.ts';
import { recordColdBuild } from './cache/record-cold-build.ts';
import { restoreLayers, saveLayers } from './cache/restore-layers.ts';
import type { EcrLookup } from './cache/restore-layers.ts';
import { findDocker } from './docker/docker.ts';
import type { Registry } from './image/log-docker-in.ts';
import { logDockerInToPull } from './image/log-docker-in-to-pull.ts';
import { begin, together } from './platform/job.ts';
import type { RunOf } from './platform/run-of.ts';
import type { ReuseOrBuildOptions, ReusedOrBuilt } from './reuse/reuse-or-build.ts';
import { tagByContent } from './reuse/tag-content.ts';
import { assumeRole } from './role/assume-role.ts';

type FirstOf<Step extends (...args: never[]) => unknown> = Parameters<Step>[0];

type BuildRun = FirstOf<typeof openBuildx> &
  FirstOf<typeof restoreLayers> &
  FirstOf<typeof prepareBuilder> &
  FirstOf<typeof restoreMounts> &
  FirstOf<typeof buildAndPush> &
  FirstOf<typeof buildExtraOutputs>;

/** The results of earlier steps that a build with a push needs. */
type PushContext = EcrLookup & { login: Promise<Registry> };

/**
 * The functions that build: `build` pushes a new image, `buildOtherOutputs` is for when an existing image is reused. Builder and
 * caches are prepared only when one of them is called.
 */
export function openBuild(
  run: BuildRun,
  docker: CheckedDocker,
  pushContext: PushContext,
): Pick<ReuseOrBuildOptions, 'build' | 'buildOtherOutputs'> {
  return {
    async build(other) {
      const { tools, ...caches } = await prepare(run, docker, pushContext);
      const options = { ...tools, registry: await pushContext.login, findImageOfOtherJob: other };
      return { ...caches, ...(await buildAndPush(run, pushContext.repository, options)) };
    },
    async buildOtherOutputs() {
      await buildExtraOutputs(run, pushContext.repository, (await prepare(run, docker, pushContext)).tools);
    },
  };
}

/** Builds without a push, and saves layers and cache mounts for the next build. */
export async function buildWithoutPush(
  run: BuildRun &
    FirstOf<typeof buildOnly> &
    FirstOf<typeof checkDocker> &
    FirstOf<typeof assumeRole> &
    FirstOf<typeof logDockerInToPull> &
    RunOf<Parameters<typeof findDocker>[1]>,
): Promise<void> {
  const finding = begin(findDocker(run.job, run.plan));
  const login = begin(logDockerInToPull(run, () => assumeRole(run), finding));
  const docker = await checkDocker(run, finding);
  const { tools, ...caches } = await prepare(run, docker);
  await login;
  await buildOnly(run, tools);
  await together(saveLayers(run, caches.layers), saveMounts(run, caches.mounts));
}

/** Saves what the next build can use: layers, cache mounts, the duration of a cold build, and the image's content key. */
export async function keepForNextBuild(
  run: FirstOf<typeof recordColdBuild>,
  aws: Aws,
  {
    layers,
    mounts,
    ...image
  }: Pick<ReusedOrBuilt, 'built' | 'layers' | 'mounts'> & Parameters<typeof tagByContent>[2],
): Promise<void> {
  await together(
    saveLayers(run, layers, image.built),
    recordColdBuild(run, aws, { layers, built: image.built }),
    saveMounts(run, mounts),
    tagByContent(run, aws, image),
  );
}

/** Prepares the builder and restores layers and cache mounts, in parallel. */
async function prepare(run: BuildRun, docker: CheckedDocker, pushContext?: PushContext) {
  const restoring = begin(restoreLayers(run, pushContext));
  const building = begin(prepareBuilder(run, docker, restoring));
  const filling = restoreMounts(run, { docker, building, found: pushContext });
  const [layers, builder, mounts] = await Promise.all([restoring, building, filling]);
  const buildx = openBuildx(run, { docker, builder });
  return { tools: { buildx, cache: layers.choice, times: layers.times }, layers, mounts };
}
