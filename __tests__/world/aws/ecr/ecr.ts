import { createFaults } from '../../faults.ts';
import type { Faults } from '../../faults.ts';
import type { Identities, Principal } from '../identities.ts';
import { parseRecord } from '../json.ts';
import type { Kms } from '../kms.ts';
import { Refusal } from '../refusal.ts';
import { settingOf } from './account-settings.ts';
import { createMemoryContent } from './content.ts';
import type { MemoryContent } from './content.ts';
import { createTemplates } from './creation-template.ts';
import type { CreationTemplate } from './creation-template.ts';
import type { Image } from './image.ts';
import type { LayerDownloads } from './layer-downloads.ts';
import { createLayerUploads } from './layer-uploads.ts';
import type { LayerUploads } from './layer-uploads.ts';
import type { PreviewStory } from './lifecycle-preview.ts';
import type { Logins } from './logins.ts';
import { isPermitted, permit } from './operation.ts';
import type { EcrContext, Storage } from './operation.ts';
import { operations } from './operations.ts';
import { pastImages } from './past-image.ts';
import type { PastImages } from './past-image.ts';
import { importAtFirstPull } from './pull-through.ts';
import type { Upstreams } from './pull-through.ts';
import { pushManifest } from './push.ts';
import type { Push } from './push.ts';
import { createPushLag } from './push-lag.ts';
import type { PushLag } from './push-lag.ts';
import { createRates } from './rates.ts';
import type { RegistryId } from './registries.ts';
import type { RegistryPolicy } from './registry-policy.ts';
import { createRegistry } from './registry.ts';
import type { RegistryService, Repository, ScanningConfiguration } from './registry.ts';
import { receiveReplica } from './replica.ts';
import { createReplication } from './replication.ts';
import type { Replication, ReplicationTarget } from './replication.ts';
import { createScans } from './scans.ts';
import type { Scans } from './scans.ts';
import { createSigning } from './signing.ts';
import type { Signing } from './signing.ts';

export interface EcrOptions {
  service: RegistryService;
  accountId: string;
  region: string;
  identities: Identities;
  kms: Kms;
  /** The passwords of the region. */
  logins: Logins;
  downloads: LayerDownloads;
  upstreams: Upstreams;
  /** Another registry, as one that images are replicated to. */
  target: (id: RegistryId) => ReplicationTarget;
  /** Carries out what is due at any registry. */
  settle: () => Promise<void>;
  /** Where clients find the registry of an account, in this region. */
  endpointOf: (accountId: string) => string;
  now: () => Date;
}

/** The registry of an account, private or public. */
export interface Ecr extends PastImages {
  readonly service: RegistryService;
  /** Before the repositories' names in URIs and paths; empty for a private registry. */
  readonly alias: string;
  readonly accountId: string;
  readonly region: string;
  /** A host with its scheme: the gate's, or one like ECR's own where there is none. */
  readonly endpoint: string;
  /** The keys of this account in this region. */
  readonly kms: Pick<Kms, 'putKey'>;
  /** What goes wrong in this registry's own API, after the faults of the whole AWS; the labels are the same, `ecr:PutImage`. */
  readonly faults: Faults;
  /** What is replicated to other registries, and how that goes. */
  readonly replication: Pick<Replication, 'tell' | 'startsAgain'>;
  /** What the registry signs by itself. */
  readonly signing: Pick<Signing, 'signsPuts' | 'signsRetags'>;
  /** This registry, as one that images are replicated to. */
  readonly asTarget: ReplicationTarget & Pick<Replication, 'settle'>;
  /** Carries out what is due by now at any registry, as each call does. */
  settle(): Promise<void>;
  /** Layers that come by the API, and how many bytes of them have come. */
  readonly uploads: LayerUploads;
  /** The stories that tests tell about what scans find. */
  readonly scans: Scans;
  /** How previews of lifecycle policies go. */
  readonly previews: PreviewStory;
  /** How long a pushed image is not known yet. */
  readonly pushLag: PushLag;
  /** Layers for PutImage where no registry holds any. */
  readonly layers: MemoryContent;
  repositories(): Repository[];
  repository(name: string): Repository | undefined;
  /** From now on, pushes create the repositories that such a template is for. */
  createOnPush(template: CreationTemplate): void;
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
  /** @throws {Refusal} DENIED, for a registry password that is unknown or out of date */
  whoHas(password: string): Principal;
  /**
   * Takes a manifest that a registry client pushes; the same one again is no error.
   *
   * @throws {Refusal}
   */
  push(push: Push): Promise<Image>;
  /**
   * The repository, for one who may do `operation` to it; somebody without a login may pull what is public.
   *
   * @throws {Refusal} DENIED, AccessDeniedException, RepositoryNotFoundException
   */
  admit(principal: Principal | undefined, operation: string, repositoryName: string): Repository;
  /**
   * Imports what a client pulls for the first time, where a rule of the pull-through cache is for it.
   *
   * @throws {Refusal}
   */
  pullThrough(
    principal: Principal | undefined,
    pull: { repositoryName: string; reference: string },
  ): Promise<void>;
  /** Whether a push to one repository may take a layer from another of the registry, instead of sending it again. */
  mayMount(principal: Principal | undefined, repositories: { from: string; to: Repository }): boolean;
}

