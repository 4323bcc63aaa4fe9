import { request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/**
 * Sends a request on to another server and its answer back, both as streams.
 *
 * @param url where to, with path and query
 * @returns the answer's HTTP status
 */
export async function forward(message: IncomingMessage, response: ServerResponse, url: URL): Promise<number> {
  const { host: _host, authorization: _authorization, ...headers } = message.headers;
  const onward = request(url, { method: message.method ?? 'GET', headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.once('response', resolve).on('error', reject);
  });
  // An upload may be answered before it is all sent, and then the rest of it matters to nobody.
  const sent = pipeline(message, onward).catch(() => undefined);
  const answer = await answered;
  const status = answer.statusCode ?? 502;
  response.writeHead(status, answer.headers);
  await pipeline(answer, response);
  await sent;
  return status;
}
