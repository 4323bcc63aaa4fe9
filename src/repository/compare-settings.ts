import type { Aws } from '../aws/aws.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { RepositoryPlan } from './plan.ts';
import type { Repository } from './repository.ts';
import { compareSettings, isToCompare } from './settings-diff.ts';
import type { SettingsDiff } from './settings-diff.ts';

/**
 * Compares an existing repository with the settings that the inputs ask for; `undefined`, without a call to ECR, if there is
 * nothing to compare.
 */
export async function compareRepository(
  { job, plan, tell }: RunOf<{ repository: RepositoryPlan }, { settings: SettingsDiff }>,
  aws: Aws,
  repository: Repository,
): Promise<SettingsDiff | undefined> {
  if (!isToCompare(plan.repository, repository)) return undefined;
  return job.step('Compare the repository', async log => {
    const diff = await compareSettings(aws, plan.repository, { repository, log });
    tell({ settings: diff });
    return diff;
  });
}
