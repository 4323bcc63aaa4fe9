import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { strike } from '../faults.ts';
import type { Faults, WordedFault } from '../faults.ts';
import { understand } from './conversation.ts';
import type { Conversation, Services } from './conversation.ts';
import type { LayerDownloads } from './ecr/layer-downloads.ts';
import type { Identities } from './identities.ts';
import { claimedCaller } from './ecr/registries.ts';
import { Refusal } from './refusal.ts';
import { verifySignature } from './signature.ts';
import type { ServiceName, WireRequest } from './signature.ts';

/** A call that came in and was answered. */
export interface AwsRequest {
  service: ServiceName;
  operation: string;
  /** As they were sent, but for secrets, which are `***`. */
  parameters: Readonly<Record<string, unknown>>;
  /** Of a call to ECR, whose registry it was for. */
  registryId?: string;
  /** Where it was signed for. */
  region: string;
  /** The caller's ARN, once a signature has proved it. */
  principal?: string;
  /** HTTP status; 0 when the connection was cut. */
  status: number;
  errorCode?: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  durationMs: number;
}

export interface EndpointOptions extends Services {
  /** Of the account and the region that a world begins with. */
  accountId: string;
  region: string;
  identities: Identities;
  downloads: LayerDownloads;
  faults: Faults;
  now: () => Date;
  /** Whether answers have the time of `now` in their header, in place of the machine's. */
  tellsTime: boolean;
  log: (request: AwsRequest) => void;
}

/** Answers one HTTP request as the service would that it is meant for. */
export async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  options: EndpointOptions,
): Promise<void> {
  const { downloads, identities } = options;
  if (downloads.owns(message.url ?? '')) return await downloads.serve(message, response);
  const startedAt = Date.now();
  const wire = await readRequest(message);
  const requestId = randomUUID();
  const claimed = claimedCaller(wire.headers.authorization, identities);
  const conversation = understand(wire, options, {
    requestId,
    accountId: claimed.principal?.accountId ?? options.accountId,
    region:
      options.registries.regions.has(claimed.region ?? '') && claimed.region
        ? claimed.region
        : options.region,
    claimedRegion: claimed.region,
  });
  const { service, operation, region, registry } = conversation;
  let principal: string | undefined;
  const findCaller = () => {
    const key = verifySignature(
      wire,
      { service, region, now: options.now() },
      { findKey: identities.findKey },
    );
    principal = key.principal.arn;
    return key;
  };
  const label = `${service}:${operation}`;
  const struck =
    (await strike(options.faults, label, { response })) ??
    (registry && (await strike(registry.faults, label, { response })));
  const { status, body, errorCode } = await attempt(async () => {
    if (struck === 'cut') return undefined;
    if (struck) throw refusalOf(struck, conversation);
    return await conversation.perform(findCaller);
  }, conversation.refuse);

  if (struck !== 'cut') {
    response
      .writeHead(status, {
        'content-type': conversation.contentType,
        'x-amzn-requestid': requestId,
        ...(options.tellsTime ? { date: options.now().toUTCString() } : {}),
      })
      .end(body);
  }
  options.log({
    service,
    operation,
    parameters: conversation.parameters,
    region,
    ...(registry && { registryId: registry.accountId }),
    ...(principal === undefined ? {} : { principal }),
    status,
    ...(errorCode === undefined ? {} : { errorCode }),
    startedAt,
    durationMs: Date.now() - startedAt,
  });
}

async function attempt(
  perform: () => Promise<string | undefined>,
  refuse: (refusal: Refusal) => string,
): Promise<{ status: number; body: string; errorCode?: string }> {
  try {
    const body = await perform();
    return body === undefined ? { status: 0, body: '' } : { status: 200, body };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('InternalFailure', String(error), 500);
    return { status: refusal.status, body: refuse(refusal), errorCode: refusal.code };
  }
}

function refusalOf(fault: WordedFault, { throttled, failed }: Conversation): Refusal {
  switch (fault.kind) {
    case 'throttle':
      return throttled;
    case 'server-error':
      return failed;
    case 'refuse':
      return new Refusal(fault.error.code, fault.error.message, fault.error.status);
  }
}

async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    [value ?? ''].flat().join(','),
  ]);
  return {
    method: message.method ?? 'GET',
    path: message.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
