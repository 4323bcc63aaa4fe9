import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { strike } from '../faults.ts';
import type { Faults, WordedFault } from '../faults.ts';

/** A request as a service sees it, its body read to the end. */
export interface Call {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** One of the services that share the server. */
export interface Service {
  /** What faults and the record call the request, such as `cache:CreateCacheEntry`; undefined if it is not for here. */
  label(call: Pick<Call, 'method' | 'url'>): string | undefined;
  answer(call: Call): Promise<Reply>;
  /** How this service words a fault. */
  refuse(fault: WordedFault): Reply;
}

/** A request that was answered; times in milliseconds, `startedAt` since the epoch. `status` is 0 after a cut. */
export interface GitHubRequest {
  label: string;
  method: string;
  path: string;
  status: number;
  startedAt: number;
  durationMs: number;
}

export interface Server extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly requests: readonly GitHubRequest[];
}

/** Serves `services` on a free port of the loopback; the first that knows a request answers it. */
export async function serve(services: readonly Service[], faults: Faults): Promise<Server> {
  const requests: GitHubRequest[] = [];
  const server = createServer((request, response) => {
    const startedAt = Date.now();
    const call = { method: request.method ?? 'GET', url: new URL(request.url ?? '/', 'http://127.0.0.1') };
    const service = services.find(candidate => candidate.label(call) !== undefined);
    const label = service?.label(call) ?? `github:${call.method} ${call.url.pathname}`;
    const finish = async (): Promise<void> => {
      const reply = await answer({ request, response, call, service, faults, label });
      const { method, url } = call;
      const durationMs = Date.now() - startedAt;
      requests.push({ label, method, path: url.pathname, status: reply?.status ?? 0, startedAt, durationMs });
      if (reply) send(response, reply);
    };
    finish().catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  call: Pick<Call, 'method' | 'url'>;
  service: Service | undefined;
  faults: Faults;
  label: string;
}

/** The answer to a request; undefined when a fault has cut the connection. */
async function answer({
  request,
  response,
  call,
  service,
  faults,
  label,
}: Exchange): Promise<Reply | undefined> {
  const body = await buffer(request);
  const fault = await strike(faults, label, { response });
  if (fault === 'cut') return undefined;
  if (!service) return { status: 404 };
  return fault ? service.refuse(fault) : await service.answer({ ...call, headers: request.headers, body });
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Reply): void {
  response.writeHead(status, { 'Content-Length': Buffer.byteLength(body), ...headers });
  // To HEAD, Node sends the head alone.
  response.end(body);
}

/** A JSON answer. */
export function json(status: number, value: object): Reply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}
