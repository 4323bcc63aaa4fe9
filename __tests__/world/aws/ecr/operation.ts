import { authorize, denialOf } from '../authorization.ts';
import type { Access } from '../authorization.ts';
import type { RequestContext } from '../conditions.ts';
import type { Identities, Principal } from '../identities.ts';
import { isRecord } from '../json.ts';
import type { Kms } from '../kms.ts';
import { statementsOf } from '../policy-document.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import { requestTagContext, resourceTagContext } from '../request-context.ts';
import type { RequestPlace } from '../request-context.ts';
import type { Content } from './content.ts';
import type { CreationTemplates } from './creation-template.ts';
import type { LayerDownloads } from './layer-downloads.ts';
import type { LayerUploads } from './layer-uploads.ts';
import type { PreviewStory } from './lifecycle-preview.ts';
import type { Logins } from './logins.ts';
import type { PullThrough } from './pull-through.ts';
import type { PushLag } from './push-lag.ts';
import type { Rates } from './rates.ts';
import type { RegistryPolicy } from './registry-policy.ts';
import type { Registry, Repository } from './registry.ts';
import type { Replication } from './replication.ts';
import type { Scans } from './scans.ts';
import type { Shape } from './shape.ts';
import type { Signing } from './signing.ts';

/** What operations work with. */
export interface EcrContext {
  registry: Registry;
  identities: Identities;
  kms: Kms;
  scans: Scans;
  templates: CreationTemplates;
  previews: Readonly<PreviewStory>;
  pushLag: PushLag;
  logins: Logins;
  registryPolicy: RegistryPolicy;
  pullThrough: PullThrough;
  upstreams: ReadonlyMap<string, string>;
  replication: Replication;
  signing: Signing;
  uploads: LayerUploads;
  downloads: LayerDownloads;
  rates: Rates;
  /** What holds the layers; and, as a host with its scheme, where clients find them. */
  storage: () => Storage;
  /** Where clients find the registry of an account. */
  endpointOf: (accountId: string) => string;
  now: () => Date;
}

/** Where images are, and the address that clients know it by. */
export interface Storage {
  content: Content;
  /** `https://123456789012.dkr.ecr.eu-central-1.amazonaws.com` */
  endpoint: string;
}

/** A call by somebody who has proved who he is. */
export interface Call extends EcrContext {
  principal: Principal;
}

/** An operation: what it is done to, and the doing. */
export interface Operation<T> {
  /** The action for which the caller needs permission; that of the operation's own name where it is left out. */
  action?: string;
  /** Actions for which the caller needs permission besides. */
  alsoNeeds?: (request: T, registry: Registry) => string[];
  /** The ARNs for which the caller needs permission; the repository that is named where it is left out. */
  resources?: (request: T, registry: Registry) => string[];
  perform: (request: T, call: Call) => object | Promise<object>;
}

/** An operation that takes a request as it was parsed from JSON. */
export type AnyOperation = (name: string, request: unknown, call: Call) => Promise<object>;

/**
 * Makes an operation that checks a request, then the caller's permission, and only then does something.
 *
 * @throws {Refusal} SerializationException, InvalidParameterException, AccessDeniedException, and the operation's own
 */
export function operation<T>(
  shape: Shape<T>,
  { action: own, alsoNeeds = () => [], resources = namedRepository, perform }: Operation<T>,
): AnyOperation {
  return async (name, request, call) => {
    if (!shape(request, '')) throw new Refusal('SerializationException', 'Malformed request');
    for (const resource of resources(request, call.registry)) {
      for (const action of [`${call.registry.service}:${own ?? name}`, ...alsoNeeds(request, call.registry)])
        permit(call, action, { resource, request });
    }
    return await perform(request, call);
  };
}

/** @throws {Refusal} AccessDeniedException, for one whom neither his own policies nor the repository's let do it */
export function permit(permission: Permission, action: string, target: Target): void {
  authorize(permission.identities, accessOf(permission, action, target));
}

export function isPermitted(permission: Permission, action: string, target: Target): boolean {
  return denialOf(permission.identities, accessOf(permission, action, target)) === undefined;
}

/** What is asked for: on which resource and, where it brings tags, by which request. */
interface Target {
  resource: string;
  request?: unknown;
}

/** The actions that a registry's policy could be about before its scope was made wider, as an account may keep it. */
const ofFirstScope = new Set(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository', 'ecr:ReplicateImage']);

/**
 * The repository's own policy and the registry's, which is for all of its repositories, those that are to be made among them.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions.html
 */
function resourcePolicyOf(
  { registry, registryPolicy: { current } }: Permission,
  repository: Repository | undefined,
  action: string,
): PolicyDocument | undefined {
  const isInScope = registry.settings.get('REGISTRY_POLICY_SCOPE') !== 'V1' || ofFirstScope.has(action);
  const own = repository?.policy?.document;
  if (!current || !isInScope) return own;
  return { Statement: [...(own ? statementsOf(own) : []), ...statementsOf(current.document)] };
}

function accessOf(permission: Permission, action: string, { resource, request }: Target): Access {
  const { principal, registry } = permission;
  const repository = registry.repositories().find(({ arn }) => arn === resource);
  const owner = resource === '*' ? {} : { owner: registry.accountId };
  return {
    principal,
    action,
    resource,
    resourcePolicy: resource === '*' ? undefined : resourcePolicyOf(permission, repository, action),
    place: placeOf(permission),
    context: {
      ...resourceTagContext(repository?.resourceTags ?? {}, registry.service),
      ...tagsIn(request),
    },
    ...owner,
  };
}

/** Where and when a call is made; ECR Public has one region for all. */
export function placeOf({ registry, now }: Pick<Call, 'registry' | 'now'>): RequestPlace {
  return { region: registry.service === 'ecr-public' ? 'us-east-1' : registry.region, now: now() };
}

/** The tags of a request that has some; its shape has been checked. */
function tagsIn(request: unknown): RequestContext {
  if (!isRecord(request)) return {};
  const { tags, tagKeys } = request;
  const pairs = Array.isArray(tags) ? tags.filter(isRecord) : [];
  const keys = Array.isArray(tagKeys) ? tagKeys.map(String) : [];
  return requestTagContext(
    pairs.map(({ Key, Value }) => ({ Key: String(Key), Value: String(Value) })),
    keys,
  );
}

type Permission = Pick<Call, 'principal' | 'registry' | 'registryPolicy' | 'identities' | 'now'>;

function namedRepository(request: unknown, registry: Registry): string[] {
  if (!isRecord(request) || typeof request.repositoryName !== 'string') return ['*'];
  return [registry.arnOf(request.repositoryName)];
}
