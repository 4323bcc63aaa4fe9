import type { Ecr } from './ecr/ecr.ts';
import type { Registries } from './ecr/registries.ts';
import type { RegistryService } from './ecr/registry.ts';
import { toJson } from './ecr/wire.ts';
import type { AccessKey } from './identities.ts';
import { listCoverage } from './inspector.ts';
import type { InspectorContext } from './inspector.ts';
import { parseRecord } from './json.ts';
import { Refusal } from './refusal.ts';
import type { ServiceName, WireRequest } from './signature.ts';
import { answerXml, errorXml } from './sts/answer.ts';
import { performSts, readQuery } from './sts/protocol.ts';
import type { StsContext } from './sts/sts.ts';

/** One service's way of speaking: what was asked, how it is done, and how an answer or a refusal is written. */
export interface Conversation {
  service: ServiceName;
  /** Where the request is to be signed for. */
  region: string;
  /** The registry that it is for, if it is for one. */
  registry?: Ecr;
  operation: string;
  parameters: Readonly<Record<string, unknown>>;
  contentType: string;
  perform: (findCaller: () => AccessKey) => Promise<string>;
  refuse: (refusal: Refusal) => string;
  /** What the service says when it is asked too often. */
  throttled: Refusal;
  /** What it says when it fails itself. */
  failed: Refusal;
}

/** The services that a conversation can be with. */
export interface Services {
  sts: StsContext;
  registries: Registries;
  inspector: Omit<InspectorContext, 'ecr' | 'region'>;
}

/** The services of the JSON protocol, as X-Amz-Target calls them before the operation's name. */
const targets = new Map<string, RegistryService>([
  ['AmazonEC2ContainerRegistry_V20150921', 'ecr'],
  ['SpencerFrontendService', 'ecr-public'],
]);

const publicRegion = 'us-east-1';

const secrets = new Set(['WebIdentityToken', 'TokenCode']);

/** Who seems to ask, and where; nothing of it is proved yet. */
export interface Caller {
  requestId: string;
  accountId: string;
  /** A region of this world. */
  region: string;
  /** The region that the request is signed for, if it is signed. */
  claimedRegion: string | undefined;
}

/** Understands a request as JSON 1.1 of one of ECR's two kinds or, without a target in its header, as STS's query protocol. */
export function understand(wire: WireRequest, services: Services, caller: Caller): Conversation {
  const { region } = caller;
  const target = wire.headers['x-amz-target'];
  if (wire.path === '/coverage/list') return { ...speakInspector(wire, services, caller), region };
  if (target === undefined) return { ...speakSts(wire, { ...services.sts, region }, caller), region };
  const [name = '', operation = ''] = target.split('.');
  const service = targets.get(name);
  const registry = services.registries.meant(service ?? 'ecr', wire.body.toString('utf8'), caller);
  if (service === 'ecr-public') {
    return { ...speakEcr(wire, registry, { ...caller, operation }), region: publicRegion };
  }
  return {
    ...speakEcr(wire, registry, { ...caller, operation: service === 'ecr' ? operation : '' }),
    region,
  };
}

/** REST with JSON: the operation is in the path. */
function speakInspector(
  wire: WireRequest,
  { inspector, registries }: Services,
  { accountId, region }: Caller,
): Omit<Conversation, 'region'> {
  const ecr = registries.get('ecr', { accountId, region });
  const context = { ...inspector, ecr, region };
  const body = wire.body.toString('utf8');
  return {
    service: 'inspector2',
    operation: 'ListCoverage',
    parameters: parseRecord(body) ?? {},
    contentType: 'application/json',
    perform: findCaller =>
      Promise.resolve(toJson(listCoverage(context, body, { principal: findCaller().principal }))),
    refuse: ({ code, message }) => JSON.stringify({ __type: code, message }),
    throttled: new Refusal('ThrottlingException', 'Rate exceeded', 429),
    failed: new Refusal('InternalServerException', 'The request has failed.', 500),
  };
}

function speakEcr(
  wire: WireRequest,
  ecr: Ecr,
  { operation, claimedRegion = publicRegion }: Caller & { operation: string },
): Omit<Conversation, 'region'> {
  const { service } = ecr;
  const body = wire.body.toString('utf8');
  const checkRegion = () => {
    if (service !== 'ecr-public' || claimedRegion === publicRegion) return;
    // https://github.com/codeship-library/aws-utilities/pull/117; most other regions have no such host at all.
    const message = `${operation} command is only supported in ${publicRegion}.`;
    throw new Refusal('UnsupportedCommandException', message);
  };
  return {
    service,
    registry: ecr,
    operation,
    parameters: shorten(parseRecord(body) ?? {}),
    contentType: 'application/x-amz-json-1.1',
    perform: async findCaller => {
      checkRegion();
      return toJson(await ecr.perform(operation, body, { principal: findCaller().principal }));
    },
    refuse: ({ code, message, members }) => JSON.stringify({ __type: code, message, ...members }),
    throttled: new Refusal('ThrottlingException', 'Rate exceeded'),
    failed: new Refusal('ServerException', 'These errors are usually caused by a server-side issue.', 500),
  };
}

/** Without the bytes of a layer's part, which would fill the memory of a long test. */
function shorten({ layerPartBlob, ...parameters }: Record<string, unknown>): Record<string, unknown> {
  return layerPartBlob === undefined ? parameters : { ...parameters, layerPartBlob: '…' };
}

function speakSts(
  wire: WireRequest,
  sts: StsContext,
  { requestId }: { requestId: string },
): Omit<Conversation, 'region'> {
  const query = readQuery(wire);
  const { operation, parameters } = query;
  return {
    service: 'sts',
    operation,
    parameters: Object.fromEntries(
      [...parameters].map(([name, value]) => [name, secrets.has(name) ? '***' : value]),
    ),
    contentType: 'text/xml',
    perform: async findCaller =>
      answerXml(operation, { result: await performSts(sts, query, { findCaller }), requestId }),
    refuse: refusal => errorXml(refusal, requestId),
    throttled: new Refusal('Throttling', 'Rate exceeded'),
    failed: new Refusal(
      'InternalFailure',
      'The request processing has failed because of an unknown error.',
      500,
    ),
  };
}
