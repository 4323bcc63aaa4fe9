import { Failure } from '../platform/failure.ts';
import { gitHubHeaders, gitHubRoot, messageIn } from '../platform/github-api.ts';
import { sendRequest } from '../platform/http.ts';
import type { HttpResponse, HttpRequest } from '../platform/http.ts';

/** An issue or a pull request on GitHub, and the token with which it is commented. */
export interface Conversation {
  /** `owner/name` */
  repository: string;
  number: number;
  token: string;
}

/**
 * Writes a comment, or replaces the existing comment that begins with the mark. Anybody can write the mark in a comment and edit
 * that comment later, so a person's comment is left alone unless the token is that person's.
 * https://docs.github.com/en/rest/issues/comments
 * @throws {Failure} where GitHub refuses a call.
 */
export async function putComment(
  { repository, number, token }: Conversation,
  { mark, text }: { mark: string; text: string },
): Promise<'written' | 'renewed'> {
  const root = gitHubRoot();
  const api = `${root}/repos/${repository}/issues`;
  const headers = gitHubHeaders(token);
  const askGitHub = async (request: Omit<HttpRequest, 'headers'>): Promise<HttpResponse> =>
    requireSuccess(await sendRequest({ ...request, headers }));
  const body = `${mark}\n${text}`;
  let page: string | undefined = `${api}/${number}/comments?per_page=100`;
  while (page !== undefined) {
    const answer: HttpResponse = await askGitHub({ method: 'GET', url: page });
    const marked = commentsIn(answer).filter(comment => comment.body?.startsWith(mark));
    const hasPersons = marked.some(({ user }) => user?.type !== 'Bot');
    // GitHub refuses this call for the token of a job, which has no user.
    const viewer = hasPersons
      ? loginIn(await sendRequest({ method: 'GET', url: `${root}/user`, headers }))
      : undefined;
    const ownComment = marked.find(({ user }) => user?.type === 'Bot' || (viewer && user?.login === viewer));
    if (ownComment !== undefined) {
      await askGitHub({ method: 'PATCH', url: `${api}/comments/${ownComment.id}`, body: { body } });
      return 'renewed';
    }
    page = answer.next;
  }
  await askGitHub({ method: 'POST', url: `${api}/${number}/comments`, body: { body } });
  return 'written';
}

interface Comment {
  id: number;
  body?: string;
  /** `type` is `Bot` for an app. The job's own token belongs to an app. */
  user?: { login: string; type: string } | null;
}

function loginIn({ status, body }: HttpResponse): string | undefined {
  return status === 200 && typeof body === 'object' && body !== null && 'login' in body
    ? String(body.login)
    : undefined;
}

function commentsIn({ body }: HttpResponse): Comment[] {
  const comments: Comment[] = Array.isArray(body) ? body : [];
  return comments;
}

function requireSuccess(answer: HttpResponse): HttpResponse {
  const { status } = answer;
  if (status >= 200 && status < 300) return answer;
  throw new Failure(messageIn(answer), {
    remedy:
      status === 403 || status === 404
        ? 'Give the job `permissions: pull-requests: write`; the token of a pull request from a fork never has it.'
        : 'Run the job again.',
  });
}
