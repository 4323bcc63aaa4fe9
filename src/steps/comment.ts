import { putComment } from '../platform/comments.ts';
import { describeFailure } from '../platform/failure.ts';
import type { Job } from '../platform/runner.ts';
import type { Plan } from '../rules/plan.ts';

/** Tells the pull request what the summary tells; a comment that cannot be written is a pity, and no more. */
export async function commentOnPullRequest(job: Job, plan: Plan, text: string): Promise<void> {
  const { comment: token } = plan.gate;
  if (token === undefined) return;
  await job.step('Comment on the pull request', async log => {
    const { repository, pullRequest: number } = plan.commit;
    if (number === undefined) return log.result('This job is for no pull request');
    // One comment for each image, whatever job or run it is of.
    const mark = `<!-- ecr-image: ${plan.repository.name} -->`;
    try {
      const done = await putComment({ repository, number, token }, { mark, text });
      log.result(`#${number}: ${done}`);
    } catch (error) {
      log.warn(`The comment on #${number} could not be written. ${describeFailure(error)}`);
      log.result(`#${number}: not written`);
    }
  });
}
