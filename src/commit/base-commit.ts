import type { EventPayload } from './event-payload.ts';
import type { RunnerEnvironment } from './short-sha.ts';

/** A commit whose SHA is known, or a branch whose last commit GitHub knows. */
export type BaseCommit = { sha: string } | { branch: string };

/**
 * The commit that what runs here goes on: the base of a pull request or of a merge queue, and for any other event the default
 * branch. `undefined` where the event says none of them.
 */
export function baseCommitOf(
  { GITHUB_REF, GITHUB_SHA }: RunnerEnvironment,
  { pull_request: pullRequest, merge_group: mergeGroup, repository }: EventPayload,
): BaseCommit | undefined {
  const sha = pullRequest?.base?.sha || mergeGroup?.base_sha;
  if (sha) return { sha };
  const branch = repository?.default_branch;
  if (branch === undefined) return undefined;
  return GITHUB_REF === `refs/heads/${branch}` && GITHUB_SHA ? { sha: GITHUB_SHA } : { branch };
}
