/** URLs of the job's repository, run and commit on GitHub. */
export interface JobUrls {
  /** The URL from which git clones the repository. */
  ownUrl: string;
  /** The page of this attempt of the run. */
  runUrl: string;
  /** The job's own commit as a git context of buildx; in a pull request the merge commit, whose ref may have moved on. */
  defaultContext: string;
}

/** The URLs, from the variables of the runner. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function jobUrlsOf(environment: Record<string, string | undefined>): JobUrls {
  const { GITHUB_SERVER_URL: serverUrl = '', GITHUB_SHA } = environment;
  const { GITHUB_REPOSITORY = '', GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT } = environment;
  const repository = `${serverUrl}/${GITHUB_REPOSITORY}`;
  return {
    ownUrl: `${repository}.git`,
    runUrl: `${repository}/actions/runs/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT}`,
    defaultContext: `${repository}.git#${GITHUB_SHA}`,
  };
}
