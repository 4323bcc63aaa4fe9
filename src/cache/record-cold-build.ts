import { byTag, readImages } from '../image/read-images.ts';
import type { RunOf } from '../platform/run.ts';
import type { Aws } from '../aws/aws.ts';
import { inRegistry } from '../ecr/reference.ts';
import { describeFailure } from '../platform/failure.ts';
import { keepsTime, nextCold, noteOf, withColdSeconds } from './cold-build-time.ts';
import type { CacheUse } from '../docker/buildkit-progress.ts';
import type { CachePlan } from './plan.ts';
import type { Layers } from './restore-layers.ts';

interface RecordColdBuildParts {
  layers: CachePlan;
  repository: { name: string; registryId?: string };
}

interface RecordColdBuildOptions {
  layers: Layers | undefined;
  /** What this run has built, if anything. */
  built: { cacheUse: CacheUse; seconds: number } | undefined;
}

/**
 * Tells the next build how long a cold one takes, in the manifest of the cache that this one wrote; where that can't be done,
 * the next one doesn't know. ECR has no way to move a tag only if it stands where it stood: another run's cache that is
 * pushed between the two calls gives way to this one, which is as good as that for whoever reads it.
 */
export async function recordColdBuild(
  { job, plan: { layers: plan, repository } }: RunOf<RecordColdBuildParts>,
  { ecr }: Aws,
  { layers, built }: RecordColdBuildOptions,
): Promise<void> {
  if (plan.kind === 'off' || layers?.choice.kind !== 'registry' || built === undefined) return;
  const cold = nextCold(built, layers.times.cold);
  const { writeTag: tag } = plan.tags;
  if (tag === undefined || cold === undefined || !keepsTime(plan, layers.choice)) return;
  const where = { repositoryName: plan.repository ?? repository.name, ...inRegistry(repository) };
  await job.step('Note the time of the last cold build', async log => {
    try {
      const [cache] = await readImages(ecr, where, byTag([tag]));
      if (cache === undefined) return log.result(`Not noted: there is no cache ${tag}`);
      if (cache.digest !== built.cacheUse.written)
        return log.result(`Not noted: ${tag} is not what this build wrote`);
      const text = withColdSeconds(cache.text, cold);
      await ecr.putImage({
        ...where,
        imageTag: tag,
        imageManifest: text,
        imageManifestMediaType: cache.mediaType,
      });
      log.result(`${tag} tells it to the next build: ${noteOf(cold)} s`);
    } catch (error) {
      job.signal.throwIfAborted();
      log.info(describeFailure(error));
      log.result('Not noted: the next build will not tell the time that it saved');
    }
  });
}
