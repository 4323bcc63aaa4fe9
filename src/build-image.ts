import type { Aws } from './aws/aws.ts';
import { buildAndPush } from './build/build-and-push.ts';
import { buildBeside, buildOnly } from './build/build-only.ts';
import { openBuildx } from './build/buildx.ts';
import type { CheckedDocker } from './builder/check-docker.ts';
import { prepareBuilder } from './builder/prepare-builder.ts';
import { restoreMounts } from './cache-mounts/restore-mounts.ts';
import { saveMounts } from './cache-mounts/save-mounts.ts';
import { recordColdBuild } from './cache/record-cold-build.ts';
import { restoreLayers, saveLayers } from './cache/restore-layers.ts';
import type { KnownOfEcr } from './cache/restore-layers.ts';
import type { Registry } from './image/log-docker-in.ts';
import { begin, together } from './platform/job.ts';
import { tagByContent } from './reuse/tag-content.ts';
import type { ReuseOrBuildOptions, ReusedOrBuilt } from './reuse/reuse-or-build.ts';

type FirstOf<Step extends (...args: never[]) => unknown> = Parameters<Step>[0];

type BuildRun = FirstOf<typeof restoreLayers> &
  FirstOf<typeof prepareBuilder> &
  FirstOf<typeof restoreMounts> &
  FirstOf<typeof buildAndPush> &
  FirstOf<typeof buildBeside>;

/** What is known when an image is to be built and pushed. */
type Known = KnownOfEcr & { login: Promise<Registry> };

/** The two ways in which an image is built where one is there or not; what it takes is made ready when it is built. */
export function openBuild(
  run: BuildRun,
  docker: CheckedDocker,
  known: Known,
): Pick<ReuseOrBuildOptions, 'build' | 'buildOtherOutputs'> {
  return {
    async build(other) {
      const { tools, ...kept } = await prepare(run, docker, known);
      const options = { ...tools, registry: await known.login, other };
      return { ...kept, ...(await buildAndPush(run, known.repository, options)) };
    },
    async buildOtherOutputs() {
      await buildBeside(run, known.repository, (await prepare(run, docker, known)).tools);
    },
  };
}

/** Builds, pushes nothing, and keeps what the next build can use. */
export async function buildAndKeep(
  run: BuildRun & FirstOf<typeof buildOnly>,
  docker: CheckedDocker,
): Promise<void> {
  const { tools, ...kept } = await prepare(run, docker);
  await buildOnly(run, tools);
  await together(saveLayers(run, kept.layers), saveMounts(run, kept.mounts));
}

/** Keeps what the next build can use: layers, cache mounts, how long a cold build took, and the image by its content. */
export async function keepForNextBuild(
  run: FirstOf<typeof recordColdBuild>,
  aws: Aws,
  {
    layers,
    mounts,
    ...made
  }: Pick<ReusedOrBuilt, 'built' | 'layers' | 'mounts'> & Parameters<typeof tagByContent>[2],
): Promise<void> {
  await together(
    saveLayers(run, layers, made.built),
    recordColdBuild(run, aws, { layers, built: made.built }),
    saveMounts(run, mounts),
    tagByContent(run, aws, made),
  );
}

/** Makes ready what a build stands on: a builder boots while an archive is fetched. */
async function prepare(run: BuildRun, docker: CheckedDocker, known?: Known) {
  const restoring = begin(restoreLayers(run, known));
  const building = begin(prepareBuilder(run, docker, restoring));
  const filling = restoreMounts(run, { docker, building, found: known });
  const [layers, builder, mounts] = await Promise.all([restoring, building, filling]);
  const buildx = openBuildx(run, { docker, builder });
  return { tools: { buildx, cache: layers.choice, times: layers.times }, layers, mounts };
}
