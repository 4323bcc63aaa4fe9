import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from './event.ts';
import { ownerOf, refType, workflowRef } from './job.ts';
import type { Job } from './job.ts';

/** Where a job's steps find things on the runner's disk. */
export interface RunnerFolders {
  workspace: string;
  temp: string;
  toolCache: string;
}

/** What a process of the runner inherits from the machine, and nothing else: no credentials of who runs the tests. */
export function machineEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = process.env;
  return { PATH, HOME, LANG };
}

/**
 * Writes the event's payload and tells the `GITHUB_*` and `RUNNER_*` environment of a job's steps.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
export async function jobEnvironment(
  job: Job,
  event: Event,
  { folders, trackingId }: { folders: RunnerFolders; trackingId: string },
): Promise<Record<string, string>> {
  const eventFolder = join(folders.temp, '_github_workflow');
  const eventPath = join(eventFolder, 'event.json');
  await mkdir(eventFolder, { recursive: true });
  await mkdir(folders.toolCache, { recursive: true });
  await writeFile(eventPath, JSON.stringify(event.payload, undefined, 2));
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    // What the runner calls an action of the workflow's own repository, `uses: ./`.
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_REF: '',
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTOR: job.actor,
    GITHUB_ACTOR_ID: job.actorId,
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: job.baseRef,
    GITHUB_EVENT_NAME: job.eventName,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: job.headRef,
    GITHUB_JOB: job.jobId,
    GITHUB_REF: job.ref,
    GITHUB_REF_NAME: job.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: refType(job),
    GITHUB_REPOSITORY: job.repository,
    GITHUB_REPOSITORY_ID: job.repositoryId,
    GITHUB_REPOSITORY_OWNER: ownerOf(job),
    GITHUB_REPOSITORY_OWNER_ID: job.ownerId,
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: job.runAttempt,
    GITHUB_RUN_ID: job.runId,
    GITHUB_RUN_NUMBER: job.runNumber,
    GITHUB_SERVER_URL: job.serverUrl,
    GITHUB_SHA: job.sha,
    GITHUB_TRIGGERING_ACTOR: job.actor,
    GITHUB_WORKFLOW: job.workflow,
    GITHUB_WORKFLOW_REF: workflowRef(job),
    GITHUB_WORKFLOW_SHA: job.sha,
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: job.runnerEnvironment,
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.toolCache,
    // Every process of the job inherits it, which is how the runner finds those that outlive the job.
    RUNNER_TRACKING_ID: trackingId,
    RUNNER_WORKSPACE: join(folders.workspace, '..'),
  };
}
