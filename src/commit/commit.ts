import { timeOf } from '../git/values.ts';
import type { EventPayload, PullRequestSide, ReleaseOnGitHub } from './event-payload.ts';
import { shaLengthIn } from './short-sha.ts';
import type { RunnerEnvironment } from './short-sha.ts';
import { forkOf, isForkOf, isOpenToStrangers, isPullRequest } from './strangers.ts';

/** A commit in the repository of the workspace. */
export interface CommitFacts {
  /** The full SHA. */
  sha: string;
  /** ISO 8601, UTC; absent where git has a date that no calendar has. */
  committedAt?: string;
}

/** What the event and git know of the commit. */
export interface CommitOptions {
  event: EventPayload;
  /** The commit that is checked out in the workspace, if a repository is at its root. */
  checkedOut: CommitFacts | undefined;
  /** The commit that the event is about, if the workspace has it; a shallow clone may not. */
  eventCommit: CommitFacts | undefined;
  /** The full SHAs that are checked out in the folders of the build, by the context's name. */
  folders: Record<string, string>;
  /** Whether a folder of the build has a repository of its own in it or around it, below the workspace. */
  hasOtherRepository?: boolean;
  /** Why what is built is not provably the commit that is checked out. */
  unverified?: string | undefined;
  now: Date;
}

/** The full SHA of the commit that the event is about. For a pull request this is its head and not GitHub's merge commit. */
export function eventShaOf(environment: RunnerEnvironment, event: EventPayload): string {
  return headOf(environment, event)?.sha || (environment['GITHUB_SHA'] ?? '');
}

