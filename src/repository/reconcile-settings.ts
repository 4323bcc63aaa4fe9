import type { Aws } from '../aws/aws.ts';
import { tagSettingOf } from '../ecr/mutability.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { SettingsDiff } from './compare-settings.ts';
import { sayDiffering, sayDrift } from './drift.ts';
import type { Drift } from './drift.ts';
import type { Repository } from './repository.ts';
import { previewLifecycle } from './lifecycle-preview.ts';
import { problemWithExpiry } from './lifecycle-safety.ts';
import type { RepositoryPlan } from './plan.ts';
import { ownerOf, policyFor } from './repository-policy.ts';
import { catalogRequest, resourceTags, mergeMutability } from './requests.ts';

interface ReconcileParts {
  repository: RepositoryPlan;
  tags: { candidate: string; releases: string[] };
}

interface ReconcileOptions {
  repository: Repository;
  plan: ReconcileParts;
  comparison: SettingsDiff | undefined;
}

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
  const options = { repository, plan, comparison };
  const { asked, onDrift } = plan.repository;
  if (comparison === undefined) return repository;
  const { drift } = comparison;
  // The lifecycle policy is put at the end of the run.
  const missing = comparison.missing.filter(({ policy }) => policy === 'repository');
  const wanted = onDrift === 'report' ? missing : [...missing, ...drift];
  if (wanted.length === 0) return repository;
  return job.step('Reconcile the repository', async log => {
    if (onDrift === 'fail' && drift.length > 0) {
      throw new Failure(`${repository.name}: ${sayDiffering(drift)}\n${drift.map(sayDrift).join('\n')}`, {
        remedy:
          'Change the repository or the inputs, or set `on-drift: reconcile`. Nothing has been changed or pushed.',
      });
    }
    await refuseExpiry(job, aws, { ...options, wanted, log });
    await changeSettings(aws, { ...options, wanted, comparison });
    const unchangeable = wanted.filter(each => each.whyUnchangeable !== undefined);
    if (unchangeable.length > 0)
      log.warn(`${repository.name}: not to be changed here\n${unchangeable.map(sayDrift).join('\n')}`);
    log.result(`${wanted.length - unchangeable.length} of ${wanted.length} changed to what was asked`);
    if (onDrift === 'report') return repository;
    return {
      ...repository,
      mutability: mergeMutability(asked, { found: repository.mutability, made: plan.repository.mutability }),
      scanOnPush: unchangeable.some(({ setting }) => setting === 'scan-on-push')
        ? comparison.found.scanning.onPush
        : (asked.scanOnPush ?? repository.scanOnPush),
    };
  });
}

type ChangedRepository = Omit<ReconcileOptions, 'comparison'> & { wanted: Drift[] };

/** Stops before anything is changed or built if the lifecycle policy would remove images in use. */
async function refuseExpiry(
  job: Job,
  { ecr }: Aws,
  { repository, plan, wanted, log }: ChangedRepository & { log: Log },
): Promise<void> {
  const { lifecyclePolicy } = plan.repository.asked;
  const isPut = wanted.some(({ policy }) => policy === 'lifecycle');
  if (!isPut || lifecyclePolicy === undefined || plan.repository.allowExpiry) return;
  const { name: repositoryName, registryId } = repository;
  const request = { repositoryName, registryId, lifecyclePolicyText: lifecyclePolicy };
  const results = await previewLifecycle(ecr, request, { log, signal: job.signal });
  const objection = problemWithExpiry(results, { tags: [plan.tags.candidate, ...plan.tags.releases] });
  if (objection !== undefined) throw new Failure(objection.message, { remedy: objection.remedy });
}

/**
 * Changes all settings except for the lifecycle policy, which is put after the image so that its preview includes the image.
 */
async function changeSettings(
  { ecr }: Aws,
  { repository, plan, wanted, comparison }: ChangedRepository & { comparison: SettingsDiff },
): Promise<void> {
  const { asked, mutability: made } = plan.repository;
  const { found } = comparison;
  const { name: repositoryName, registryId, arn: resourceArn } = repository;
  const where = { repositoryName, registryId };
  const differs = (setting: string): boolean =>
    wanted.some(each => each.setting.startsWith(setting) && each.whyUnchangeable === undefined);
  const policyText = policyFor(asked, ownerOf(resourceArn ?? ''), found.repositoryPolicy);
  await Promise.all([
    differs('image-tag-mutability') &&
      ecr.putImageTagMutability({
        ...where,
        ...tagSettingOf(mergeMutability(asked, { found: repository.mutability, made })),
      }),
    asked.scanOnPush !== undefined &&
      differs('scan-on-push') &&
      ecr.putImageScanningConfiguration({
        ...where,
        imageScanningConfiguration: { scanOnPush: asked.scanOnPush },
      }),
    differs('repository-tags') && ecr.tagResource({ resourceArn, tags: resourceTags(asked.tags) }),
    policyText !== undefined &&
      (differs('repository-policy') || differs('pull-')) &&
      ecr.setRepositoryPolicy({ ...where, policyText }),
    asked.catalog &&
      differs('catalog-data') &&
      ecr.putRepositoryCatalogData({
        ...where,
        catalogData: catalogRequest({ ...found.catalog, ...asked.catalog }),
      }),
  ]);
}
