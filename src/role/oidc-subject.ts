import type { Commit } from '../commit/commit.ts';

/** https://docs.github.com/en/actions/reference/security/oidc */
export const issuer = 'https://token.actions.githubusercontent.com';

/** What a repository is called in tokens: by names, or with ids where it was made or renamed after 2026-07-15. */
interface Named {
  repository: string;
  repositoryId: string;
  ownerId: string;
}

/**
 * Both forms of a subject that ends like this one: a trust policy that has both goes on working when the repository is
 * renamed or transferred and its tokens change form.
 */
export function subjectForms({ repository, repositoryId, ownerId }: Named, ending: string): string[] {
  const [owner = '', name = ''] = repository.split('/');
  const legacy = `repo:${owner}/${name}:${ending}`;
  return ownerId && repositoryId
    ? [legacy, `repo:${owner}@${ownerId}/${name}@${repositoryId}:${ending}`]
    : [legacy];
}

/** How a job's subject ends when it names no environment, which a job cannot see of itself. */
export function subjectEnding({ isPullRequest, ref }: Commit): string {
  return isPullRequest ? 'pull_request' : `ref:${ref}`;
}
