import { imageNameOf } from '../commit/commit-tag.ts';
import type { Commit } from '../commit/commit.ts';
import type { GatePlan } from '../gate/plan.ts';
import { describeFailure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { RepositoryPlan } from '../repository/plan.ts';
import { ownerOf } from '../repository/repository-policy.ts';
import type { RolePlan } from '../role/plan.ts';
import type { Tags } from '../tags/plan.ts';
import { putComment } from './github-comments.ts';

/** The parts of the plan that the comment needs. */
export interface CommentParts {
  kind: string;
  repository: RepositoryPlan;
  role: RolePlan;
  gate: Pick<GatePlan, 'comment'>;
  commit: Pick<Commit, 'repository' | 'pullRequest' | 'checkedOut'>;
  tags: Pick<Tags, 'commitTag'>;
}

/** The kinds of runs that judge an image. The others write no comment. */
const judgingKinds = new Set(['publish', 'merge', 'gate', 'promote']);

/** Writes the summary as a comment on the pull request. A comment that cannot be written is a warning and not an error. */
export async function commentOnPullRequest({
  job,
  plan,
  comment,
}: RunOf<CommentParts> & { comment: () => string }): Promise<void> {
  const { comment: token } = plan.gate;
  if (token === undefined || !judgingKinds.has(plan.kind)) return;
  await job.step('Comment on the pull request', async log => {
    const { repository, pullRequest: number } = plan.commit;
    if (number === undefined) return log.result('This job is for no pull request');
    try {
      const outcome = await putComment(
        { repository, number, token },
        { mark: commentMark(plan), text: comment() },
      );
      log.result(`#${number}: ${outcome}`);
    } catch (error) {
      log.warn(`The comment on #${number} could not be written. ${describeFailure(error)}`);
      log.result(`#${number}: not written`);
    }
  });
}

/** The hidden mark with which a comment begins. It is the same for all jobs and runs of one image. */
export function commentMark({
  repository,
  role,
  commit,
  tags,
}: Pick<CommentParts, 'repository' | 'role' | 'commit' | 'tags'>): string {
  const firstRole = role.source.kind === 'oidc' ? role.source.arn : undefined;
  const lastRole = role.chain.at(-1) ?? firstRole;
  const account = repository.registryId ?? (lastRole && ownerOf(lastRole).account);
  // A mark cannot have `***` in it, which all accounts would share.
  const shownAccount = role.masksAccountId ? undefined : account;
  const name = imageNameOf(repository.name, { commitTag: tags.commitTag, sha: commit.checkedOut });
  const image = [shownAccount, role.region, name].filter(Boolean).join('/');
  return `<!-- ecr-image: ${image} -->`;
}
