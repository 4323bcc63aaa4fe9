import { putComment } from '../platform/comments.ts';
import { describeFailure } from '../platform/failure.ts';
import type { Job } from '../platform/runner.ts';
import { markOf } from '../rules/comment-mark.ts';
import type { Plan } from '../rules/plan.ts';

/** A run that judges nothing has nothing to say of the image. */
const judging = new Set<Plan['kind']>(['publish', 'merge', 'gate']);

/** Tells the pull request what the summary tells; a comment that cannot be written is a pity, and no more. */
export async function commentOnPullRequest(job: Job, plan: Plan, text: string): Promise<void> {
  const { comment: token } = plan.gate;
  if (token === undefined || !judging.has(plan.kind)) return;
  await job.step('Comment on the pull request', async log => {
    const { repository, pullRequest: number } = plan.commit;
    if (number === undefined) return log.result('This job is for no pull request');
    try {
      const done = await putComment({ repository, number, token }, { mark: markOf(plan), text });
      log.result(`#${number}: ${done}`);
    } catch (error) {
      log.warn(`The comment on #${number} could not be written. ${describeFailure(error)}`);
      log.result(`#${number}: not written`);
    }
  });
}
