/** The members of an event's payload that are read. https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export interface EventPayload {
  /** The full SHA of the branch before the push. */
  before?: string;
  pull_request?: PullRequest;
  merge_group?: { base_ref?: string; base_sha?: string };
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
