import { authorize, denialMessage } from '../authorization.ts';
import { isRecord } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { Identities, Principal } from '../identities.ts';
import type { Content } from './content.ts';
import type { Logins } from './logins.ts';
import type { Rates } from './rates.ts';
import type { Registry } from './registry.ts';
import type { Scans } from './scans.ts';
import type { Shape } from './shape.ts';

/** What operations work with. */
export interface EcrContext {
  registry: Registry;
  identities: Identities;
  scans: Scans;
  logins: Logins;
  rates: Rates;
  /** What holds the layers; and, as a host with its scheme, where clients find them. */
  storage: () => Storage;
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
  /** Actions for which the caller needs permission besides the operation itself. */
  alsoNeeds?: (request: T) => string[];
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
  { alsoNeeds = () => [], resources = namedRepository, perform }: Operation<T>,
): AnyOperation {
  return async (name, request, call) => {
    if (!shape(request, '')) throw new Refusal('SerializationException', 'Malformed request');
    for (const resource of resources(request, call.registry)) {
      for (const action of [`ecr:${name}`, ...alsoNeeds(request)]) permit(call, action, resource);
    }
    return await perform(request, call);
  };
}

function permit({ principal, registry, identities }: Call, action: string, resource: string): void {
  const resourcePolicy = registry.repositories().find(({ arn }) => arn === resource)?.policy?.document;
  const [, , , , owner = ''] = resource.split(':');
  if (owner !== '' && owner !== registry.accountId) {
    const reason = `because no resource-based policy allows the ${action} action`;
    throw new Refusal('AccessDeniedException', denialMessage({ principal, action, resource }, reason));
  }
  authorize(identities, { principal, action, resource, resourcePolicy });
}

function namedRepository(request: unknown, registry: Registry): string[] {
  if (!isRecord(request) || typeof request.repositoryName !== 'string') return ['*'];
  const owner = typeof request.registryId === 'string' ? request.registryId : registry.accountId;
  return [`arn:aws:ecr:${registry.region}:${owner}:repository/${request.repositoryName}`];
}
