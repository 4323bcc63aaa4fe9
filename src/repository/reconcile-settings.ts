import type { Aws } from '../aws/aws.ts';
import type { RunOf } from '../platform/run-of.ts';
import { changeSettings, changesOf } from './change-settings.ts';
import type { ReconcileParts } from './change-settings.ts';
import type { Repository } from './repository.ts';
import type { SettingsDiff } from './settings-diff.ts';

/**
 * Changes an existing repository to what the inputs ask for, as `on-drift` says, and puts the policy that a new repository of another
 * run lacks. Answers the repository with its new settings.
 * @throws {Failure} where `on-drift` is `fail` and a setting differs, or where the lifecycle policy would remove images in use.
 */
export async function reconcileRepository(
  { job, plan }: RunOf<ReconcileParts>,
  aws: Aws,
  { repository, settings: comparison }: { repository: Repository; settings: SettingsDiff | undefined },
): Promise<Repository> {
  if (comparison === undefined || changesOf(plan.repository, comparison).length === 0) return repository;
  return job.step('Reconcile the repository', log =>
    changeSettings(aws, { repository, plan, comparison, log, signal: job.signal }),
  );
}
