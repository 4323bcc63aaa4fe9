import type { RunOf } from '../platform/run.ts';
import type { Aws } from '../aws/aws.ts';
import { describeFailure, Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/job.ts';
import type { SettingsDiff } from './compare-settings.ts';
import type { Repository } from './ensure-repository.ts';
import type { RepositoryPlan } from './plan.ts';
import { unfinished } from './errors.ts';
import { previewLifecycle } from './lifecycle-preview.ts';
import { objectionToExpiry } from './lifecycle-safety.ts';

interface LifecycleParts {
  repository: RepositoryPlan;
  tags: { candidate: string; releases: string[] };
}

interface LifecycleOptions {
  repository: Repository;
  settings: SettingsDiff | undefined;
}

/** The lifecycle policy of a repository that is new, or is to be made as it was asked for. */
export interface Lifecycle {
  put(image: { digest: string }): Promise<void>;
}

const title = 'Put the lifecycle policy';

/**
 * The policy is put last of all, so that ECR's preview sees the image and its releases and the policy can't expire them. A
 * new repository gets it when the run fails, too: to every later run it is a repository that others have made so.
 */
export function openLifecycle(
  { job, plan }: RunOf<LifecycleParts>,
  aws: Aws,
  { repository, settings: comparison }: LifecycleOptions,
): Lifecycle {
  const { asked, onDrift } = plan.repository;
  const { lifecyclePolicy } = asked;
  const isNew = repository.madeBy === 'this run';
  const differs =
    onDrift === 'reconcile' && comparison?.drift.some(({ setting }) => setting === 'lifecycle-policy');
  if (lifecyclePolicy === undefined || !(isNew || differs)) return { put: () => Promise.resolve() };
  const request = {
    repositoryName: repository.name,
    registryId: repository.registryId,
    lifecyclePolicyText: lifecyclePolicy,
  };
  let isBegun = false;
  if (isNew) {
    job.onFailure(async () => {
      if (isBegun) return;
      await job.step(title, log =>
        preview(job, aws, { request, plan, log })
          .then(() => aws.ecr.putLifecyclePolicy(request))
          .then(() => log.result('Put on the new repository, though the run has failed'))
          .catch(error => log.warn(`${describeFailure(error)}\n${unfinished}`)),
      );
    });
  }
  return {
    async put({ digest }) {
      isBegun = true;
      await job.step(title, async log => {
        await preview(job, aws, { request, plan, log, digest }).catch(error => {
          if (!isNew || !(error instanceof Failure)) throw error;
          throw new Failure(error.message, { remedy: `${error.remedy}\n${unfinished}`, cause: error.cause });
        });
        await aws.ecr.putLifecyclePolicy(request);
        log.result(
          `Put; nothing that is in use expires by it${plan.repository.allowExpiry ? ' was asked: `allow-lifecycle-expiry`' : ''}`,
        );
      });
    },
  };
}

interface Preview {
  request: Parameters<typeof previewLifecycle>[1];
  plan: LifecycleParts;
  log: Log;
  /** Of the image that this run is about; its tags name it where it is not known. */
  digest?: string;
}

/** Stops before a policy that would take away what is in use. */
async function preview(job: Job, { ecr }: Aws, { request, plan, log, digest }: Preview): Promise<void> {
  if (plan.repository.allowExpiry) return;
  const results = await previewLifecycle(ecr, request, { log, signal: job.signal });
  log.info(`Expired by it today: ${results.length}`);
  const tags = [plan.tags.candidate, ...plan.tags.releases];
  const objection = objectionToExpiry(results, { tags, ...(digest !== undefined && { digest }) });
  if (objection !== undefined) throw new Failure(objection.message, { remedy: objection.remedy });
}
