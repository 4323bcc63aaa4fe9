import { openBuildx } from './build/buildx.ts';
import type { Buildx } from './build/buildx.ts';
import type { CheckedDocker } from './builder/check-docker.ts';
import { prepareBuilder } from './builder/prepare-builder.ts';
import { restoreMounts } from './cache-mounts/restore-mounts.ts';
import type { Mounts } from './cache-mounts/restore-mounts.ts';
import { restoreLayers } from './cache/restore-layers.ts';
import type { KnownOfEcr, Layers } from './cache/restore-layers.ts';
import { begin } from './platform/job.ts';

/** What a build takes, and what is kept of it afterwards. */
export interface PreparedBuild {
  tools: { buildx: Buildx; cache: Layers['choice']; times: Layers['times'] };
  layers: Layers;
  mounts: Mounts | undefined;
}

type BuildRun = Parameters<typeof restoreLayers>[0] &
  Parameters<typeof prepareBuilder>[0] &
  Parameters<typeof restoreMounts>[0];

/** Makes ready what the build stands on: a builder boots while an archive is fetched. */
export async function prepareBuild(
  run: BuildRun,
  docker: CheckedDocker,
  found?: KnownOfEcr & { login: Promise<unknown> },
): Promise<PreparedBuild> {
  const restoring = begin(restoreLayers(run, found));
  const building = begin(prepareBuilder(run, docker, restoring));
  const filling = restoreMounts(run, { docker, building, found });
  const [layers, builder, mounts] = await Promise.all([restoring, building, filling]);
  const buildx = openBuildx(run, { docker, builder });
  return { tools: { buildx, cache: layers.choice, times: layers.times }, layers, mounts };
}
