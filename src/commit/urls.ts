/** Where the job's own things are at GitHub. */
export interface Addresses {
  /** The repository as git clones it. */
  ownUrl: string;
  /** The run and its attempt. */
  runUrl: string;
  /** The commit as a context that buildx clones. */
  defaultContext: string;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function addressesOf(environment: Record<string, string | undefined>): Addresses {
  const { GITHUB_SERVER_URL: serverUrl = '', GITHUB_SHA, GITHUB_REF = '' } = environment;
  const { GITHUB_REPOSITORY = '', GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = environment;
  const repository = `${serverUrl}/${GITHUB_REPOSITORY}`;
  // A pull request's merge commit is found by its ref alone.
  const revision = GITHUB_REF.startsWith('refs/pull/') ? GITHUB_REF : GITHUB_SHA;
  return {
    ownUrl: `${repository}.git`,
    runUrl: `${repository}/actions/runs/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT}`,
    defaultContext: `${repository}.git#${revision}`,
  };
}
