import type { Commit } from '../commit/commit.ts';

/** The issuer of GitHub's OIDC tokens. https://docs.github.com/en/actions/reference/security/oidc */
export const issuer = 'https://token.actions.githubusercontent.com';

/** How tokens identify a repository: by its name, and also by IDs if it was created or renamed after 2026-07-15. */
interface RepositoryIdentity {
  repository: string;
  repositoryId: string;
  ownerId: string;
}

/**
 * Both forms of a subject with this ending. A trust policy that has both still works after the repository's form was changed. Both have
 * names in them: after a rename or a transfer the policy needs the new ones.
 */
export function subjectForms(
  { repository, repositoryId, ownerId }: RepositoryIdentity,
  ending: string,
): string[] {
  const [owner = '', name = ''] = repository.split('/');
  const legacy = `repo:${owner}/${name}:${ending}`;
  return ownerId && repositoryId
    ? [legacy, `repo:${owner}@${ownerId}/${name}@${repositoryId}:${ending}`]
    : [legacy];
}

/** The ending of a job's subject if the job has no environment. A job cannot see whether it has one. */
export function subjectEnding({ isPullRequest, ref }: Commit): string {
  return isPullRequest ? 'pull_request' : `ref:${ref}`;
}
