import { shaLengthIn } from './short-sha.ts';

/** What is read of an event's payload. https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export interface Event {
  /** What the branch was at before a push. */
  before?: string;
  pull_request?: PullRequest;
  merge_group?: { base_ref?: string; base_sha?: string };
  /** The branch that a pushed tag is on, where GitHub says it. */
  base_ref?: string | null;
  commits?: PushedCommit[];
  head_commit?: PushedCommit | null;
  repository?: {
    name?: string;
    description?: string | null;
    html_url?: string;
    default_branch?: string;
    license?: { spdx_id?: string | null } | null;
  };
}

interface PushedCommit {
  id?: string;
  /** ISO 8601 with the committer's zone. */
  timestamp?: string;
}

interface PullRequest {
  number?: number;
  head?: PullRequestSide;
  base?: PullRequestSide;
}

/** A head whose repository was deleted has none. */
interface PullRequestSide {
  ref?: string;
  sha?: string;
  repo?: { full_name?: string } | null;
}

/** A commit that is in the workspace's repository. */
export interface CommitFacts {
  sha: string;
  /** ISO 8601, UTC. */
  committedAt: string;
}

export interface CommitOptions {
  event: Event;
  /** What the workspace has checked out, where a repository is at its root. */
  checkedOut: CommitFacts | undefined;
  /** The commit that is meant, where the workspace has it too: it needs not, being shallow. */
  meant: CommitFacts | undefined;
  /** The SHAs that the folders of the build have checked out, by the context's name. */
  folders: Record<string, string>;
  now: Date;
}

/** Variables of the runner. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
type Environment = Record<string, string | undefined>;

/** The SHA of the commit that the event is about: of a pull request its head, not GitHub's merge of it. */
export function meantBy(environment: Environment, event: Event): string {
  return headOf(environment, event)?.sha || (environment['GITHUB_SHA'] ?? '');
}

/** Puts together what the runner, the event and git say of the commit; nobody else is asked. */
export function commitOf(environment: Environment, surroundings: CommitOptions): Commit {
  const { GITHUB_SHA = '', GITHUB_REPOSITORY = 'repository', GITHUB_RUN_ID = '0' } = environment;
  const { GITHUB_REF = '', GITHUB_REF_TYPE, GITHUB_REF_NAME, GITHUB_EVENT_NAME = '' } = environment;
  const { GITHUB_REPOSITORY_ID = '', GITHUB_REPOSITORY_OWNER_ID = '' } = environment;
  const { GITHUB_HEAD_REF, GITHUB_BASE_REF, GITHUB_SERVER_URL = 'https://github.com' } = environment;
  const { event, checkedOut, meant, folders, now } = surroundings;
  const { pull_request: pullRequest, merge_group: queued, repository: about } = event;
  // What runs beside its base has the base checked out, unless the workflow asks for the head by name.
  const isBase =
    GITHUB_EVENT_NAME === 'pull_request_target' && (checkedOut?.sha ?? GITHUB_SHA) === GITHUB_SHA;
  const sha = isBase ? GITHUB_SHA : meantBy(environment, event);
  const shaLength = shaLengthIn(environment);
  const branch = GITHUB_HEAD_REF || pullRequest?.head?.ref || branchOf(GITHUB_REF);
  const baseBranch = GITHUB_BASE_REF || pullRequest?.base?.ref || branchOf(queued?.base_ref);
  const baseSha = pullRequest?.base?.sha || queued?.base_sha;
  const tagBranch = branchOf(event.base_ref);
  const committedAt = timeIn(event, sha) ?? (meant?.sha === sha ? meant : checkedOut)?.committedAt;
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
    ...(committedAt !== undefined && { committedAt }),
    ref: GITHUB_REF,
    refSha: GITHUB_SHA,
    ...(GITHUB_REF_TYPE === 'tag' && GITHUB_REF_NAME !== undefined && { tag: GITHUB_REF_NAME }),
    ...(tagBranch && { tagBranch }),
    ...(branch && { branch }),
    ...(baseBranch && { baseBranch }),
    ...(baseSha && { baseSha }),
    ...(about?.default_branch && { defaultBranch: about.default_branch }),
    isPullRequest: isPullRequest(environment),
    ...(pullRequest?.number !== undefined && { pullRequest: pullRequest.number }),
    isFork: isForkOf(pullRequest),
    earlier: [event.before, pullRequest?.base?.sha]
      .filter(each => each !== undefined)
      .filter(each => !/^0*$/.test(each)),
    about: {
      name: about?.name ?? GITHUB_REPOSITORY.replace(/^.*\//, ''),
      ...(about?.description && { description: about.description }),
      url: about?.html_url ?? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`,
      ...(about?.license?.spdx_id && { license: about.license.spdx_id }),
    },
    now: now.toISOString(),
  };
}

/** Whether the event is about one. */
export function isPullRequest({ GITHUB_EVENT_NAME = '' }: Environment): boolean {
  return GITHUB_EVENT_NAME.startsWith('pull_request');
}

function headOf(environment: Environment, event: Event): PullRequestSide | undefined {
  return isPullRequest(environment) ? event.pull_request?.head : undefined;
}

/** A push tells when its commits were made. */
function timeIn({ commits = [], head_commit: head }: Event, sha: string): string | undefined {
  const timestamp = [...commits, head].find(each => each?.id === sha)?.timestamp;
  return timestamp === undefined ? undefined : new Date(timestamp).toISOString();
}

function branchOf(ref: string | null | undefined): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1];
}

/** Whether the head is in another repository than the base. */
export function isForkOf(pullRequest: PullRequest | undefined): boolean {
  return pullRequest !== undefined && pullRequest.head?.repo?.full_name !== pullRequest.base?.repo?.full_name;
}

/** What the event and git say of what is built, and of the job that builds it. */
export interface Commit {
  /** `owner/name` on GitHub. */
  repository: string;
  /** Decimal ids, in the subject of newer repositories' tokens. */
  repositoryId: string;
  ownerId: string;
  runId: string;
  /** `GITHUB_EVENT_NAME` */
  event: string;
  /** The full SHA that is meant; of a pull request its head's. */
  sha: string;
  /** Characters of a short SHA, where it is not 7. */
  shaLength?: number;
  /** The full SHA that is built: of a pull request GitHub's merge, unless its head was checked out. */
  checkedOut: string;
  /** The full SHAs that the folders of the build have checked out, by the context's name; none of those outside git. */
  folders: Record<string, string>;
  /** When the commit was made, ISO 8601; absent where neither the event nor git says it. */
  committedAt?: string;
  /** `refs/heads/main` */
  ref: string;
  /** The full SHA that the job runs for: `GITHUB_SHA`, which `ref` named when the event happened. */
  refSha: string;
  /** The git tag that was pushed. */
  tag?: string;
  /** The branch that the pushed tag is on, where GitHub says it. */
  tagBranch?: string;
  /** The branch that the commit is on; of a pull request its head's. */
  branch?: string;
  /** The branch that a pull request or a merge queue goes into. */
  baseBranch?: string;
  /** The commit that a pull request or a merge queue goes on. */
  baseSha?: string;
  /** The repository's own main line. */
  defaultBranch?: string;
  isPullRequest: boolean;
  /** The pull request's number. */
  pullRequest?: number;
  /** The pull request's head is in another repository, whose branch names mean nothing here. */
  isFork: boolean;
  /** SHAs of commits that this one comes after, as far as the event knows them. */
  earlier: string[];
  /** What GitHub says of the repository. */
  about: { name: string; description?: string; url: string; license?: string };
  /** When the plan is made, ISO 8601. */
  now: string;
}
