import type { Commit } from './plan.ts';
import type { RoleInputs } from './role.ts';

/** What the runner says of the job. */
export interface JobContext {
  /** Whether it may ask GitHub who it is. */
  idToken: boolean;
  /** Who triggered it. */
  actor: string;
}

/**
 * Whether GitHub gives this job no identity whatever the workflow grants: a pull request from a fork, or Dependabot's. A
 * job of one's own without an identity lacks a permission, which is an error.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 */
export function isOutside(job: JobContext, role: RoleInputs, commit: Commit): boolean {
  const isStranger = commit.isFork || job.actor === 'dependabot[bot]';
  return commit.isPullRequest && isStranger && !job.idToken && role.arns.length > 0 && !role.chaining;
}
