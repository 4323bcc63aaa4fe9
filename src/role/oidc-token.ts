import { mask } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import { messageIn } from '../platform/github-api.ts';
import { getWithRetries, isPassing } from '../platform/http.ts';
import type { HttpResponse, Patience } from '../platform/http.ts';
import { adviseChaining } from './own-credentials.ts';

/** How often GitHub is asked, and how long one answer may take. With the waits between them, all takes a minute at most. */
const TRIES = 5;
const LIMIT_MS = 10_000;
/** Milliseconds before the second try. Each further wait is twice as long. */
const FIRST_WAIT_MS = 200;

/**
 * Requests a new OIDC token of GitHub for an audience. The token is masked and expires after about five minutes.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 * @throws {Failure} when the job has no permission to request one, or GitHub does not answer with one. If the signal ended the
 * wait, the signal's reason is thrown.
 */
export async function requestOidcToken(
  audience: string,
  signal?: AbortSignal,
  { limitMs = LIMIT_MS, firstWaitMs = FIRST_WAIT_MS }: Patience = {},
): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL, ACTIONS_ID_TOKEN_REQUEST_TOKEN } = process.env;
  if (!ACTIONS_ID_TOKEN_REQUEST_URL || !ACTIONS_ID_TOKEN_REQUEST_TOKEN) {
    throw new Failure("This job may not ask GitHub for an OIDC token, so it can't assume `role-to-assume`.", {
      remedy: [`Add to the job:\n${PERMISSIONS}`, ...adviseChaining(process.env)].join('\n'),
    });
  }
  let token: string | undefined;
  const answer = await getWithRetries({
    url: withAudience(ACTIONS_ID_TOKEN_REQUEST_URL, audience),
    headers: { authorization: `Bearer ${ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
    tries: TRIES,
    limitMs,
    firstWaitMs,
    signal,
    isAnswer(response) {
      token = tokenIn(response);
      if (token !== undefined) mask(token);
      return token !== undefined || response.status >= 300;
    },
  }).catch(error => {
    signal?.throwIfAborted();
    throw new Failure(`GitHub did not hand out an OIDC token in ${TRIES} tries: ${error.message}.`, {
      remedy: PASSING_REMEDY,
      cause: error,
    });
  });
  if (token === undefined) throw refusal(answer);
  return token;
}

const PERMISSIONS = '  permissions:\n    id-token: write\n    contents: read';

const PASSING_REMEDY =
  'Run the job again; https://www.githubstatus.com tells whether Actions has an incident. On a runner of your own, look at its network and its proxy.';

/** What a refusal of each status means, and what to do about it. */
const refusals: Record<number, { meaning: string; remedy: string }> = {
  401: {
    meaning:
      'GitHub no longer takes the token with which this job asks, as when the job has ended or was cancelled',
    remedy: 'Run the job again. A step that goes on after its job cannot ask for a token.',
  },
  403: {
    meaning: 'this job may not ask for one',
    remedy: `Add to the job, and to the workflow that calls it where it is a reusable one:\n${PERMISSIONS}`,
  },
  404: {
    meaning: 'GitHub does not know this job, as when it has ended or runs again',
    remedy:
      'Run the job again. On a GitHub Enterprise Server, ask its administrators whether OIDC for Actions is set up there.',
  },
};

function refusal(response: HttpResponse): Failure {
  const { status } = response;
  const said = messageIn(response);
  if (isPassing(response)) {
    return new Failure(`GitHub did not hand out an OIDC token in ${TRIES} tries: ${said}.`, {
      remedy: PASSING_REMEDY,
    });
  }
  if (status < 300) {
    return new Failure(
      `GitHub did not hand out an OIDC token in ${TRIES} tries: the answers had the status ${status} and no token, so something before GitHub may have given them.`,
      { remedy: PASSING_REMEDY },
    );
  }
  const { meaning, remedy } = refusals[status] ?? {
    meaning: 'this request is refused',
    remedy: PASSING_REMEDY,
  };
  return new Failure(`GitHub did not hand out an OIDC token: ${meaning}. ${said}.`, { remedy });
}

/** The text of an answer is never shown, as a part of it may be a part of a token. */
function tokenIn({ status, body }: HttpResponse): string | undefined {
  const isToken = status === 200 && typeof body === 'object' && body !== null && 'value' in body;
  return isToken && typeof body.value === 'string' && body.value !== '' ? body.value : undefined;
}

/** The URL of the request has a query already on GitHub. */
function withAudience(address: string, audience: string): string {
  const url = URL.parse(address);
  if (url === null) {
    throw new Failure(
      'ACTIONS_ID_TOKEN_REQUEST_URL is no URL, so GitHub cannot be asked for an OIDC token.',
      {
        remedy: 'The runner sets this variable: let no step and no `env` of the workflow change it.',
      },
    );
  }
  url.searchParams.set('audience', audience);
  return url.href;
}
