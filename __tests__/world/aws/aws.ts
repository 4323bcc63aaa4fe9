import { createServer } from 'node:http';
import { createFaults } from '../faults.ts';
import type { Faults } from '../faults.ts';
import type { Ecr } from './ecr/ecr.ts';
import { createLayerDownloads } from './ecr/layer-downloads.ts';
import type { LayerDownloads } from './ecr/layer-downloads.ts';
import type { Upstreams } from './ecr/pull-through.ts';
import { createRegistries } from './ecr/registries.ts';
import type { RegistryId } from './ecr/registries.ts';
import { serve } from './endpoint.ts';
import type { AwsRequest } from './endpoint.ts';
import { createIdentities } from './identities.ts';
import type { Identities } from './identities.ts';
import type { Kms } from './kms.ts';
import type { OidcProvider } from './sts/web-identity.ts';

export interface AwsOptions {
  /** `123456789012` where it is left out. */
  accountId?: string;
  /** `eu-central-1` where it is left out. */
  region?: string;
  oidcProviders: OidcProvider[];
  /** The clock for all that expires. */
  now?: () => Date;
  /** Milliseconds by which this clock is ahead of the machine's, if not by `now`; each answer then tells its time. */
  clockAheadMs?: number;
  /** How long a session lasts, whatever was asked for: the API's own minimum is 900, too long for a test. */
  sessionLifetimeSeconds?: number;
  /** How long a registry password lasts; 12 hours as ECR's own. */
  registryTokenLifetimeSeconds?: number;
}

/**
 * An AWS: IAM's identities, KMS's keys, STS, ECR and ECR Public behind one endpoint. It begins with one account and one region.
 * There is every other account at once, another region from the time when its registry is first asked for.
 */
export interface Aws extends AsyncDisposable {
  /** For AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_ECR and AWS_ENDPOINT_URL_ECR_PUBLIC. */
  readonly url: string;
  readonly accountId: string;
  readonly region: string;
  readonly iam: Pick<Identities, 'putRole' | 'putUser' | 'putManagedPolicy'> & {
    /** Makes an issuer of tokens known in an account; roles of other accounts do not know it. */
    putOidcProvider: (provider: OidcProvider) => void;
  };
  readonly kms: Pick<Kms, 'putKey'>;
  readonly ecr: Ecr;
  /** The registry of some account in some region; those of the world where they are left out. */
  registry(id?: Partial<RegistryId>): Ecr;
  /** Layers that were fetched without the registry, from the addresses that GetDownloadUrlForLayer gave. */
  readonly layers: Pick<LayerDownloads, 'done' | 'faults'>;
  /** ECR Public, which is the same in every region and answers in us-east-1 only. */
  readonly ecrPublic: Ecr;
  /** Where pull-through caches find the registries that they are for: `registry-1.docker.io` → `http://127.0.0.1:PORT`. */
  readonly upstreams: Upstreams;
  readonly requests: readonly AwsRequest[];
  readonly faults: Faults;
  /** Every key, token and password that was handed out, for a search for what must not be seen. */
  secrets(): string[];
}

/** Starts an AWS on a free port of the loopback interface. */
export async function startAws(options: AwsOptions): Promise<Aws> {
  const {
    accountId = '123456789012',
    region = 'eu-central-1',
    oidcProviders,
    clockAheadMs,
    now = () => new Date(Date.now() + (clockAheadMs ?? 0)),
  } = options;
  const identities = createIdentities({ accountId });
  const { sessionLifetimeSeconds, registryTokenLifetimeSeconds } = options;
  const providers = [...oidcProviders];
  const sts = { accountId, region, identities, oidcProviders: providers, now, sessionLifetimeSeconds };
  const downloads = createLayerDownloads({ url: () => url, now });
  const upstreams: Upstreams = new Map();
  const registries = createRegistries({
    identities,
    downloads,
    upstreams,
    now,
    registryTokenLifetimeSeconds,
  });
  const registry = (id: Partial<RegistryId> = {}) => registries.get('ecr', { accountId, region, ...id });
  const ecr = registry();
  const ecrPublic = registries.get('ecr-public', { accountId, region });
  const faults = createFaults();
  const requests: AwsRequest[] = [];
  const endpoint = {
    accountId,
    region,
    identities,
    downloads,
    sts,
    inspector: { identities, now },
    registries,
    faults,
    now,
    tellsTime: clockAheadMs !== undefined,
    log: (request: AwsRequest) => void requests.push(request),
  };

  const server = createServer((message, response) => {
    serve(message, response, endpoint).catch(() => response.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('AWS did not get a port.');

  const url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    accountId,
    region,
    iam: { ...identities, putOidcProvider: provider => void providers.push(provider) },
    kms: ecr.kms,
    ecr,
    registry,
    layers: downloads,
    upstreams,
    ecrPublic,
    requests,
    faults,
    secrets: () => [...identities.secrets(), ...registries.secrets(), ...downloads.secrets()],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
