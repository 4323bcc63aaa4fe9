import { Failure } from '../platform/failure.ts';
import { ask } from '../platform/http.ts';
import type { Answer, Request } from '../platform/http.ts';

/** A conversation on GitHub: an issue or a pull request. */
export interface Conversation {
  /** `owner/name` */
  repository: string;
  number: number;
  token: string;
}

/**
 * Writes a comment, or writes the one anew that begins with the mark. Anybody can write the mark, and whoever did could
 * change what stands under it later: a person's comment is left alone, unless the token is that person's.
 * https://docs.github.com/en/rest/issues/comments
 */
export async function putComment(
  { repository, number, token }: Conversation,
  { mark, text }: { mark: string; text: string },
): Promise<'written' | 'renewed'> {
  const root = process.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  const api = `${root}/repos/${repository}/issues`;
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'x-github-api-version': '2022-11-28',
  };
  const say = async (request: Omit<Request, 'headers'>): Promise<Answer> =>
    accepted(await ask({ ...request, headers }));
  const body = `${mark}\n${text}`;
  let page: string | undefined = `${api}/${number}/comments?per_page=100`;
  while (page !== undefined) {
    const answer: Answer = await say({ method: 'GET', url: page });
    const marked = commentsIn(answer).filter(comment => comment.body?.startsWith(mark));
    const persons = marked.some(({ user }) => user?.type !== 'Bot');
    // The token of a job has no user, and is refused.
    const viewer = persons ? loginIn(await ask({ method: 'GET', url: `${root}/user`, headers })) : undefined;
    const own = marked.find(({ user }) => user?.type === 'Bot' || (viewer && user?.login === viewer));
    if (own !== undefined) {
      await say({ method: 'PATCH', url: `${api}/comments/${own.id}`, body: { body } });
      return 'renewed';
    }
    page = answer.next;
  }
  await say({ method: 'POST', url: `${api}/${number}/comments`, body: { body } });
  return 'written';
}

interface Comment {
  id: number;
  body?: string;
  /** `type` is `Bot` for an app, as the job's own token is one's. */
  user?: { login: string; type: string } | null;
}

function loginIn({ status, body }: Answer): string | undefined {
  return status === 200 && typeof body === 'object' && body !== null && 'login' in body
    ? String(body.login)
    : undefined;
}

function commentsIn({ body }: Answer): Comment[] {
  const comments: Comment[] = Array.isArray(body) ? body : [];
  return comments;
}

function accepted(answer: Answer): Answer {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return answer;
  const said =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'no reason';
  throw new Failure(`GitHub answered ${status}: ${said}`, {
    remedy:
      status === 403 || status === 404
        ? 'Give the job `permissions: pull-requests: write`; the token of a pull request from a fork never has it.'
        : 'Run the job again.',
  });
}
