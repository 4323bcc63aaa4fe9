import pRetry from 'p-retry';
import { sendRequest } from './http.ts';
import type { HttpResponse } from './http.ts';

/** What to ask GitHub's REST API for. */
export interface GitHubQuestion {
  /** The path below the API's root, such as `repos/octo-org/octo-repo`, without a slash before it. */
  path: string;
  token: string;
  /** The type of the answer. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
  accept?: string;
}

/** How often a question is asked again that GitHub could not answer for now. */
const RETRIES = 2;

/**
 * Asks GitHub's REST API. A passing fault is tried again; the answer may still have any status.
 * @throws the last fault of the network.
 */
export async function askGitHub({ path, token, accept }: GitHubQuestion): Promise<HttpResponse> {
  const headers = gitHubHeaders(token, accept);
  let answer: HttpResponse | undefined;
  const ask = async (): Promise<HttpResponse> => {
    answer = undefined;
    answer = await sendRequest({ method: 'GET', url: `${gitHubRoot()}/${path}`, headers });
    if (answer.status === 429 || answer.status >= 500) throw new Error(`GitHub answered ${answer.status}.`);
    return answer;
  };
  return pRetry(ask, { retries: RETRIES, minTimeout: 500 }).catch(error => {
    if (answer !== undefined) return answer;
    throw error;
  });
}

/** The root of the API, of the server that the job runs on, without a slash at its end. */
export function gitHubRoot(): string {
  return process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
}

/** The headers of a request. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#headers */
export function gitHubHeaders(token: string, accept = 'application/vnd.github+json'): Record<string, string> {
  return { accept, authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' };
}

/** Why GitHub refused, in its own words. */
export function messageIn({ status, body }: HttpResponse): string {
  const reason =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'no reason';
  return `GitHub answered ${status}: ${reason}`;
}
