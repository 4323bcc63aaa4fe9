import type { Commit } from '../commit/commit.ts';
import type { EventPayload } from '../commit/event-payload.ts';
import type { RunnerEnvironment } from '../commit/short-sha.ts';
import { isForkOf, isPullRequest } from '../commit/strangers.ts';
import { variableWithCredentials } from './own-credentials.ts';
import type { RoleInputs } from './plan.ts';

/** The job as its environment describes it. */
export interface JobContext {
  /** Whether the job may request an OIDC token from GitHub. */
  idToken: boolean;
  /** The login of the user or app that triggered the job. */
  actor: string;
  /** Whether the job or its machine may have credentials for AWS that do not come from GitHub. */
  mayHaveKeys: boolean;
}

/**
 * Describes the job. Only a machine that GitHub does not host can have a role of AWS.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function jobOf(environment: RunnerEnvironment): JobContext {
  const { ACTIONS_ID_TOKEN_REQUEST_URL, GITHUB_ACTOR: actor = '', RUNNER_ENVIRONMENT } = environment;
  return {
    idToken: Boolean(ACTIONS_ID_TOKEN_REQUEST_URL),
    actor,
    mayHaveKeys: RUNNER_ENVIRONMENT !== 'github-hosted' || variableWithCredentials(environment) !== undefined,
  };
}

/** Whether the event is about a pull request and one from a fork, known before the commit is read. */
export function pullRequestFactsOf(
  environment: RunnerEnvironment,
  { pull_request: pullRequest }: EventPayload,
): Pick<Commit, 'isPullRequest' | 'isFork'> {
  return { isPullRequest: isPullRequest(environment), isFork: isForkOf(pullRequest) };
}

/**
 * Whether GitHub withholds an identity from this job: it runs for a pull request from a fork, or for one of Dependabot's
 * without `id-token: write`. Any other job without an identity lacks a permission, which is an error. GitHub also withholds
 * variables and secrets from a fork, so a role that the workflow takes from a variable may be missing.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables
 */
export function hasNoIdentity(
  job: JobContext,
  { arns, chaining, keys }: Pick<RoleInputs, 'arns' | 'chaining' | 'keys'>,
  { isPullRequest: isPull, isFork }: Pick<Commit, 'isPullRequest' | 'isFork'>,
): boolean {
  const isStranger = isFork || job.actor === 'dependabot[bot]';
  if (keys !== undefined) return false;
  const asksGitHub = arns.length > 0 && !chaining;
  return isPull && isStranger && !job.idToken && (asksGitHub || !job.mayHaveKeys);
}
