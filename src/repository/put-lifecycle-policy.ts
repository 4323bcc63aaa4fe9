import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { describeFailure, Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { SettingsDiff } from './settings-diff.ts';
import type { Repository } from './repository.ts';
import { unfinishedRemedy } from './errors.ts';
import { previewLifecycle } from './lifecycle-preview.ts';
import type { PreviewRequest } from './lifecycle-preview.ts';
import { problemWithExpiry } from './lifecycle-safety.ts';
import type { RepositoryPlan } from './plan.ts';

interface LifecycleParts {
  repository: RepositoryPlan;
  tags: { candidate: string; releases: string[] };
}

interface LifecycleOptions {
  repository: Repository;
  settings: SettingsDiff | undefined;
  /** How the title of the step calls the repository, where it is not the one of the input `repository`. */
  of?: string;
}

/** Puts the lifecycle policy of a repository that is new or to be reconciled. */
export interface Lifecycle {
  /** Does nothing if there is no policy to put. */
  put(image: { digest: string }): Promise<void>;
}

/**
 * Opens what puts the policy. It is called at the end of the run, so that ECR's preview includes the image and its
 * release tags. A new repository gets its policy even if the run fails, because later runs do not take it for a new one.
 */
export function openLifecycle(
  { job, plan }: RunOf<LifecycleParts>,
  aws: Aws,
  { repository, settings: comparison, of }: LifecycleOptions,
): Lifecycle {
  const title = `Put the lifecycle policy${of === undefined ? '' : ` of ${of}`}`;
  const { asked, onDrift } = plan.repository;
  const { lifecyclePolicy } = asked;
  const isOfOtherRun = comparison?.missing.some(({ policy }) => policy === 'lifecycle') ?? false;
  const isNew = repository.madeBy === 'this run' || isOfOtherRun;
  const differs = onDrift === 'reconcile' && comparison?.drift.some(({ policy }) => policy === 'lifecycle');
  if (lifecyclePolicy === undefined || !(isNew || differs)) return { put: () => Promise.resolve() };
  const request = {
    repositoryName: repository.name,
    registryId: repository.registryId,
    lifecyclePolicyText: lifecyclePolicy,
  };
  let hasStarted = false;
  if (isNew) {
    job.onFailure(async () => {
      if (hasStarted) return;
      await job.step(title, log =>
        refuseUnsafePolicy(job, aws, { request, plan, log })
          .then(() => aws.ecr.putLifecyclePolicy(request))
          .then(() => log.result('Put on the new repository, though the run has failed'))
          .catch(error => log.warn(`${describeFailure(error)}\n${unfinishedRemedy}`)),
      );
    });
  }
  return {
    async put({ digest }) {
      hasStarted = true;
      await job.step(title, async log => {
        if (isOfOtherRun && (await hasPolicy(aws, request)))
          return log.result('Not put: the run that created the repository has put one meanwhile');
        await refuseUnsafePolicy(job, aws, { request, plan, log, digest }).catch(error => {
          if (!isNew || !(error instanceof Failure)) throw error;
          throw new Failure(error.message, {
            remedy: `${error.remedy}\n${unfinishedRemedy}`,
            cause: error.cause,
          });
        });
        await aws.ecr.putLifecyclePolicy(request);
        log.result(
          `Put; nothing that is in use expires by it${plan.repository.allowExpiry ? ' was asked: `allow-lifecycle-expiry`' : ''}`,
        );
      });
    },
  };
}

async function hasPolicy({ ecr }: Aws, { repositoryName, registryId }: PreviewRequest): Promise<boolean> {
  try {
    return (await ecr.getLifecyclePolicy({ repositoryName, registryId })).lifecyclePolicyText !== undefined;
  } catch (error) {
    if (isRefusal(error, 'LifecyclePolicyNotFoundException')) return false;
    throw error;
  }
}

interface PreviewOptions {
  request: PreviewRequest;
  plan: LifecycleParts;
  log: Log;
  /** Digest of the image that this run is about; if it is absent, only tags identify the image. */
  digest?: string;
}

/** Throws if the policy would remove images in use. */
async function refuseUnsafePolicy(
  job: Job,
  { ecr }: Aws,
  { request, plan, log, digest }: PreviewOptions,
): Promise<void> {
  if (plan.repository.allowExpiry) return;
  const results = await previewLifecycle(ecr, request, { log, signal: job.signal });
  log.info(`Expired by it today: ${results.length}`);
  const tags = [plan.tags.candidate, ...plan.tags.releases];
  const objection = problemWithExpiry(results, { tags, ...(digest !== undefined && { digest }) });
  if (objection !== undefined) throw new Failure(objection.message, { remedy: objection.remedy });
}
