import { authorize } from '../authorization.ts';
import { parseRecord } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { createMemoryContent } from './content.ts';
import { createLogins } from './logins.ts';
import { operations } from './operations.ts';
import { pushManifest } from './push.ts';
import { createRates } from './rates.ts';
import { createRegistry } from './registry.ts';
import { createScans } from './scans.ts';
import type { Identities, Principal } from '../identities.ts';
import type { MemoryContent } from './content.ts';
import type { EcrContext, Storage } from './operation.ts';
import type { Push } from './push.ts';
import type { Image } from './image.ts';
import type { Repository, ScanningConfiguration } from './registry.ts';
import type { Scans } from './scans.ts';

export interface EcrOptions {
  accountId: string;
  region: string;
  identities: Identities;
  now: () => Date;
  registryTokenLifetimeSeconds?: number | undefined;
}

/** The private registry of an account in a region. */
export interface Ecr {
  readonly accountId: string;
  /** The stories that tests tell about what scans find. */
  readonly scans: Scans;
  /** Layers for PutImage where no registry holds any. */
  readonly layers: MemoryContent;
  repositories(): Repository[];
  repository(name: string): Repository | undefined;
  /** Sets the registry's scan type and rules, as PutRegistryScanningConfiguration does. */
  scanWith(configuration: ScanningConfiguration): void;
  /** From now on images are in this storage, and repositories' URIs name its endpoint. */
  attach(storage: Storage): void;
  /**
   * Carries out an operation of the API; `body` is the request's JSON.
   *
   * @throws {Refusal}
   */
  perform(operation: string, body: string, caller: { principal: Principal }): Promise<object>;
  /** The registry's passwords. */
  secrets(): string[];
  /** @throws {Refusal} DENIED, for a registry password that is unknown or out of date */
  whoHas(password: string): Principal;
  /**
   * Takes a manifest that a registry client pushes; the same one again is no error.
   *
   * @throws {Refusal}
   */
  push(push: Push): Promise<Image>;
  /**
   * The repository, for one who may do `operation` to it.
   *
   * @throws {Refusal} AccessDeniedException, RepositoryNotFoundException
   */
  admit(principal: Principal, operation: string, repositoryName: string): Repository;
}

const target = 'AmazonEC2ContainerRegistry_V20150921';

/** The operation that a request's X-Amz-Target names, or undefined when it is not ECR's. */
export function operationOf(header: string | undefined): string | undefined {
  const [service, name] = header?.split('.') ?? [];
  return service === target ? name : undefined;
}

export function createEcr(options: EcrOptions): Ecr {
  const { accountId, region, identities, now } = options;
  const registry = createRegistry({ accountId, region });
  const layers = createMemoryContent();
  const logins = createLogins(now, options.registryTokenLifetimeSeconds);
  const rates = createRates();
  const scans = createScans({ registry, now });
  let storage: Storage = {
    content: layers,
    endpoint: `https://${accountId}.dkr.ecr.${region}.amazonaws.com`,
  };
  const context: EcrContext = { registry, identities, scans, logins, rates, now, storage: () => storage };

  return {
    accountId,
    scans,
    layers,
    repositories: registry.repositories,
    repository: registry.find,
    scanWith: registry.scanWith,
    attach(attached) {
      storage = attached;
    },
    async perform(name, body, { principal }) {
      const operation = operations.get(name);
      if (!operation) throw new Refusal('UnknownOperationException', '');
      const request = parseRecord(body);
      if (!request) throw new Refusal('SerializationException', 'Could not parse the request body as JSON');
      return await operation(name, request, { ...context, principal });
    },
    whoHas: logins.whoHas,
    secrets: logins.secrets,
    async push(push) {
      return (await pushManifest(context, push)).image;
    },
    admit(principal, operation, name) {
      const access = { principal, action: `ecr:${operation}`, resource: registry.arnOf(name) };
      authorize(identities, { ...access, resourcePolicy: registry.find(name)?.policy?.document });
      return registry.get(name);
    },
  };
}