const pulls = new Set([
  'BatchCheckLayerAvailability',
  'BatchGetImage',
  'GetDownloadUrlForLayer',
  'ListImages',
]);

export function createEcr(options: EcrOptions): Ecr {
  const { service, accountId, region, identities, kms, logins, downloads, upstreams, now } = options;
  const { endpointOf, target, settle } = options;
  const layers = createMemoryContent();
  const uploads = createLayerUploads();
  const rates = createRates();
  const pushLag = createPushLag();
  const previews: PreviewStory = { looks: 1, status: 'COMPLETE' };
  const endpoint =
    service === 'ecr' ? `https://${accountId}.dkr.ecr.${region}.amazonaws.com` : 'https://public.ecr.aws';
  let storage: Storage = { content: layers, endpoint };
  const registry = createRegistry({ service, accountId, region });
  const scans = createScans({ registry, now });
  const templates = createTemplates(registry);
  const registryPolicy: RegistryPolicy = {};
  const replication = createReplication({ registry, content: () => storage.content, target, now });
  const signing = createSigning();
  const context: EcrContext = {
    registry,
    scans,
    storage: () => storage,
    templates,
    identities,
    kms,
    previews,
    pushLag,
    logins,
    registryPolicy,
    pullThrough: { rules: new Map() },
    upstreams,
    replication,
    signing,
    uploads,
    downloads,
    rates,
    now,
    endpointOf,
  };

  return {
    service,
    alias: registry.alias,
    accountId,
    region,
    get endpoint() {
      return storage.endpoint;
    },
    kms,
    faults: createFaults(),
    replication,
    signing,
    asTarget: {
      registry,
      policy: () => registryPolicy.current?.document,
      receive: replica => receiveReplica(context, replica),
      settle: replication.settle,
    },
    settle,
    uploads,
    scans,
    previews,
    pushLag,
    layers,
    repositories: registry.repositories,
    repository: registry.find,
    ...pastImages(registry),
    createOnPush: templates.put,
    scanWith: registry.scanWith,
    attach(attached) {
      storage = attached;
    },
    async perform(name, body, { principal }) {
      const operation = operations[service].get(name);
      if (!operation) throw new Refusal('UnknownOperationException', '');
      const request = parseRecord(body);
      if (!request) throw new Refusal('SerializationException', 'Could not parse the request body as JSON');
      await settle();
      return await operation(name, request, { ...context, principal });
    },
    whoHas: logins.whoHas,
    async push(push) {
      return (await pushManifest(context, push)).image;
    },
    admit(principal, operation, name) {
      // What is public can be read by anybody, and nobody is asked who he is.
      const isOpen = service === 'ecr-public' && pulls.has(operation);
      if (!isOpen && !principal) throw new Refusal('DENIED', 'Not Authorized', 401);
      if (!isOpen && principal)
        permit({ ...context, principal }, `${service}:${operation}`, { resource: registry.arnOf(name) });
      // Who may push needs no permission to create: https://github.com/aws/containers-roadmap/issues/853
      if (operation === 'InitiateLayerUpload')
        templates.apply(name, { at: now(), scenario: 'CREATE_ON_PUSH' });
      return registry.get(name);
    },
    async pullThrough(principal, pull) {
      if (principal) await importAtFirstPull(context, { principal, ...pull });
    },
    mayMount(principal, { from, to }) {
      const source = registry.find(from);
      if (service !== 'ecr' || !principal || !source) return false;
      if (settingOf(registry.settings, 'BLOB_MOUNTING') !== 'ENABLED') return false;
      const { encryptionType, kmsKey } = source.encryption;
      if (encryptionType !== to.encryption.encryptionType || kmsKey !== to.encryption.kmsKey) return false;
      const permission = { ...context, principal };
      return isPermitted(permission, 'ecr:GetDownloadUrlForLayer', { resource: source.arn });
    },
  };
}
