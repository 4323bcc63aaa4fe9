import pRetry, { AbortError } from 'p-retry';
import { Failure } from '../platform/failure.ts';
import { gitHubHeaders, gitHubRoot, isJson, messageIn } from '../platform/github-api.ts';
import { getWithRetries, isPassing, sendRequest } from '../platform/http.ts';
import type { HttpResponse, Patience } from '../platform/http.ts';

/** An issue or a pull request on GitHub, and the token with which it is commented. */
export interface Conversation {
  /** `owner/name` */
  repository: string;
  number: number;
  token: string;
}

/** How often the comment is tried to be written. */
const TRIES = 3;

/** Milliseconds before the second try. Each further wait is twice as long. */
const FIRST_WAIT_MS = 500;

/** The most pages of 100 comments that are looked through. */
const MAX_PAGES = 100;

/**
 * Writes a comment, or replaces the existing comment that begins with the mark. Anybody can write the mark in a comment and edit
 * that comment later, so a person's comment is left alone unless the token is that person's. A try whose answer is lost may have
 * written the comment, so the next one looks for it again.
 * https://docs.github.com/en/rest/issues/comments
 * @throws {Failure} where GitHub refuses a call.
 */
export async function putComment(
  { repository, number, token }: Conversation,
  { mark, text, ...patience }: { mark: string; text: string } & Patience,
): Promise<'written' | 'renewed'> {
  const api = `${gitHubRoot()}/repos/${repository}/issues`;
  const headers = gitHubHeaders(token);
  const body = { body: `${mark}\n${text}` };
  let outcome: 'written' | 'renewed' | undefined;
  const put = async (): Promise<'written' | 'renewed'> => {
    // Looking has had its own tries.
    const firstPage = `${api}/${number}/comments?per_page=100`;
    const own = await findOwnComment(firstPage, { mark, headers, ...patience }).catch(error => {
      throw new AbortError(error);
    });
    outcome ??= own === undefined ? 'written' : 'renewed';
    const where =
      own === undefined
        ? { method: 'POST' as const, url: `${api}/${number}/comments` }
        : { method: 'PATCH' as const, url: `${api}/comments/${own.id}` };
    const answer = await sendRequest({ ...where, headers, body, ...patience });
    if (isPassing(answer) || !isJson(answer)) throw new Error(messageIn(answer));
    if (answer.status >= 300) throw new AbortError(refusal(answer));
    return outcome;
  };
  return pRetry(put, { retries: TRIES - 1, minTimeout: patience.firstWaitMs ?? FIRST_WAIT_MS });
}

/** Finds the comment that begins with the mark and is an app's or the token's own. */
async function findOwnComment(
  firstPage: string,
  { mark, ...request }: { mark: string; headers: Record<string, string> } & Patience,
): Promise<Comment | undefined> {
  let page: string | undefined = firstPage;
  for (let count = 0; page !== undefined && count < MAX_PAGES; count++) {
    const answer: HttpResponse = requireSuccess(
      await getWithRetries({ url: page, ...request, isAnswer: isList }),
    );
    const marked = commentsIn(answer).filter(comment => comment.body.startsWith(mark));
    const hasPersons = marked.some(({ user }) => user.type !== 'Bot');
    // GitHub refuses this call for the token of a job, which has no user.
    const viewer = hasPersons
      ? loginIn(await getWithRetries({ url: `${gitHubRoot()}/user`, ...request, isAnswer: isJson }))
      : undefined;
    const own = marked.find(
      ({ user }) => user.type === 'Bot' || (viewer !== undefined && user.login === viewer),
    );
    if (own !== undefined) return own;
    // The token goes to no other server, whatever an answer names.
    const { next } = answer;
    page = next && URL.parse(next)?.origin === new URL(firstPage).origin ? next : undefined;
  }
  return undefined;
}

interface Comment {
  id: number;
  body: string;
  /** `type` is `Bot` for an app. The job's own token belongs to an app. */
  user: { login?: unknown; type?: unknown };
}

function loginIn({ status, body }: HttpResponse): unknown {
  return status === 200 ? recordOf(body)['login'] : undefined;
}

/** Whether a response is a list, or a refusal. Taken for a list, anything else would have the comment written a second time. */
function isList({ status, body }: HttpResponse): boolean {
  return status >= 400 || Array.isArray(body);
}

function commentsIn(answer: HttpResponse): Comment[] {
  if (!isList(answer)) throw refusal(answer);
  const items: unknown[] = Array.isArray(answer.body) ? answer.body : [];
  return items
    .map(recordOf)
    .flatMap(({ id, body: text, user }) =>
      typeof id === 'number' && typeof text === 'string' ? [{ id, body: text, user: recordOf(user) }] : [],
    );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function requireSuccess(answer: HttpResponse): HttpResponse {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw refusal(answer);
}

function refusal(answer: HttpResponse): Failure {
  const { status, isRateLimited } = answer;
  return new Failure(messageIn(answer), {
    remedy:
      !isRateLimited && (status === 403 || status === 404)
        ? 'Give the job `permissions: pull-requests: write`; the token of a pull request from a fork never has it.'
        : 'Run the job again.',
  });
}
