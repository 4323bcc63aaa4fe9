import { authorize } from '../authorization.ts';
import type { Identities, Principal } from '../identities.ts';
import { isRecord } from '../json.ts';
import type { Kms } from '../kms.ts';
import { Refusal } from '../refusal.ts';
import type { Content } from './content.ts';
import type { CreationTemplates } from './creation-template.ts';
import type { PreviewStory } from './lifecycle-preview.ts';
import type { Logins } from './logins.ts';
import type { Rates } from './rates.ts';
import type { Registry } from './registry.ts';
import type { Scans } from './scans.ts';
import type { Shape } from './shape.ts';

/** What operations work with. */
export interface EcrContext {
  registry: Registry;
  identities: Identities;
  kms: Kms;
  scans: Scans;
  templates: CreationTemplates;
  previews: Readonly<PreviewStory>;
  logins: Logins;
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
  /** Actions for which the caller needs permission besides the operation itself. */
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
  { alsoNeeds = () => [], resources = namedRepository, perform }: Operation<T>,
): AnyOperation {
  return async (name, request, call) => {
    if (!shape(request, '')) throw new Refusal('SerializationException', 'Malformed request');
    for (const resource of resources(request, call.registry)) {
      for (const action of [`${call.registry.service}:${name}`, ...alsoNeeds(request, call.registry)])
        permit(call, action, resource);
    }
    return await perform(request, call);
  };
}

/** @throws {Refusal} AccessDeniedException, for one whom neither his own policies nor the repository's let do it */
export function permit(
  { principal, registry, identities }: Permission,
  action: string,
  resource: string,
): void {
  const resourcePolicy = registry.repositories().find(({ arn }) => arn === resource)?.policy?.document;
  const owner = resource === '*' ? {} : { owner: registry.accountId };
  authorize(identities, { principal, action, resource, resourcePolicy, ...owner });
}

type Permission = Pick<Call, 'principal' | 'registry' | 'identities'>;

function namedRepository(request: unknown, registry: Registry): string[] {
  if (!isRecord(request) || typeof request.repositoryName !== 'string') return ['*'];
  return [registry.arnOf(request.repositoryName)];
}
