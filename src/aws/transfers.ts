import { createReadStream } from 'node:fs';
import { request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { sayNetworkFault } from '../platform/network-fault.ts';
import { openAgents } from './connection.ts';

/** Milliseconds without a byte in either direction, after which a request has failed. A registry checks a whole layer before it answers. */
const IDLE_LIMIT_MS = 2 * 60_000;

/** Milliseconds without a byte until the answer to a request that sends nothing. */
const SHORT_IDLE_LIMIT_MS = 30_000;

/** Bytes of an answer that are read as text: what is refused is explained in fewer. */
const MAX_TEXT_BYTES = 64 * 1024;

/** Bytes of a file that are read at once. */
const CHUNK_BYTES = 256 * 1024;

/** A request to a registry of ECR, or for a layer at the address that ECR has signed. */
export interface TransferRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** May be a secret, as signed addresses are: no error shows more of it than its host. */
  url: URL;
  headers?: Record<string, string>;
  /** The file that is sent. */
  file?: { path: string; size: number };
}

/** The answer to a request. */
export interface TransferAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Reads the beginning of the body as text, and the rest not. */
  text: () => Promise<string>;
  /** The body; it fails where the connection is cut or silent. */
  body: AsyncIterable<Uint8Array>;
}

/** A request to which no whole answer came. The message says why, in words for the user; the same request may be answered soon. */
export class CutTransfer extends Error {}

/** Connections that carry whole layers, which the SDK's would hold in memory. They are kept open until it is disposed of. */
export interface Transfers extends Disposable {
  /** @throws {CutTransfer} when no answer comes. If the signal ended the request, the signal's reason is thrown. */
  send: (request: TransferRequest) => Promise<TransferAnswer>;
}

/** Opens connections as those of the SDK are: with its proxy and certificates. Tests are less patient than the defaults. */
export function openTransfers(
  signal: AbortSignal,
  { idleMs = IDLE_LIMIT_MS, shortIdleMs = SHORT_IDLE_LIMIT_MS } = {},
): Transfers {
  const agents = openAgents();
  const cut = (error: unknown, url: URL): Error => {
    signal.throwIfAborted();
    // The proxy is Node's, whose errors say what it did.
    return new CutTransfer(sayNetworkFault(error, { url: url.href, getProxyUrl: () => '' }), {
      cause: error,
    });
  };
  return {
    async send({ method, url, headers = {}, file }) {
      signal.throwIfAborted();
      const isSecure = url.protocol === 'https:';
      const length = method === 'GET' ? {} : { 'content-length': String(file?.size ?? 0) };
      const sent = (isSecure ? requestHttps : requestHttp)(url, {
        method,
        headers: { ...headers, ...length },
        agent: isSecure ? agents.https : agents.http,
        signal,
      });
      const limitMs = file === undefined ? shortIdleMs : idleMs;
      sent.setTimeout(limitMs, () => sent.destroy(timeoutAfter(limitMs)));
      const answered = Promise.withResolvers<IncomingMessage>();
      sent.once('response', answered.resolve);
      sent.on('error', answered.reject);
      // So ends a request whose connection is taken over for another protocol: there is neither an answer nor an error.
      sent.once('close', () => answered.reject(new Error('there was no answer')));
      if (file === undefined) sent.end();
      // What goes wrong here ends the request too. A registry that refuses does not wait for the rest, and its answer counts.
      else pipeline(createReadStream(file.path, { highWaterMark: CHUNK_BYTES }), sent).catch(() => {});
      try {
        return answerOf(await answered.promise, error => cut(error, url));
      } catch (error) {
        sent.destroy();
        throw cut(error, url);
      }
    },
    [Symbol.dispose]() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function answerOf(message: IncomingMessage, cut: (error: unknown) => Error): TransferAnswer {
  const arriving: AsyncIterable<Uint8Array> = message;
  const body = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of arriving) yield piece;
    } catch (error) {
      throw cut(error);
    }
  };
  return {
    status: message.statusCode ?? 0,
    headers: message.headers,
    body: body(),
    async text() {
      const pieces: Uint8Array[] = [];
      let bytes = 0;
      for await (const piece of body()) {
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > MAX_TEXT_BYTES) break;
      }
      return Buffer.concat(pieces).toString('utf8', 0, MAX_TEXT_BYTES);
    },
  };
}

function timeoutAfter(milliseconds: number): Error {
  return Object.assign(new Error(`nothing came or went for ${milliseconds / 1_000} s`), {
    code: 'ETIMEDOUT',
  });
}
