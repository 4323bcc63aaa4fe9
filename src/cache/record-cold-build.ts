import type { Aws } from '../aws/aws.ts';
import type { CacheUse } from '../docker/cache-use.ts';
import { inRegistry } from '../ecr/reference.ts';
import { byTag, readImages } from '../image/read-images.ts';
import { describeFailure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import { canRecordColdTime, nextColdSeconds, formatSeconds, withColdSeconds } from './cold-build-time.ts';
import type { CachePlan } from './plan.ts';
import type { Layers } from './restore-layers.ts';

interface RecordColdBuildParts {
  layers: CachePlan;
  repository: { name: string; registryId?: string };
}

interface RecordColdBuildOptions {
  layers: Layers | undefined;
  /** What this run has built; `undefined` where the image was reused. */
  built: { cacheUse: CacheUse; seconds: number } | undefined;
}

/**
 * Stores for the next build how long a cold build takes, in the manifest of the cache that this build wrote. Where that
 * fails, it only logs why. ECR cannot move a tag on the condition that it has not changed: a cache that another run pushes
 * between the two calls is overwritten by this one, which is just as useful for the next build.
 */
export async function recordColdBuild(
  { job, plan: { layers: plan, repository } }: RunOf<RecordColdBuildParts>,
  { ecr }: Aws,
  { layers, built }: RecordColdBuildOptions,
): Promise<void> {
  if (plan.kind === 'off' || layers?.choice.kind !== 'registry' || built === undefined) return;
  const coldSeconds = nextColdSeconds(built, layers.times.cold);
  const { writeTag: tag } = plan.tags;
  if (tag === undefined || coldSeconds === undefined || !canRecordColdTime(plan, layers.choice)) return;
  const repositoryKey = { repositoryName: plan.repository ?? repository.name, ...inRegistry(repository) };
  await job.step('Note the time of the last cold build', async log => {
    try {
      const [cache] = await readImages(ecr, repositoryKey, byTag([tag]));
      if (cache === undefined) return log.result(`Not noted: there is no cache ${tag}`);
      if (cache.digest !== built.cacheUse.written)
        return log.result(`Not noted: ${tag} is not what this build wrote`);
      const manifest = withColdSeconds(cache, coldSeconds);
      await ecr.putImage({
        ...repositoryKey,
        imageTag: tag,
        imageManifest: manifest,
        imageManifestMediaType: cache.mediaType,
      });
      log.result(`${tag} tells it to the next build: ${formatSeconds(coldSeconds)} s`);
    } catch (error) {
      job.signal.throwIfAborted();
      log.info(describeFailure(error));
      log.result('Not noted: the next build will not tell the time that it saved');
    }
  });
}
