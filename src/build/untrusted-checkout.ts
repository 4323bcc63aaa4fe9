import type { Commit } from '../commit/commit.ts';
import type { Build } from './build.ts';
import { contextsOf } from './contexts.ts';

/**
 * Whether the built sources may come from someone who cannot push to the ref that the job runs for. Events such as
 * `workflow_run`, `issue_comment` and `pull_request_target` run for the default branch or a pull request's base, whichever
 * commit their workflow then checks out: https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 * A push has only the pusher's commit, and a pull request has a ref of its own.
 */
export function isUntrusted({ event, ref, refSha, checkedOut, folders }: Commit, build: Build): boolean {
  if (event === 'push' || ref.startsWith('refs/pull/')) return false;
  const remoteAddresses = Object.values(contextsOf(build)).flatMap(location =>
    location.kind === 'elsewhere' ? [location.address] : [],
  );
  return (
    [checkedOut, ...Object.values(folders)].some(each => each !== refSha) ||
    remoteAddresses.some(each => !each.includes(refSha))
  );
}
