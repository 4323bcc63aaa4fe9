import type { Commit } from '../commit/commit.ts';
import type { Build } from './build.ts';
import { contextsOf } from './contexts.ts';

/**
 * Whether what is built may be somebody's who cannot push to the ref that the job runs for. Events such as `workflow_run`,
 * `issue_comment` and `pull_request_target` run for the default branch or a pull request's base, whichever commit their
 * workflow then checks out: https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 * A push tells of nobody else's commit, and a pull request has a ref of its own.
 */
export function isUntrusted({ event, ref, refSha, checkedOut, folders }: Commit, build: Build): boolean {
  if (event === 'push' || ref.startsWith('refs/pull/')) return false;
  const elsewhere = Object.values(contextsOf(build)).flatMap(place =>
    place.kind === 'elsewhere' ? [place.what] : [],
  );
  return (
    [checkedOut, ...Object.values(folders)].some(each => each !== refSha) ||
    elsewhere.some(each => !each.includes(refSha))
  );
}
