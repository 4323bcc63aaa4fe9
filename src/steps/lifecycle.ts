import type { Aws } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import { previewLifecycle } from '../platform/lifecycle.ts';
import type { Job } from '../platform/runner.ts';
import { objectionToExpiry } from '../rules/lifecycle.ts';
import type { Plan } from '../rules/plan.ts';
import type { Comparison } from './comparison.ts';
import type { Image } from './image.ts';
import type { Repository } from './repository.ts';

interface Put {
  repository: Repository;
  image: Image;
  plan: Plan;
  comparison: Comparison | undefined;
}

/**
 * Puts the lifecycle policy on a repository that is new, or is to be made as it was asked for: last of all, so that ECR's
 * preview sees the image and its releases and the policy can't expire them.
 */
export async function putLifecycle(
  job: Job,
  { ecr }: Aws,
  { repository, image, plan, comparison }: Put,
): Promise<void> {
  const { asked, onDrift, allowExpiry } = plan.repository;
  const { lifecyclePolicy } = asked;
  const differs =
    onDrift === 'reconcile' && comparison?.drift.some(({ setting }) => setting === 'lifecycle-policy');
  if (lifecyclePolicy === undefined || !(repository.created || differs)) return;
  await job.step('Put the lifecycle policy', async log => {
    const { name: repositoryName, registryId } = repository;
    const request = { repositoryName, registryId, lifecyclePolicyText: lifecyclePolicy };
    if (!allowExpiry) {
      const results = await previewLifecycle(ecr, request, { log, signal: job.signal });
      log.info(`Expired by it today: ${results.length}`);
      const kept = { digest: image.digest, tags: [plan.tags.candidate, ...plan.tags.releases] };
      const objection = objectionToExpiry(results, kept);
      if (objection !== undefined) throw new Failure(objection.message, { remedy: objection.remedy });
    }
    await ecr.putLifecyclePolicy(request);
    log.result(
      `Put; nothing that is in use expires by it${allowExpiry ? ' was asked: `allow-lifecycle-expiry`' : ''}`,
    );
  });
}
