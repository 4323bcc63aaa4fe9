import type { RunOf } from '../platform/run.ts';
import type { Aws } from '../aws/aws.ts';
import { tagSettingOf } from '../ecr/mutability.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import type { SettingsDiff } from './compare-settings.ts';
import { sayDiffering, sayDrift } from './drift.ts';
import type { RepositoryPlan } from './plan.ts';
import type { Repository } from './ensure-repository.ts';
import { previewLifecycle } from './lifecycle-preview.ts';
import { objectionToExpiry } from './lifecycle-safety.ts';
import { ownerOf, policyFor } from './policy.ts';
import { catalogRequest, resourceTags, wishedMutability } from './requests.ts';

interface ReconcileParts {
  repository: RepositoryPlan;
  tags: { candidate: string; releases: string[] };
}

interface Differing {
  repository: Repository;
  plan: ReconcileParts;
  comparison: SettingsDiff | undefined;
}

/** Makes an existing repository what was asked for, or stops, as `on-drift` says; answers the repository as it is then. */
export async function reconcileRepository(
  { job, plan }: RunOf<ReconcileParts>,
  aws: Aws,
  { repository, settings: comparison }: { repository: Repository; settings: SettingsDiff | undefined },
): Promise<Repository> {
  const differing = { repository, plan, comparison };
  const { asked, onDrift } = plan.repository;
  if (comparison === undefined || comparison.drift.length === 0 || onDrift === 'report') return repository;
  const { drift } = comparison;
  return job.step('Reconcile the repository', async log => {
    if (onDrift === 'fail') {
      throw new Failure(`${repository.name}: ${sayDiffering(drift)}\n${drift.map(sayDrift).join('\n')}`, {
        remedy:
          'Change the repository or the inputs, or set `on-drift: reconcile`. Nothing has been changed or pushed.',
      });
    }
    await refuseExpiry(job, aws, { ...differing, comparison, log });
    await change(aws, { ...differing, comparison });
    const fixed = drift.filter(each => each.fixed !== undefined);
    if (fixed.length > 0)
      log.warn(`${repository.name}: not to be changed here\n${fixed.map(sayDrift).join('\n')}`);
    log.result(`${drift.length - fixed.length} of ${drift.length} changed to what was asked`);
    return {
      ...repository,
      mutability: wishedMutability(asked, { found: repository.mutability, made: plan.repository.mutability }),
      scanOnPush: fixed.some(({ setting }) => setting === 'scan-on-push')
        ? comparison.found.scanning.onPush
        : (asked.scanOnPush ?? repository.scanOnPush),
    };
  });
}

type Known = Differing & { comparison: SettingsDiff };

/** Before anything is changed or built: would the policy expire what is in use now? */
async function refuseExpiry(
  job: Job,
  { ecr }: Aws,
  { repository, plan, comparison, log }: Known & { log: Log },
): Promise<void> {
  const { lifecyclePolicy } = plan.repository.asked;
  const isPut = comparison.drift.some(({ setting }) => setting === 'lifecycle-policy');
  if (!isPut || lifecyclePolicy === undefined || plan.repository.allowExpiry) return;
  const { name: repositoryName, registryId } = repository;
  const request = { repositoryName, registryId, lifecyclePolicyText: lifecyclePolicy };
  const results = await previewLifecycle(ecr, request, { log, signal: job.signal });
  const objection = objectionToExpiry(results, { tags: [plan.tags.candidate, ...plan.tags.releases] });
  if (objection !== undefined) throw new Failure(objection.message, { remedy: objection.remedy });
}

/** All but the lifecycle policy, which is put when the image is there for its preview. */
async function change({ ecr }: Aws, { repository, plan, comparison }: Known): Promise<void> {
  const { asked, mutability: made } = plan.repository;
  const { found, drift } = comparison;
  const { name: repositoryName, registryId, arn: resourceArn } = repository;
  const where = { repositoryName, registryId };
  const differs = (setting: string): boolean =>
    drift.some(each => each.setting.startsWith(setting) && each.fixed === undefined);
  const policyText = policyFor(asked, ownerOf(resourceArn ?? ''), found.repositoryPolicy);
  await Promise.all([
    differs('image-tag-mutability') &&
      ecr.putImageTagMutability({
        ...where,
        ...tagSettingOf(wishedMutability(asked, { found: repository.mutability, made })),
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
