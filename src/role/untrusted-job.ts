import { isForkOf, isPullRequest } from '../commit/commit.ts';
import type { Commit, Event } from '../commit/commit.ts';
import type { RoleInputs } from './plan.ts';

/** What the runner says of the job. */
export interface JobContext {
  /** Whether it may ask GitHub who it is. */
  idToken: boolean;
  /** Who triggered it. */
  actor: string;
  /** Whether the job or its machine may have keys for AWS that GitHub has no part in. */
  mayHaveKeys: boolean;
}

/** Variables that the SDK's default provider chain begins with. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html */
const sources = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

type Environment = Record<string, string | undefined>;

/** A machine of GitHub's own has no role at AWS. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function jobOf(environment: Environment): JobContext {
  const { ACTIONS_ID_TOKEN_REQUEST_URL, GITHUB_ACTOR: actor = '', RUNNER_ENVIRONMENT } = environment;
  return {
    idToken: Boolean(ACTIONS_ID_TOKEN_REQUEST_URL),
    actor,
    mayHaveKeys: RUNNER_ENVIRONMENT !== 'github-hosted' || sources.some(name => Boolean(environment[name])),
  };
}

/** Where a change comes from, which is known before anything else of its commit. */
export function originOf(
  environment: Environment,
  { pull_request: pullRequest }: Event,
): Pick<Commit, 'isPullRequest' | 'isFork'> {
  return { isPullRequest: isPullRequest(environment), isFork: isForkOf(pullRequest) };
}

/**
 * Whether GitHub gives this job no identity: a pull request from a fork, or Dependabot's without `id-token: write`. A
 * job of one's own without an identity lacks a permission, which is an error. GitHub keeps its variables from a fork as it
 * does its secrets, so a role may be missing that the workflow names.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables
 */
export function hasNoIdentity(
  job: JobContext,
  { arns, chaining }: Pick<RoleInputs, 'arns' | 'chaining'>,
  { isPullRequest: isPull, isFork }: Pick<Commit, 'isPullRequest' | 'isFork'>,
): boolean {
  const isStranger = isFork || job.actor === 'dependabot[bot]';
  const asksGitHub = arns.length > 0 && !chaining;
  return isPull && isStranger && !job.idToken && (asksGitHub || !job.mayHaveKeys);
}
