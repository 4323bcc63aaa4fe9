import { oidcToken } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';

/**
 * Requests a new OIDC token of GitHub for an audience. The token is masked and expires after about five minutes.
 * https://docs.github.com/en/actions/reference/security/oidc
 * @throws {Failure} when the job has no permission to request one, or GitHub does not answer with one.
 */
export async function requestOidcToken(audience: string): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN } = process.env;
  if (!ACTIONS_ID_TOKEN_REQUEST_URL || !ACTIONS_ID_TOKEN_REQUEST_TOKEN) {
    throw new Failure("This job may not ask GitHub for an OIDC token, so it can't assume `role-to-assume`.", {
      remedy: 'Add to the job:\n  permissions:\n    id-token: write\n    contents: read',
    });
  }
  try {
    return await oidcToken(audience);
  } catch (error) {
    throw new Failure('GitHub did not hand out an OIDC token.', {
      remedy: 'Run the job again; https://www.githubstatus.com tells whether Actions has an incident.',
      cause: error,
    });
  }
}
