import { addAbortSignal } from 'node:stream';
import type { HttpClient } from '@actions/http-client';
import pRetry from 'p-retry';
import { sayNetworkFault } from './network-fault.ts';

/** The response to a request, whatever its status. */
export interface HttpResponse {
  status: number;
  /** The parsed JSON, or the text where it is not JSON. */
  body: unknown;
  /** The text, as it was answered. */
  text: string;
  /**
   * The URL of the next page, from the header `link`.
   * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
   */
  next: string | undefined;
  /**
   * Whether GitHub's rate limit was exceeded, whose status may be 403.
   * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
   */
  isRateLimited: boolean;
}

/** A request whose body, if it has one, is JSON. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: object;
  /** Milliseconds after which the request has failed, if its whole answer is not there yet. */
  limitMs?: number;
  /** Ends the request when the job is cancelled. */
  signal?: AbortSignal | undefined;
}

/** A request to which no whole answer came. The message says why, in words for the user. */
export class UnansweredRequest extends Error {}

/** Milliseconds. */
const REQUEST_LIMIT_MS = 20_000;

/** A longer answer is not read: nothing that is asked for comes near it. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/**
 * Sends a request through the proxy that the environment names, as GitHub's own actions do. It always ends, after `limitMs` at the
 * latest: the client itself waits for ever for the rest of an answer whose connection was cut
 * (https://github.com/actions/toolkit/blob/main/packages/http-client/src/index.ts, `readBody`). The client is loaded on first use.
 * @throws {UnansweredRequest} when no whole answer comes. If the signal ended the request, the signal's reason is thrown.
 */
export async function sendRequest({
  method,
  url,
  headers = {},
  body,
  limitMs = REQUEST_LIMIT_MS,
  signal,
}: HttpRequest): Promise<HttpResponse> {
  signal?.throwIfAborted();
  const { HttpClient: Client, getProxyUrl } = await import('@actions/http-client');
  const client: HttpClient = new Client('ecr-image', [], { socketTimeout: limitMs, allowRetries: false });
  const timeout = new AbortController();
  // Not AbortSignal.timeout(), whose timer does not keep the process from ending while nothing else does.
  const timer = setTimeout(
    () => timeout.abort(new Error(`there was no whole answer within ${limitMs / 1000} s`)),
    limitMs,
  );
  const ended = AbortSignal.any(signal ? [timeout.signal, signal] : [timeout.signal]);
  const exchange = async (): Promise<HttpResponse> => {
    const allHeaders = {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    };
    const { message } = await client.request(method, url, body ? JSON.stringify(body) : '', allHeaders);
    const text = await readText(addAbortSignal(ended, message));
    const { statusCode: status = 0, headers: told } = message;
    return {
      status,
      body: parseIfJson(text),
      text,
      next: /<([^>]+)>;\s*rel="next"/.exec(String(told.link ?? ''))?.[1],
      isRateLimited:
        status === 429 ||
        (status === 403 && (told['x-ratelimit-remaining'] === '0' || told['retry-after'] !== undefined)),
    };
  };
  try {
    return await orEnd(exchange(), ended);
  } catch (error) {
    signal?.throwIfAborted();
    const cause = timeout.signal.aborted ? timeout.signal.reason : error;
    throw new UnansweredRequest(sayNetworkFault(cause, { url, getProxyUrl }), { cause });
  } finally {
    clearTimeout(timer);
    client.dispose();
  }
}

/** How long a request and the waits between two tries may take, in milliseconds. Tests are less patient than the defaults. */
export type Patience = Pick<RepeatedRequest, 'limitMs' | 'firstWaitMs'>;

/** A question that may be asked again, and what counts as an answer to it. */
export interface RepeatedRequest extends Pick<HttpRequest, 'url' | 'headers' | 'limitMs' | 'signal'> {
  /** The most tries. */
  tries?: number;
  /** Milliseconds before the second try. Each further wait is twice as long. */
  firstWaitMs?: number;
  /** Whether a response is of the kind that the service gives. What is none came from something before it, or not whole. */
  isAnswer?: (response: HttpResponse) => boolean;
}

/**
 * Sends a GET request, and again where the fault is a passing one: no whole answer, a status that says so, or none of the service's
 * own answers. The last response is returned, whatever it is.
 * @throws {UnansweredRequest} when no whole answer came to the last try.
 */
export async function getWithRetries({
  tries = 3,
  firstWaitMs = 500,
  isAnswer = () => true,
  signal,
  ...request
}: RepeatedRequest): Promise<HttpResponse> {
  let response: HttpResponse | undefined;
  const ask = async (): Promise<HttpResponse> => {
    response = undefined;
    response = await sendRequest({ method: 'GET', ...request, signal });
    if (isPassing(response) || !isAnswer(response)) throw new PassingFault();
    return response;
  };
  return pRetry(ask, { retries: tries - 1, minTimeout: firstWaitMs, ...(signal && { signal }) }).catch(
    error => {
      if (error instanceof PassingFault && response !== undefined) return response;
      throw error;
    },
  );
}

/** Whether a response says that the same request may be answered soon. */
export function isPassing({ status, isRateLimited }: HttpResponse): boolean {
  return status === 408 || isRateLimited || status >= 500;
}

/** A response that is worth another try. */
class PassingFault extends Error {}

/** The value of a promise, unless the signal ends the wait for it. */
async function orEnd<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: end, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, end]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Reads a body to its end. A connection that is cut before it is an error. */
async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > MAX_BODY_BYTES) throw new Error(`the answer is longer than ${MAX_BODY_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
