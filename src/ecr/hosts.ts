/** The names that end the hosts of registries in a partition of AWS. */
interface Partition {
  /** As ARNs name it. */
  name: string;
  /** Matches the codes of its regions. */
  regions: RegExp;
  /** Of hosts that are reached by IPv4 alone, FIPS or not. */
  ipv4: string;
  /** Of hosts that are reached by IPv6 too; absent where AWS documents none. */
  dualStack?: string;
}

/**
 * The partitions, the last for all regions that no other one has.
 *
 * - https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * - https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
 * - https://github.com/awslabs/amazon-ecr-credential-helper/blob/main/ecr-login/api/client.go
 */
const partitions: Partition[] = [
  { name: 'aws-cn', regions: /^cn-/, ipv4: 'amazonaws.com.cn', dualStack: 'on.amazonwebservices.com.cn' },
  { name: 'aws-us-gov', regions: /^us-gov-/, ipv4: 'amazonaws.com', dualStack: 'on.aws' },
  { name: 'aws-eusc', regions: /^eusc-/, ipv4: 'amazonaws.eu', dualStack: 'on.amazonwebservices.eu' },
  { name: 'aws-iso', regions: /^us-iso-/, ipv4: 'c2s.ic.gov' },
  { name: 'aws-iso-b', regions: /^us-isob-/, ipv4: 'sc2s.sgov.gov' },
  { name: 'aws-iso-e', regions: /^eu-isoe-/, ipv4: 'cloud.adc-e.uk' },
  { name: 'aws-iso-f', regions: /^us-isof-/, ipv4: 'csp.hci.ic.gov' },
  { name: 'aws', regions: /^/, ipv4: 'amazonaws.com', dualStack: 'on.aws' },
];

/** The partition of AWS that a region is in, as ARNs name it. Roles and accounts of one are unknown in all others. */
export function partitionOf(region: string): string {
  return partitions.find(({ regions }) => regions.test(region))?.name ?? 'aws';
}

/** What is asked of the endpoints of AWS: that they are reached by IPv6 too, and that they are validated for FIPS 140-3. */
export interface Endpoints {
  dualStack: boolean;
  fips: boolean;
}

/** Where a registry is. */
interface RegistryPlace {
  /** 12 digits. */
  registryId: string;
  region: string;
}

/**
 * The host of a registry of these endpoints, to compare with one that was written or to tell what to write; what docker speaks to
 * comes from the API or from the user. `undefined` where the partition has no such hosts.
 */
export function registryHost(
  { registryId, region }: RegistryPlace,
  endpoints: Endpoints,
): string | undefined {
  const { ipv4, dualStack } = partitions.find(({ regions }) => regions.test(region)) ?? {};
  const suffix = endpoints.dualStack ? dualStack : ipv4;
  const service = `${endpoints.dualStack ? 'dkr-ecr' : 'dkr.ecr'}${endpoints.fips ? '-fips' : ''}`;
  return suffix === undefined ? undefined : `${registryId}.${service}.${region}.${suffix}`;
}

/** All hosts of a registry, that which the API answers by default first. */
export function registryHosts(place: RegistryPlace): string[] {
  return [false, true]
    .flatMap(dualStack => [false, true].map(fips => registryHost(place, { dualStack, fips })))
    .filter(each => each !== undefined);
}

/** The endpoints that the job asks the SDK for; `undefined` where it asks for none in particular. */
export function endpointsOf(env: Readonly<Record<string, string | undefined>>): Endpoints | undefined {
  const isOn = (name: string): boolean => env[name]?.toLowerCase() === 'true';
  const [dualStack, fips] = [isOn('AWS_USE_DUALSTACK_ENDPOINT'), isOn('AWS_USE_FIPS_ENDPOINT')];
  return dualStack || fips ? { dualStack, fips } : undefined;
}

/** Which hosts these are, in words. */
export function sayEndpoints({ dualStack, fips }: Endpoints): string {
  return [...(dualStack ? ['dual-stack'] : []), ...(fips ? ['FIPS'] : [])].join(' ');
}
