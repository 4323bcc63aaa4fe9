import type { Aws } from '../aws/aws.ts';
import { tagSettingOf } from '../ecr/mutability.ts';
import { Failure } from '../platform/failure.ts';
import type { Log } from '../platform/job.ts';
import { sayDiffering, sayDrift } from './drift.ts';
import type { Drift } from './drift.ts';
import { previewLifecycle } from './lifecycle-preview.ts';
import { problemWithExpiry } from './lifecycle-safety.ts';
import type { RepositoryPlan } from './plan.ts';
import { ownerOf, policyFor } from './repository-policy.ts';
import type { Repository } from './repository.ts';
import { catalogRequest, mergeMutability, resourceTags } from './requests.ts';
import type { SettingsDiff } from './settings-diff.ts';

/** The parts of a plan that say how a repository should be, and which tags of it are in use. */
export interface ReconcileParts {
  repository: RepositoryPlan;
  tags: { candidate: string; releases: string[] };
}

interface ReconcileOptions {
  repository: Repository;
  plan: ReconcileParts;
  comparison: SettingsDiff;
}

/** What is changed at once, as `on-drift` says, and the policy that a new repository of another run lacks; empty where all is as asked. */
export function changesOf({ onDrift }: RepositoryPlan, { missing, drift }: SettingsDiff): Drift[] {
  // The lifecycle policy is put at the end of the run.
  const ofOtherRun = missing.filter(({ policy }) => policy === 'repository');
  return onDrift === 'report' ? ofOtherRun : [...ofOtherRun, ...drift];
}

/**
 * Changes an existing repository to what its plan asks for. Answers the repository with its new settings.
 * @throws {Failure} where `on-drift` is `fail` and a setting differs, or where the lifecycle policy would remove images in use.
 */
export async function changeSettings(
  aws: Aws,
  { repository, plan, comparison, log, signal }: ReconcileOptions & { log: Log; signal: AbortSignal },
): Promise<Repository> {
  const { asked, onDrift } = plan.repository;
  const { drift } = comparison;
  const wanted = changesOf(plan.repository, comparison);
  if (onDrift === 'fail' && drift.length > 0) {
    throw new Failure(`${repository.name}: ${sayDiffering(drift)}\n${drift.map(sayDrift).join('\n')}`, {
      remedy:
        'Change the repository or the inputs, or set `on-drift: reconcile`. Nothing has been changed or pushed.',
    });
  }
  await refuseExpiry(aws, { repository, plan, comparison, wanted, log, signal });
  await putSettings(aws, { repository, plan, comparison, wanted });
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
}

type ChangedRepository = ReconcileOptions & { wanted: Drift[] };

/** Stops before anything is changed or built if the lifecycle policy would remove images in use. */
async function refuseExpiry(
  { ecr }: Aws,
  { repository, plan, wanted, log, signal }: ChangedRepository & { log: Log; signal: AbortSignal },
): Promise<void> {
  const { lifecyclePolicy } = plan.repository.asked;
  const isPut = wanted.some(({ policy }) => policy === 'lifecycle');
  if (!isPut || lifecyclePolicy === undefined || plan.repository.allowExpiry) return;
  const { name: repositoryName, registryId } = repository;
  const request = { repositoryName, registryId, lifecyclePolicyText: lifecyclePolicy };
  const results = await previewLifecycle(ecr, request, { log, signal });
  const objection = problemWithExpiry(results, { tags: [plan.tags.candidate, ...plan.tags.releases] });
  if (objection !== undefined) throw new Failure(objection.message, { remedy: objection.remedy });
}

/**
 * Changes all settings except for the lifecycle policy, which is put after the image so that its preview includes the image.
 */
async function putSettings(
  { ecr }: Aws,
  { repository, plan, wanted, comparison }: ChangedRepository,
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
