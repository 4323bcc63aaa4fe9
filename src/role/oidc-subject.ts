import type { Commit } from '../commit/commit.ts';

/** The issuer of github.com's OIDC tokens. https://docs.github.com/en/actions/reference/security/oidc */
export const defaultIssuer = 'https://token.actions.githubusercontent.com';

/**
 * The issuer of the tokens of a GitHub by the URL of its server, as the job's token itself is not asked for in a dry run. An enterprise
 * may have chosen one with its name behind it, which only the token tells.
 *
 * - https://docs.github.com/en/enterprise-server@latest/actions/reference/security/oidc
 * - https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/feature-overview-for-github-enterprise-cloud-with-data-residency
 */
export function issuerOf(serverUrl: string): string {
  const { host = 'github.com' } = URL.parse(serverUrl) ?? {};
  if (host === 'github.com') return defaultIssuer;
  if (/^[a-z0-9-]+\.ghe\.com$/.test(host)) return `https://token.actions.${host}`;
  return `https://${host}/_services/token`;
}

/** Whether the tokens are github.com's, an enterprise's own there included. Of these AWS compares more claims than of others. */
export function isOfGitHub(issuer: string): boolean {
  return issuer === defaultIssuer || issuer.startsWith(`${defaultIssuer}/`);
}

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
