import { sayRegistry } from '../ecr/base-registries.ts';
import type { BaseRegistry } from '../ecr/base-registries.ts';
import { partitionOf, registryHost, registryHosts } from '../ecr/hosts.ts';
import { addressOf, inLowerCase } from '../ecr/reference.ts';
import * as parsers from '../validation/parsers.ts';
import type { Parsed } from '../validation/parsers.ts';
import type { InputReader } from '../validation/reader.ts';
import * as validators from '../validation/validators.ts';

/** The registries of `login-registries`. */
export interface LoginsPlan {
  registries: BaseRegistry[];
  /** Whether GitHub withholds an identity from the job, so that the step is logged in to none of them. */
  isWithheld: boolean;
}

/** Reads the input `login-registries`; what has no region is in that of the step. */
export function readLoginRegistries(
  reader: InputReader,
  { region }: Pick<BaseRegistry, 'region'>,
): BaseRegistry[] {
  const given = reader.list('login-registries', parsers.parseList, text => {
    const parsed = parseRegistryFrom(text, region);
    return 'value' in parsed ? undefined : parsed;
  });
  const registries = given.flatMap(text => {
    const parsed = parseRegistryFrom(text, region);
    return 'value' in parsed ? parsed.value : [];
  });
  return registries.filter((each, place) => registries.findIndex(other => isSame(each, other)) === place);
}

function isSame(one: BaseRegistry, other: BaseRegistry): boolean {
  return one.registryId === other.registryId && one.region === other.region && one.host === other.host;
}

/** Parses a registry for a step in the region `own`. */
function parseRegistryFrom(text: string, own: string): Parsed<BaseRegistry> {
  const parsed = parseRegistry(text);
  if (!('value' in parsed)) return parsed;
  const registry = { region: own, ...parsed.value };
  const [partition, ownPartition] = [registry.region, own].map(partitionOf);
  if (own === '' || partition === ownPartition) return { value: registry };
  return {
    problem: `is in the partition ${partition} of AWS, and the role of the step is of ${ownPartition}`,
    remedy:
      'No role is known in another partition: log in to it in steps before this one, by `aws-actions/configure-aws-credentials` with a role of that partition and `aws-actions/amazon-ecr-login`, and this step keeps that login.',
  };
}

const forms =
  'Give an account id of 12 digits, in quotes in YAML, or one with a region, such as 123456789012@eu-west-1, or the URI of a registry as ECR shows it.';

function parseRegistry(given: string): Parsed<Omit<BaseRegistry, 'region'> & { region?: string }> {
  const [, registryId, region] = /^(\d{12})(?:@(.*))?$/s.exec(given) ?? [];
  if (registryId !== undefined) {
    if (region === undefined) return { value: { registryId } };
    const problem = validators.region(region);
    return problem === undefined
      ? { value: { registryId, region } }
      : {
          problem: `names '${region}', which ${problem.problem}`,
          remedy: `Give its code, such as ${registryId}@eu-west-1.`,
        };
  }
  const text = inLowerCase(given).replace(/^https:\/\/|\/+$/g, '');
  const address = addressOf(text.includes('/') ? text : `${text}/any`);
  const host = text.replace(/\/.*/s, '');
  if (address.type === 'public' || /^(?:public\.ecr\.aws|ecr-public\.aws\.com)$/.test(host)) {
    return {
      problem: 'is ECR Public, whose images are pulled without a login',
      remedy:
        'Leave it out. For the higher limits of a login, put a step `aws-actions/amazon-ecr-login` with `registry-type: public` before this one, which keeps it.',
    };
  }
  if (address.registryId === undefined || address.region === undefined) {
    return {
      problem: 'is no registry of ECR',
      remedy: `${forms} Other registries, such as docker.io and ghcr.io, are logged in to by \`docker/login-action\` in a step before this one, which keeps such logins.`,
    };
  }
  const place = { registryId: address.registryId, region: address.region };
  const regionProblem = validators.region(place.region);
  if (regionProblem !== undefined) {
    return { problem: `names '${place.region}', which ${regionProblem.problem}`, remedy: forms };
  }
  if (address.host !== undefined && !registryHosts(place).includes(address.host)) {
    return {
      problem: `names '${address.host}', which is no host of a registry in ${place.region}`,
      remedy: `Give ${sayRegistry(place)}, or ${registryHost(place, { dualStack: false, fips: false }) ?? 'its URI'}.`,
    };
  }
  return { value: { ...place, ...(address.host !== undefined && { host: address.host }) } };
}
