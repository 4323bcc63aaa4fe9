import { isDeepStrictEqual } from 'node:util';
import type { LifecyclePolicyPreviewResult } from '@aws-sdk/client-ecr';
import { isRefusal } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';
import { Failure } from '../platform/failure.ts';
import { seconds } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';
import { clock, poll } from '../platform/poll.ts';

/** The repository and the policy to preview. */
export interface PreviewRequest {
  repositoryName: string;
  registryId: string;
  lifecyclePolicyText: string;
}

/** How long to wait for a preview, including the previews of other jobs before it. ECR documents no limit. */
const PREVIEW_TIMEOUT_MS = 300_000;

/**
 * What a lifecycle policy would do to the images in the repository, according to ECR's preview, which changes nothing. A
 * repository has one preview at a time, the last one started. Previews of other jobs are waited for and not mistaken for this
 * one.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lpp_creation.html
 * @throws {Failure} when the preview fails or does not end in time.
 */
export async function previewLifecycle(
  ecr: Ecr,
  request: PreviewRequest,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<LifecyclePolicyPreviewResult[]> {
  let started: string | undefined;
  const results = await poll(
    async () => {
      started ??= await startPreview(ecr, request);
      const ended = started === undefined ? undefined : await readPreview(ecr, request, started);
      if (ended === 'replaced') started = undefined;
      return ended === 'replaced' ? undefined : ended;
    },
    {
      signal,
      timeoutMs: PREVIEW_TIMEOUT_MS,
      clock,
      pause: spent => Math.min(500 + spent / 2, 5_000),
      onWait: spent => {
        const whose = started === undefined ? 'another preview, as ECR makes one at a time' : 'the preview';
        log.info(`Waiting for ${whose} of the lifecycle policy (${seconds(spent)})`);
      },
    },
  );
  if (results === undefined) throw previewFailure(`did not end within ${seconds(PREVIEW_TIMEOUT_MS)}`);
  return results;
}

/** Starts the preview and answers the policy as ECR returned it; `undefined` while another preview is running. */
async function startPreview(ecr: Ecr, request: PreviewRequest): Promise<string | undefined> {
  try {
    const { lifecyclePolicyText } = await ecr.startLifecyclePolicyPreview(request);
    return lifecyclePolicyText ?? request.lifecyclePolicyText;
  } catch (error) {
    if (isRefusal(error, 'LifecyclePolicyPreviewInProgressException')) return undefined;
    throw error;
  }
}

/**
 * All pages of the preview; `undefined` while it is in progress, and 'replaced' if another job has started one with another
 * policy.
 */
async function readPreview(
  ecr: Ecr,
  { repositoryName, registryId }: PreviewRequest,
  policy: string,
): Promise<LifecyclePolicyPreviewResult[] | 'replaced' | undefined> {
  const results: LifecyclePolicyPreviewResult[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecr.getLifecyclePolicyPreview({
      repositoryName,
      registryId,
      maxResults: 100,
      ...(nextToken !== undefined && { nextToken }),
    });
    if (!isSame(page.lifecyclePolicyText ?? policy, policy)) return 'replaced';
    if (page.status === 'IN_PROGRESS') return undefined;
    if (page.status !== 'COMPLETE') throw previewFailure(`is ${page.status}`);
    results.push(...(page.previewResults ?? []));
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  return results;
}

function isSame(one: string, other: string): boolean {
  return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}

function previewFailure(why: string): Failure {
  return new Failure(`The preview of the lifecycle policy ${why}.`, {
    remedy: 'Run the job again, or set `allow-lifecycle-expiry: true` to put the policy without one.',
  });
}
