import { isSha, timeOf } from '../git/values.ts';

/**
 * The members of an event's payload that are read, as {@link parseEvent} lets them in.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export interface EventPayload {
  /** The full SHA of the branch before the push. */
  before?: string;
  pull_request?: PullRequest;
  merge_group?: { base_ref?: string; base_sha?: string };
  release?: ReleaseOnGitHub;
  /** The run that a `workflow_run` follows. */
  workflow_run?: WorkflowRun;
  /** The branch that a pushed tag is on, if GitHub knows it. */
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
  /** ISO 8601 with the committer's time zone. */
  timestamp?: string;
}

/** A pull request. https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
export interface PullRequest {
  number?: number;
  head?: PullRequestSide;
  base?: PullRequestSide;
}

/** A release on GitHub. https://docs.github.com/en/webhooks/webhook-events-and-payloads#release */
export interface ReleaseOnGitHub {
  draft?: boolean;
  prerelease?: boolean;
}

/** A run of another workflow. https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run */
interface WorkflowRun {
  /** What started it, such as `push`. */
  event?: string;
  /** The branch that it ran for; for a pull request the branch of the head. */
  head_branch?: string | null;
  /** Null where the repository was deleted. */
  head_repository?: { full_name?: string } | null;
}

/** One side of a pull request. `repo` is null if the repository of the head was deleted. */
export interface PullRequestSide {
  ref?: string;
  sha?: string;
  repo?: { full_name?: string } | null;
}

/**
 * Lets in of a payload what has the type and the form that GitHub documents. All else counts as absent, so that nobody has to ask
 * again: a text where a list should be, a SHA that is none, a date that no calendar has.
 */
export function parseEvent(payload: unknown): EventPayload {
  const event = members(payload);
  return compact({
    before: sha(event['before']),
    pull_request: nested(event['pull_request'], pullRequest => ({
      number: positive(pullRequest['number']),
      head: nested(pullRequest['head'], parseSide),
      base: nested(pullRequest['base'], parseSide),
    })),
    merge_group: nested(event['merge_group'], group => ({
      base_ref: text(group['base_ref']),
      base_sha: sha(group['base_sha']),
    })),
    release: nested(event['release'], release => ({
      draft: bool(release['draft']),
      prerelease: bool(release['prerelease']),
    })),
    workflow_run: nested(event['workflow_run'], run => ({
      event: text(run['event']),
      head_branch: text(run['head_branch']),
      head_repository: nested(run['head_repository'], parseName),
    })),
    base_ref: text(event['base_ref']),
    commits: Array.isArray(event['commits'])
      ? event['commits'].flatMap((each: unknown) => nested(each, parseCommit) ?? [])
      : undefined,
    head_commit: nested(event['head_commit'], parseCommit),
    repository: nested(event['repository'], repository => ({
      name: text(repository['name']),
      description: text(repository['description']),
      html_url: address(repository['html_url']),
      default_branch: text(repository['default_branch']),
      license: nested(repository['license'], license => ({ spdx_id: text(license['spdx_id']) })),
    })),
  });
}

type Members = Readonly<Record<string, unknown>>;

function parseSide(side: Members) {
  return { ref: text(side['ref']), sha: sha(side['sha']), repo: nested(side['repo'], parseName) };
}

function parseName(repository: Members) {
  return { full_name: text(repository['full_name']) };
}

function parseCommit(commit: Members) {
  const timestamp = text(commit['timestamp']);
  return { id: sha(commit['id']), timestamp: timestamp && timeOf(timestamp) && timestamp };
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Reads an object; what is none counts as absent. */
function nested<T extends object>(value: unknown, read: (given: Members) => T): Present<T> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? compact(read(members(value))) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function bool(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function sha(value: unknown): string | undefined {
  return typeof value === 'string' && isSha(value) ? value : undefined;
}

function address(value: unknown): string | undefined {
  return typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? value : undefined;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** An object whose members are there, or not. */
type Present<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function compact<T extends object>(value: T): Present<T> {
  const present: Present<T> = { ...value };
  for (const name in present) if (present[name] === undefined) delete present[name];
  return present;
}