/** Combines what the runner, the event and git know of the commit. */
export function commitOf(environment: RunnerEnvironment, options: CommitOptions): Commit {
  const { GITHUB_SHA = '', GITHUB_REPOSITORY = 'repository', GITHUB_RUN_ID = '0' } = environment;
  const { GITHUB_REF = '', GITHUB_REF_TYPE, GITHUB_REF_NAME, GITHUB_EVENT_NAME = '' } = environment;
  const { GITHUB_REPOSITORY_ID = '', GITHUB_REPOSITORY_OWNER_ID = '' } = environment;
  const { GITHUB_HEAD_REF, GITHUB_BASE_REF, GITHUB_SERVER_URL = 'https://github.com' } = environment;
  const { event, checkedOut, eventCommit, folders, hasOtherRepository = false, unverified, now } = options;
  const { pull_request: pullRequest, merge_group: mergeGroup, repository } = event;
  const unreleased = GITHUB_EVENT_NAME === 'release' ? whyUnreleased(event.release ?? {}) : undefined;
  const isOpen = isOpenToStrangers(environment, event);
  const fork = forkOf(environment, event);
  const eventSha = eventShaOf(environment, event);
  const baseSha = pullRequest?.base?.sha || mergeGroup?.base_sha;
  const built = checkedOut?.sha ?? GITHUB_SHA;
  // A job for `pull_request_target` has the base checked out, unless the workflow checks out the head explicitly.
  const isBase = GITHUB_EVENT_NAME === 'pull_request_target' && (built === GITHUB_SHA || built === baseSha);
  // The other events that anybody can cause run for the default branch, and say nothing of a commit that is checked out instead.
  // The head that the payload names may be any commit, one of main too, and its branch in the fork another one by now.
  const isNamedByCheckout = isBase || (isOpen && (!isPullRequest(environment) || fork !== undefined));
  const sha = isNamedByCheckout ? built : eventSha;
  const shaLength = shaLengthIn(environment);
  const branch = GITHUB_HEAD_REF || pullRequest?.head?.ref || branchOf(GITHUB_REF);
  const baseBranch = GITHUB_BASE_REF || pullRequest?.base?.ref || branchOf(mergeGroup?.base_ref);
  const tagBranch = branchOf(event.base_ref);
  // The merge of a pull request was made at another time than its head.
  const committedAt =
    timeIn(event, sha) ?? [eventCommit, checkedOut].find(each => each?.sha === sha)?.committedAt;
  // A schedule runs on the default branch, and its payload may not name it: the others are webhooks', which do.
  // https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
  const defaultBranch =
    repository?.default_branch || (GITHUB_EVENT_NAME === 'schedule' ? branchOf(GITHUB_REF) : undefined);
  return {
    repository: GITHUB_REPOSITORY,
    repositoryId: GITHUB_REPOSITORY_ID,
    ownerId: GITHUB_REPOSITORY_OWNER_ID,
    runId: GITHUB_RUN_ID,
    event: GITHUB_EVENT_NAME,
    sha,
    ...(shaLength !== undefined && { shaLength }),
    checkedOut: checkedOut?.sha ?? GITHUB_SHA,
    folders,
    hasOtherRepository,
    isOpenToStrangers: isOpen,
    ...(unverified !== undefined && { unverified }),
    ...(fork !== undefined && { fork }),
    ...(committedAt !== undefined && { committedAt }),
    ref: GITHUB_REF,
    refSha: GITHUB_SHA,
    ...(GITHUB_REF_TYPE === 'tag' && GITHUB_REF_NAME !== undefined && { tag: GITHUB_REF_NAME }),
    ...(unreleased !== undefined && { unreleased }),
    ...(tagBranch && { tagBranch }),
    ...(branch && { branch }),
    ...(baseBranch && { baseBranch }),
    ...(baseSha && { baseSha }),
    ...(defaultBranch && { defaultBranch }),
    isPullRequest: isPullRequest(environment),
    ...(pullRequest?.number !== undefined && { pullRequest: pullRequest.number }),
    isFork: isForkOf(pullRequest),
    earlier: [event.before, pullRequest?.base?.sha]
      .filter(each => each !== undefined)
      .filter(each => !/^0*$/.test(each)),
    about: {
      name: repository?.name ?? GITHUB_REPOSITORY.replace(/^.*\//, ''),
      ...(repository?.description && { description: repository.description }),
      url: repository?.html_url ?? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`,
      ...(repository?.license?.spdx_id && { license: repository.license.spdx_id }),
    },
    now: now.toISOString(),
  };
}

function whyUnreleased({ draft, prerelease }: ReleaseOnGitHub): Commit['unreleased'] {
  if (draft) return 'draft';
  return prerelease ? 'prerelease' : undefined;
}

function headOf(environment: RunnerEnvironment, event: EventPayload): PullRequestSide | undefined {
  return isPullRequest(environment) ? event.pull_request?.head : undefined;
}

/** When the commit was made, according to the payload of a push; ISO 8601, UTC. */
function timeIn({ commits = [], head_commit: head }: EventPayload, sha: string): string | undefined {
  const timestamp = [...commits, head].find(each => each?.id === sha)?.timestamp;
  return timestamp === undefined ? undefined : timeOf(timestamp);
}

function branchOf(ref: string | null | undefined): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1];
}

/** The commit that is built, and the job that builds it, according to the event and git. A dry run writes these names. */
export interface Commit {
  /** `owner/name` on GitHub. */
  repository: string;
  /** Decimal ID, which is part of the subject of newer repositories' tokens. */
  repositoryId: string;
  /** Decimal ID, as above. */
  ownerId: string;
  runId: string;
  /** `GITHUB_EVENT_NAME` */
  event: string;
  /** The full SHA of the commit that the event is about; for a pull request that of its head. */
  sha: string;
  /** Characters of a short SHA, if the environment sets it. */
  shaLength?: number;
  /** The full SHA that is built. For a pull request this is GitHub's merge commit, unless the head was checked out. */
  checkedOut: string;
  /**
   * The full SHAs that are checked out in the folders of the build, by the context's name. Folders outside git are left out.
   */
  folders: Record<string, string>;
  /**
   * Whether a folder of the build has a repository of its own, below the workspace, that is not proven to be the job's commit.
   * Files can make its HEAD name any commit.
   */
  hasOtherRepository: boolean;
  /** Whether somebody without write access can cause the event, see {@link isOpenToStrangers}. */
  isOpenToStrangers: boolean;
  /** Why what is built is not provably `checkedOut`. It is only asked, and only there, where `isOpenToStrangers`. */
  unverified?: string;
  /** `owner/name` of the fork whose head the event is about, in an event that runs with the rights of this repository. */
  fork?: string;
  /** When the commit was made, ISO 8601; absent if neither the event nor git knows it. */
  committedAt?: string;
  /** `refs/heads/main` */
  ref: string;
  /** The full SHA that `ref` named when the event happened: `GITHUB_SHA`. */
  refSha: string;
  /** The git tag that was pushed. */
  tag?: string;
  /** What the release of a `release` event is marked as on GitHub, where it is not for everybody yet. */
  unreleased?: 'draft' | 'prerelease';
  /** The branch that the pushed tag is on, if GitHub knows it. */
  tagBranch?: string;
  /** The branch that the commit is on; for a pull request that of its head. */
  branch?: string;
  /** The branch that a pull request or a merge queue merges into. */
  baseBranch?: string;
  /** The full SHA of the commit that a pull request or a merge queue is based on. */
  baseSha?: string;
  /** The default branch of the repository. */
  defaultBranch?: string;
  isPullRequest: boolean;
  /** The pull request's number. */
  pullRequest?: number;
  /** Whether the head of the pull request is in another repository, so that its branch name has no meaning in this one. */
  isFork: boolean;
  /** Full SHAs of ancestors of this commit, as far as the event knows them. */
  earlier: string[];
  /** The repository as GitHub describes it. */
  about: { name: string; description?: string; url: string; license?: string };
  /** When the plan is made, ISO 8601, UTC. */
  now: string;
}
