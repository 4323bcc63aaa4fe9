import type { Commit } from '../commit/commit.ts';
import { Failure } from '../platform/failure.ts';
import type { Build } from './build.ts';
import { contextsOf, isOwnCommit } from './contexts.ts';

/**
 * Whether the built sources may come from someone who cannot push to the ref that the job runs for. Events such as
 * `workflow_run`, `issue_comment` and `pull_request_target` run for the default branch or a pull request's base, whichever
 * commit their workflow then checks out: https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 * A push has only the pusher's commit, and a pull request has a ref of its own.
 */
export function isUntrusted(commit: Commit, build: Build): boolean {
  const { event, ref, refSha, checkedOut, folders, hasOtherRepository, unverified, about } = commit;
  if (event === 'push' || ref.startsWith('refs/pull/')) return false;
  const remoteAddresses = Object.values(contextsOf(build)).flatMap(location =>
    location.kind === 'elsewhere' ? [location.address] : [],
  );
  return (
    unverified !== undefined ||
    hasOtherRepository ||
    [checkedOut, ...Object.values(folders)].some(each => each !== refSha) ||
    remoteAddresses.some(each => !isOwnCommit(each, { ownUrl: `${about.url}.git`, sha: refSha }))
  );
}

/**
 * Why an image of these sources may not be pushed, in an event that runs with the rights of this repository and that anybody can
 * cause: they are the head of a fork, or not provably the commit whose SHA would be the image's tag.
 */
export function whyRefused(
  commit: Commit,
  { allowForkHead }: { allowForkHead: boolean },
): Failure | undefined {
  const { event, fork, repository, checkedOut, refSha, baseSha, unverified } = commit;
  const isOwn = (checkedOut === refSha || checkedOut === baseSha) && unverified === undefined;
  if (fork !== undefined && !isOwn && !allowForkHead) {
    const sources = unverified ?? `${checkedOut} is checked out, and the job runs for ${refSha}`;
    return new Failure(
      `This job for \`${event}\` has the rights of ${repository}, and what it builds is or may be from a fork, ${fork}: ${sources}.`,
      {
        remedy:
          'Build pull requests from forks in a job for `pull_request`, with a role of its own or none. ' +
          'If whoever opens one may push images by this role, set `allow-fork-head: true`.',
      },
    );
  }
  if (unverified === undefined) return undefined;
  return new Failure(
    `Anybody can cause \`${event}\`, and what is built is not provably the commit ${checkedOut}, after which the image would be named: ${unverified}.`,
    {
      remedy:
        'Check out the commit that is to be built in the workspace itself, without `path`, and list in .dockerignore what other steps write there. ' +
        'An image that needs files of other origin is built for an event that only members of the repository cause, such as `push` or `workflow_dispatch`.',
    },
  );
}
