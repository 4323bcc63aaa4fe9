import type { RunOf } from '../platform/run.ts';
import { describeFailure } from '../platform/failure.ts';
import { ownerOf } from '../repository/policy.ts';
import type { RepositoryPlan } from '../repository/plan.ts';
import type { RolePlan } from '../role/plan.ts';
import type { GatePlan } from '../gate/plan.ts';
import type { Commit } from '../commit/commit.ts';
import { putComment } from './github-comments.ts';

export interface CommentParts {
  kind: string;
  repository: RepositoryPlan;
  role: RolePlan;
  gate: Pick<GatePlan, 'comment'>;
  commit: Pick<Commit, 'repository' | 'pullRequest'>;
}

/** A run that judges nothing has nothing to say of the image. */
const judging = new Set(['publish', 'merge', 'gate']);

/** Tells the pull request what the summary tells; a comment that cannot be written is a pity, and no more. */
export async function commentOnPullRequest({
  job,
  plan,
  comment,
}: RunOf<CommentParts> & { comment: () => string }): Promise<void> {
  const { comment: token } = plan.gate;
  if (token === undefined || !judging.has(plan.kind)) return;
  await job.step('Comment on the pull request', async log => {
    const { repository, pullRequest: number } = plan.commit;
    if (number === undefined) return log.result('This job is for no pull request');
    try {
      const done = await putComment({ repository, number, token }, { mark: markOf(plan), text: comment() });
      log.result(`#${number}: ${done}`);
    } catch (error) {
      log.warn(`The comment on #${number} could not be written. ${describeFailure(error)}`);
      log.result(`#${number}: not written`);
    }
  });
}

/** What a comment begins with, unseen: one for each image, wherever it lies, whatever job or run it is of. */
export function markOf({ repository, role }: Pick<CommentParts, 'repository' | 'role'>): string {
  const first = role.source.kind === 'oidc' ? role.source.arn : undefined;
  const last = role.chain.at(-1) ?? first;
  const account = repository.registryId ?? (last && ownerOf(last).account);
  const place = [account, role.region, repository.name].filter(Boolean).join('/');
  return `<!-- ecr-image: ${place} -->`;
}
