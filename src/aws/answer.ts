import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Milliseconds in which the body of an answer has to arrive, after its headers. */
const BODY_TIMEOUT_MS = 30_000;

/** Characters of a page's title that an error shows. */
const MAX_TITLE_LENGTH = 200;

/** A response of the HTTP client of the SDK. */
interface Response {
  statusCode: number;
  headers: Record<string, string>;
  /** A stream while it is not read. */
  body?: unknown;
}

/**
 * An answer that AWS did not give, or not in full: a page of a proxy or a portal, an empty answer, one that ends in the middle. The
 * same call may succeed if it is repeated.
 */
export class UnexpectedAnswer extends Error {
  /** By this the SDK repeats the call. */
  readonly $retryable = { throttling: false };

  constructor(status: number, found: string) {
    super(`something before AWS answered (a proxy or portal), with HTTP ${status} and ${found}`);
    this.name = 'UnexpectedAnswer';
  }
}

/**
 * Reads an answer in full and checks its form, as the SDK reports a page as a syntax error, and an empty answer not at all. Services
 * with a query protocol answer with XML, all others with JSON.
 * @throws {UnexpectedAnswer} when it is none of AWS.
 */
export async function readAnswer<T extends Response>(
  response: T,
  request: { headers: Record<string, string> },
  { bodyTimeoutMs = BODY_TIMEOUT_MS } = {},
): Promise<T> {
  if (!(response.body instanceof Readable)) return response;
  const body = await readBody(response.body, bodyTimeoutMs);
  const { statusCode } = response;
  const { 'content-type': type = '', 'x-amz-target': target = '' } = request.headers;
  const text = body.toString();
  // Only these operations have nothing to answer, and an error may be told by its header alone.
  const mayBeEmpty = /\.(Tag|Untag)Resource$/.test(target) || 'x-amzn-errortype' in response.headers;
  if (mayBeEmpty && text.trim() === '') return { ...response, body };
  const isComplete = type.startsWith('application/x-www-form-urlencoded') ? isXml(text) : isJson(text);
  if (!isComplete) throw new UnexpectedAnswer(statusCode, describe(text));
  if (!mayBeEmpty && /^\s*\{\s*\}\s*$/.test(text))
    throw new UnexpectedAnswer(statusCode, 'an answer without content');
  return { ...response, body };
}

async function readBody(body: Readable, timeoutMs: number): Promise<Buffer> {
  const stop = (): void => {
    const message = `the answer did not arrive in full within ${timeoutMs / 1_000} s`;
    body.destroy(Object.assign(new Error(message), { name: 'TimeoutError' }));
  };
  const timer = setTimeout(stop, timeoutMs);
  try {
    return await buffer(body);
  } finally {
    clearTimeout(timer);
  }
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** Whether the text is an XML document that ends with its root element and is no page. */
function isXml(text: string): boolean {
  const [, root] = /^\s*(?:<\?xml[^>]*>\s*)?<(\w+)[\s>]/.exec(text) ?? [];
  return root !== undefined && root.toLowerCase() !== 'html' && text.trimEnd().endsWith(`</${root}>`);
}

/** What stands in place of the answer. Half an answer may hold half a secret, so that only a page is quoted, by its title. */
function describe(text: string): string {
  if (text.trim() === '') return 'an empty answer';
  if (!/^\s*<(?:!doctype html|html)\b/i.test(text)) return 'an answer that is cut short or has another form';
  const [, title = ''] = /<title[^>]*>([^<]{1,2000})/i.exec(text) ?? [];
  const shown = title.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_TITLE_LENGTH);
  return shown === '' ? 'a page' : `the page '${shown}'`;
}
