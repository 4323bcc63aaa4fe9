import { randomUUID } from 'node:crypto';

/**
 * What GitHub knows of a job when it starts: the source of its `GITHUB_*` environment, of its identity token's claims
 * and of the caches it may see. Ids are decimal numbers in strings, as GitHub gives them.
 */
export interface Job {
  /** `https://github.com`, or where a server of one's own is. */
  serverUrl: string;
  repository: string;
  repositoryId: string;
  ownerId: string;
  visibility: 'public' | 'private' | 'internal';
  defaultBranch: string;
  eventName: string;
  ref: string;
  sha: string;
  /** Branch names of a pull request, empty for any other event. */
  headRef: string;
  baseRef: string;
  actor: string;
  actorId: string;
  workflow: string;
  workflowFile: string;
  jobId: string;
  runId: string;
  runNumber: string;
  runAttempt: string;
  /** The deployment environment, if the job names one. */
  environment?: string;
  runnerEnvironment: 'github-hosted' | 'self-hosted';
  /**
   * How `sub` names the repository: `legacy` is `repo:OWNER/REPO:…`; `immutable`, of repositories made or renamed after
   * 2026-07-15, is `repo:OWNER@OWNER_ID/REPO@REPO_ID:…`.
   */
  subject: 'legacy' | 'immutable';
  /**
   * The claims that `sub` is made of where the organisation or the repository has said so (`include_claim_keys`), such as
   * `['repo', 'context', 'job_workflow_ref']`.
   */
  subjectClaims?: readonly string[];
  /** The reusable workflow that the job is written in, `octo-org/workflows/.github/workflows/image.yml@refs/heads/main`. */
  reusableWorkflow?: { ref: string; sha: string };
  /** The enterprise that the repository belongs to, and whether its tokens come from an issuer of its own. */
  enterprise?: { slug: string; id: string; hasIssuer: boolean };
  /** Whether the workflow grants `permissions: id-token: write`. */
  idToken: boolean;
  cacheMode: 'none' | 'read' | 'write' | 'write-only';
  /** The runtime token of another server, such as act's; here it opens nothing. */
  runtimeToken?: string;
  /** Names the run's plan and the job in it, in the paths and scopes of the services. */
  planId: string;
  planJobId: string;
}

/** A job that runs for a push to `main` of `octo-org/octo-repo`, except for what is said otherwise. */
export function describeJob(known: Partial<Job> = {}): Job {
  return {
    serverUrl: 'https://github.com',
    repository: 'octo-org/octo-repo',
    repositoryId: '740000074',
    ownerId: '650065',
    visibility: 'private',
    defaultBranch: 'main',
    eventName: 'push',
    ref: 'refs/heads/main',
    sha: '0123456789abcdef0123456789abcdef01234567',
    headRef: '',
    baseRef: '',
    actor: 'octocat',
    actorId: '583231',
    workflow: 'Release',
    workflowFile: '.github/workflows/release.yml',
    jobId: 'image',
    runId: '16000000001',
    runNumber: '42',
    runAttempt: '1',
    runnerEnvironment: 'github-hosted',
    subject: 'legacy',
    idToken: true,
    cacheMode: 'write',
    planId: randomUUID(),
    planJobId: randomUUID(),
    ...known,
  };
}

/** `octo-org` of `octo-org/octo-repo`. */
export function ownerOf(job: Pick<Job, 'repository'>): string {
  return job.repository.replace(/\/.*$/, '');
}

/** `branch` or `tag`; a pull request's merge ref counts as a branch. */
export function refType(job: Job): 'branch' | 'tag' {
  return job.ref.startsWith('refs/tags/') ? 'tag' : 'branch';
}

/** Where the workflow's file was taken from, such as `octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main`. */
export function workflowRef(job: Job): string {
  return `${job.repository}/${job.workflowFile}@${job.ref}`;
}
