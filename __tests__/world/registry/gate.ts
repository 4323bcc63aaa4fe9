import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDistributionContent } from '../aws/ecr/distribution-content.ts';
import type { Ecr } from '../aws/ecr/ecr.ts';
import type { Principal } from '../aws/identities.ts';
import { Refusal } from '../aws/refusal.ts';
import { strike } from '../faults.ts';
import type { Faults } from '../faults.ts';
import type { Forwarded } from './forward.ts';
import { admit } from './gate-admission.ts';
import { challenge, giveToken, refusalOf, refuse } from './gate-answer.ts';

export interface GateOptions {
  /** The ECR that the gate belongs to; its repositories' URIs name the gate from now on. */
  ecr: Ecr;
  /** Base URL of a real distribution registry, without a slash at its end. */
  upstream: string;
  faults: Faults;
}

/** A request of a registry client, in the order in which they were answered. */
export interface GateRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** HTTP status; 0 when the connection was cut. */
  status: number;
  /** Bytes of a layer, or of a part of one, that came with it and that were answered. */
  receivedBytes: number;
  sentBytes: number;
  /** ARN of who pushed or pulled, once a password proved it. */
  principal?: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  durationMs: number;
}

/** ECR's side of the registry protocol: what it lets through, and what it remembers of it. */
export interface Gate extends AsyncDisposable {
  /** `127.0.0.1:PORT`, with which repositories' URIs begin. */
  readonly host: string;
  readonly requests: readonly GateRequest[];
}

/** Puts ECR's rules before a real registry, on a free port of the loopback interface. */
export async function startGate({ ecr, upstream, faults }: GateOptions): Promise<Gate> {
  const requests: GateRequest[] = [];
  const server = createServer((message, response) => {
    void serve(message, response, { ecr, upstream, faults, host: () => host }).then(request =>
      requests.push(request),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gate did not get a port.');
  const host = `127.0.0.1:${address.port}`;
  ecr.attach({ content: createDistributionContent(upstream, ecr.alias), endpoint: `http://${host}` });

  return {
    host,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  { ecr, upstream, faults, host }: GateOptions & { host: () => string },
): Promise<GateRequest> {
  const startedAt = Date.now();
  const method = message.method ?? 'GET';
  const url = new URL(message.url ?? '/', upstream);
  let principal: Principal | undefined;
  let receivedBytes = 0;
  let sentBytes = 0;
  const count = (forwarded: Forwarded) => ({ receivedBytes, sentBytes } = forwarded);
  const answer = async (): Promise<number> => {
    const struck = await strike(faults, `registry:${method} ${url.pathname}`, { response });
    if (struck === 'cut') return 0;
    if (struck) throw refusalOf(struck);
    const password = passwordOf(message.headers.authorization);
    const isToken = ecr.service === 'ecr-public' && url.pathname === '/token/';
    if (password === undefined && !isToken) return challenge(response, ecr.service, { host: host() });
    principal = password === undefined || password === anonymous ? undefined : ecr.whoHas(password);
    if (isToken) return giveToken(response, password ?? anonymous, { method });
    await ecr.settle();
    return await admit(ecr, { message, response, method, url, principal, faults, count });
  };
  const status = await answer().catch((error: unknown) => {
    if (error instanceof Refusal) return refuse(response, error);
    if (!response.headersSent) return refuse(response, new Refusal('UNKNOWN', String(error), 500));
    // Half an answer is out, so the client has to see that it ends too early.
    response.destroy();
    return 0;
  });
  const who = principal === undefined ? {} : { principal: principal.arn };
  const durationMs = Date.now() - startedAt;
  return { method, path: url.pathname, status, receivedBytes, sentBytes, ...who, startedAt, durationMs };
}

/** The token of who has no login; with it he may pull what is public. */
const anonymous = 'anonymous';

function passwordOf(authorization: string | undefined): string | undefined {
  const [, token] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
  if (token !== undefined) return token;
  const [, credentials] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  const [, password] = /^AWS:(.*)$/s.exec(Buffer.from(credentials ?? '', 'base64').toString('utf8')) ?? [];
  return password;
}
