import { getWithRetries } from './http.ts';
import type { HttpResponse } from './http.ts';

/** What to ask GitHub's REST API for. */
export interface GitHubQuestion {
  /** The path below the API's root, such as `repos/octo-org/octo-repo`, without a slash before it. */
  path: string;
  token: string;
  /** The type of the answer. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
  accept?: string;
  /** Whether a response is such as GitHub gives; by default whether it is JSON, where JSON was asked for. */
  isAnswer?: (response: HttpResponse) => boolean;
}

const JSON_TYPE = 'application/vnd.github+json';

/**
 * Asks GitHub's REST API. A passing fault is tried again, twice; the answer may still have any status.
 * @throws the last fault of the network.
 */
export async function askGitHub({
  path,
  token,
  accept = JSON_TYPE,
  isAnswer = accept === JSON_TYPE ? isJson : () => true,
}: GitHubQuestion): Promise<HttpResponse> {
  return getWithRetries({
    url: `${gitHubRoot()}/${path}`,
    headers: gitHubHeaders(token, accept),
    isAnswer,
  });
}

/** Whether a response is JSON, or a refusal in whatever form. What is neither came from something before GitHub, or not whole. */
export function isJson({ status, body }: HttpResponse): boolean {
  return status >= 400 || (typeof body === 'object' && body !== null);
}

/** The root of the API, of the server that the job runs on, without a slash at its end. */
export function gitHubRoot(): string {
  return process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
}

/** The headers of a request. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#headers */
export function gitHubHeaders(token: string, accept = JSON_TYPE): Record<string, string> {
  return { accept, authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' };
}

/** Why GitHub refused, in its own words. */
export function messageIn({ status, body }: HttpResponse): string {
  const reason =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'no reason';
  return `GitHub answered ${status}: ${reason.slice(0, MAX_REASON_CHARACTERS)}`;
}

const MAX_REASON_CHARACTERS = 200;
