import type { Identities, Principal } from '../identities.ts';
import { parseRecord } from '../json.ts';
import { createKms } from '../kms.ts';
import { createEcr } from './ecr.ts';
import type { Ecr } from './ecr.ts';
import type { LayerDownloads } from './layer-downloads.ts';
import { createLogins } from './logins.ts';
import type { Logins } from './logins.ts';
import type { Upstreams } from './pull-through.ts';
import type { RegistryService } from './registry.ts';

export interface RegistriesOptions {
  identities: Identities;
  downloads: LayerDownloads;
  upstreams: Upstreams;
  now: () => Date;
  registryTokenLifetimeSeconds?: number | undefined;
}

/** Whose registry and, of a private one, where. */
export interface RegistryId {
  /** 12 digits. */
  accountId: string;
  /** `eu-central-1` */
  region: string;
}

/** All registries of a world: of each account one in each region, and a public one that is the same in all of them. */
export interface Registries {
  /** The registry; it is made when it is first asked for. */
  get(service: RegistryService, id: RegistryId): Ecr;
  /**
   * The registry that a request is for: of the account that it names, itself or in an ARN, or else of the caller's.
   *
   * @param body the request's JSON
   */
  meant(service: RegistryService, body: string, caller: RegistryId): Ecr;
  /** The regions of the private registries that have been asked for, which are all that there are. */
  readonly regions: ReadonlySet<string>;
  /** Every password. */
  secrets(): string[];
}

export function createRegistries(options: RegistriesOptions): Registries {
  const { identities, downloads, upstreams, now, registryTokenLifetimeSeconds } = options;
  const registries = new Map<string, Ecr>();
  const regions = new Set<string>();
  const logins = new Map<string, Logins>();
  // The password of one region is unknown in another, and is good for the registries of all accounts there.
  const loginsOf = (place: string) => {
    const known = logins.get(place) ?? createLogins(now, registryTokenLifetimeSeconds);
    logins.set(place, known);
    return known;
  };
  const self: Registries = {
    regions,
    get(service, { accountId, region }) {
      const place = service === 'ecr' ? region : service;
      const key = `${place}/${accountId}`;
      const known = registries.get(key);
      if (known) return known;
      const made = createEcr({
        service,
        accountId,
        region,
        identities,
        kms: createKms({ accountId, region }),
        logins: loginsOf(place),
        downloads,
        upstreams,
        target: id => self.get(service, id).asTarget,
        settle: async () => {
          for (const each of registries.values()) await each.asTarget.settle();
        },
        endpointOf: other => self.get(service, { accountId: other, region }).endpoint,
        now,
      });
      registries.set(key, made);
      if (service === 'ecr') regions.add(region);
      return made;
    },
    meant(service, body, { accountId, region }) {
      return self.get(service, { accountId: ownerOf(parseRecord(body) ?? {}) ?? accountId, region });
    },
    secrets: () => [...logins.values()].flatMap(each => each.secrets()),
  };
  return self;
}

/** Who calls, by what a request claims; the signature is looked at later. */
export function claimedCaller(
  authorization: string | undefined,
  { findKey }: Pick<Identities, 'findKey'>,
): { principal?: Principal; region?: string } {
  const [, accessKeyId = '', region] =
    /Credential=([^/,\s]+)\/\d+\/([^/]+)\//.exec(authorization ?? '') ?? [];
  const principal = findKey(accessKeyId)?.principal;
  return { ...(principal && { principal }), ...(region !== undefined && { region }) };
}

/** The account whose registry a request names, itself or in an ARN. */
function ownerOf({ registryId, resourceArn }: Record<string, unknown>): string | undefined {
  const owner = typeof registryId === 'string' ? registryId : arnOwner(resourceArn);
  return owner !== undefined && /^\d{12}$/.test(owner) ? owner : undefined;
}

function arnOwner(arn: unknown): string | undefined {
  return typeof arn === 'string' ? arn.split(':')[4] : undefined;
}
