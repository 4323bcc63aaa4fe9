import type { LifecyclePolicyPreviewResult } from '@aws-sdk/client-ecr';
import { isRefusal } from './aws.ts';
import type { Ecr } from './ecr.ts';
import { Failure } from './failure.ts';
import { clock, poll } from './poll.ts';
import { seconds } from './runner.ts';
import type { Log } from './runner.ts';

export interface PreviewRequest {
  repositoryName: string;
  registryId: string;
  lifecyclePolicyText: string;
}

/** Milliseconds that a preview may take; ECR names no limit of its own. */
const budget = 300_000;

/**
 * What a lifecycle policy would do to the images that are there, by ECR's own preview, which changes nothing.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lpp_creation.html
 */
export async function previewLifecycle(
  ecr: Ecr,
  request: PreviewRequest,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<LifecyclePolicyPreviewResult[]> {
  const { repositoryName, registryId } = request;
  await ecr.startLifecyclePolicyPreview(request).catch(error => {
    if (!isRefusal(error, 'LifecyclePolicyPreviewInProgressException')) throw error;
    throw new Failure('Another preview of a lifecycle policy is running in this repository.', {
      remedy: 'Run the job again in a minute: ECR runs one at a time.',
      cause: error,
    });
  });
  const results: LifecyclePolicyPreviewResult[] = [];
  const ended = await poll(
    async () => {
      const page = await ecr.getLifecyclePolicyPreview({ repositoryName, registryId, maxResults: 100 });
      return page.status === 'IN_PROGRESS' ? undefined : page;
    },
    {
      signal,
      budget,
      clock,
      pause: spent => Math.min(500 + spent / 2, 5_000),
      onWait: spent => log.info(`Waiting for the preview of the lifecycle policy (${seconds(spent)})`),
    },
  );
  if (ended?.status !== 'COMPLETE') {
    throw new Failure(
      `The preview of the lifecycle policy ${ended === undefined ? `did not end within ${seconds(budget)}` : `is ${ended.status}`}.`,
      { remedy: 'Run the job again, or set `allow-lifecycle-expiry: true` to put the policy without one.' },
    );
  }
  results.push(...(ended.previewResults ?? []));
  for (let token = ended.nextToken; token !== undefined;) {
    const page = await ecr.getLifecyclePolicyPreview({
      repositoryName,
      registryId,
      maxResults: 100,
      nextToken: token,
    });
    results.push(...(page.previewResults ?? []));
    token = page.nextToken === token ? undefined : page.nextToken;
  }
  return results;
}
