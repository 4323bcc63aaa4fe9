import { request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** What went to and fro between two servers. */
export interface Forwarded {
  /** HTTP status. */
  status: number;
  /** Bytes of the request's body, and of the answer's. */
  receivedBytes: number;
  sentBytes: number;
}

/**
 * Sends a request on to another server and its answer back, both as streams.
 *
 * @param url where to, with path and query
 */
export async function forward(
  message: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<Forwarded> {
  const { host: _host, authorization: _authorization, ...headers } = message.headers;
  const onward = request(url, { method: message.method ?? 'GET', headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.once('response', resolve).on('error', reject);
  });
  let receivedBytes = 0;
  let sentBytes = 0;
  message.on('data', (chunk: Buffer) => (receivedBytes += chunk.length));
  // An upload may be answered before it is all sent, and then the rest of it matters to nobody.
  const sent = pipeline(message, onward).catch(() => undefined);
  const answer = await answered;
  const status = answer.statusCode ?? 502;
  answer.on('data', (chunk: Buffer) => (sentBytes += chunk.length));
  response.writeHead(status, answer.headers);
  await pipeline(answer, response);
  await sent;
  return { status, receivedBytes, sentBytes };
}
