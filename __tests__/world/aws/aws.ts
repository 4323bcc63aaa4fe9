import { createServer } from 'node:http';
import { createFaults } from '../faults.ts';
import type { Faults } from '../faults.ts';
import { createEcr } from './ecr/ecr.ts';
import type { Ecr } from './ecr/ecr.ts';
import { serve } from './endpoint.ts';
import type { AwsRequest } from './endpoint.ts';
import { createIdentities } from './identities.ts';
import type { Identities } from './identities.ts';
import { createKms } from './kms.ts';
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

/** An AWS of one account and one region: IAM's identities, KMS's keys, STS, ECR and ECR Public behind one endpoint. */
export interface Aws extends AsyncDisposable {
  /** For AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_ECR and AWS_ENDPOINT_URL_ECR_PUBLIC. */
  readonly url: string;
  readonly accountId: string;
  readonly region: string;
  readonly iam: Pick<Identities, 'putRole' | 'putUser' | 'putManagedPolicy'>;
  readonly kms: Pick<Kms, 'putKey'>;
  readonly ecr: Ecr;
  /** ECR Public, which is the same in every region and answers in us-east-1 only. */
  readonly ecrPublic: Ecr;
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
  const sts = { accountId, region, identities, oidcProviders, now, sessionLifetimeSeconds };
  const kms = createKms({ accountId, region });
  const place = { accountId, region, identities, kms, now, registryTokenLifetimeSeconds };
  const ecr = createEcr({ ...place, service: 'ecr' });
  const ecrPublic = createEcr({ ...place, service: 'ecr-public' });
  const faults = createFaults();
  const requests: AwsRequest[] = [];
  const endpoint = {
    region,
    identities,
    sts,
    inspector: { ecr, identities, region, now },
    ecr,
    ecrPublic,
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

  return {
    url: `http://127.0.0.1:${address.port}`,
    accountId,
    region,
    iam: identities,
    kms,
    ecr,
    ecrPublic,
    requests,
    faults,
    secrets: () => [...identities.secrets(), ...ecr.secrets(), ...ecrPublic.secrets()],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
