import type { Aws } from '../aws/aws.ts';
import { compareRepository } from './compare-settings.ts';
import { openLifecycle } from './put-lifecycle-policy.ts';
import type { Lifecycle } from './put-lifecycle-policy.ts';
import { reconcileRepository } from './reconcile-settings.ts';
import type { Repository } from './repository.ts';

type CompareAndReconcileRun = Parameters<typeof compareRepository>[0] &
  Parameters<typeof reconcileRepository>[0];

/** Compares an existing repository with what the inputs ask for and reconciles it; `lifecycle` puts its lifecycle policy later, after the image. */
export async function compareAndReconcile(
  run: CompareAndReconcileRun,
  aws: Aws,
  found: Repository,
): Promise<{ repository: Repository; lifecycle: Lifecycle }> {
  const settings = await compareRepository(run, aws, found);
  const repository = await reconcileRepository(run, aws, { repository: found, settings });
  return { repository, lifecycle: openLifecycle(run, aws, { repository, settings }) };
}
