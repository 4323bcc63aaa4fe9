import { isDeepStrictEqual } from 'node:util';
import type { LifecyclePolicyPreviewResult } from '@aws-sdk/client-ecr';
import { isRefusal } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';
import { Failure } from '../platform/failure.ts';
import { clock, poll } from '../platform/poll.ts';
import { seconds } from '../platform/job.ts';
import type { Log } from '../platform/job.ts';

export interface PreviewRequest {
  repositoryName: string;
  registryId: string;
  lifecyclePolicyText: string;
}

/** Milliseconds that a preview may take, with those of others before it; ECR names no limit of its own. */
const PREVIEW_TIMEOUT_MS = 300_000;

/**
 * What a lifecycle policy would do to the images that are there, by ECR's own preview, which changes nothing. A repository
 * has one preview at a time, the last that anybody started: other jobs' are waited for and never taken for this one.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lpp_creation.html
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
  if (results === undefined) throw unseen(`did not end within ${seconds(PREVIEW_TIMEOUT_MS)}`);
  return results;
}

/** Answers the policy as ECR has read it; nothing while another preview is running. */
async function startPreview(ecr: Ecr, request: PreviewRequest): Promise<string | undefined> {
  try {
    const { lifecyclePolicyText } = await ecr.startLifecyclePolicyPreview(request);
    return lifecyclePolicyText ?? request.lifecyclePolicyText;
  } catch (error) {
    if (isRefusal(error, 'LifecyclePolicyPreviewInProgressException')) return undefined;
    throw error;
  }
}

/** All pages of what this policy would do; nothing while it is worked out. */
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
    if (page.status !== 'COMPLETE') throw unseen(`is ${page.status}`);
    results.push(...(page.previewResults ?? []));
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  return results;
}

function isSame(one: string, other: string): boolean {
  return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
}

function unseen(why: string): Failure {
  return new Failure(`The preview of the lifecycle policy ${why}.`, {
    remedy: 'Run the job again, or set `allow-lifecycle-expiry: true` to put the policy without one.',
  });
}
