import { registryHost, registryHosts } from './hosts.ts';
import type { Problem } from '../validation/parsers.ts';
import * as validators from '../validation/validators.ts';
import type { Validator } from '../validation/validators.ts';

/** The parts of the address of a repository; a part that the address does not have is absent. */
export interface RepositoryAddress {
  type?: 'private' | 'public';
  name: string;
  /** 12 digits. */
  registryId?: string;
  region?: string;
  /** The alias of the registry in ECR Public. */
  alias?: string;
  /** The host, where it is another than the API answers by default: a dual-stack or a FIPS host. */
  host?: string;
}

/** Matches `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app`, with FIPS, dual-stack and other partitions. */
const uri =
  /^(?:https:\/\/)?(?<host>(?<registryId>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.[a-z0-9.-]+)\/(?<name>.+)$/;

const arn = /^arn:[a-z0-9-]+:ecr:(?<region>[a-z0-9-]+):(?<registryId>\d{12}):repository\/(?<name>.+)$/;

/** The second host is dual-stack. https://docs.aws.amazon.com/AmazonECR/latest/public/public-ecr-requests.html */
const publicUri =
  /^(?:https:\/\/)?(?<host>public\.ecr\.aws|ecr-public\.aws\.com)\/(?<alias>[^/]+)\/(?<name>.+)$/;

const publicArn = /^arn:[a-z0-9-]+:ecr-public::(?<registryId>\d{12}):repository\/(?<name>.+)$/;

/**
 * A repository's name, URI or ARN with its letters A to Z in lower case, since ECR allows no others and a workflow cannot lower the
 * case of `${{ github.repository }}`. Letters of other scripts stay, so that they are refused.
 */
export function inLowerCase(address: string): string {
  return address.replaceAll(/[A-Z]+/g, letters => letters.toLowerCase());
}

/**
 * Parses a repository's name, URI or ARN, in lower case.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export function addressOf(given: string): RepositoryAddress {
  const text = inLowerCase(given);
  const inPrivate = (uri.exec(text) ?? arn.exec(text))?.groups;
  const { registryId, region, name, host } = inPrivate ?? {};
  if (name !== undefined && registryId !== undefined && region !== undefined) {
    const [plain] = registryHosts({ registryId, region });
    const isOther = host !== undefined && host !== plain;
    return { type: 'private', name, registryId, region, ...(isOther && { host }) };
  }
  const inPublic = (publicUri.exec(text) ?? publicArn.exec(text))?.groups;
  if (inPublic?.['name'] === undefined) return { name: text };
  const { alias, registryId: owner, host: publicHost } = inPublic;
  return {
    type: 'public',
    name: inPublic['name'],
    ...(owner !== undefined && { registryId: owner }),
    ...(alias !== undefined && { alias }),
    ...(publicHost === 'ecr-public.aws.com' && { host: publicHost }),
  };
}

/** A repository's URI with another host, where one is given. */
export function atHost(repositoryUri: string, host: string | undefined): string {
  return host === undefined ? repositoryUri : repositoryUri.replace(/^[^/]*/, () => host);
}

/** Whether two URIs name one repository, which has several hosts. */
export function nameOneRepository(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [addressOf(one), addressOf(other)];
  if (a.type === undefined || a.type !== b.type || a.name !== b.name) return false;
  return a.type === 'public'
    ? a.alias !== undefined && a.alias === b.alias
    : a.registryId === b.registryId && a.region === b.region;
}

/**
 * Characters. A repository, its host, a tag and a digest have fewer. A Dockerfile may name an image with as many slashes as its author
 * likes, and the pattern takes the square of their number to find out that it is none.
 */
const MAX_IMAGE_LENGTH = 1_000;

/** The parts of an image's reference; a part that it does not have is absent. */
export function partsOfImage(text: string): { path?: string; tag?: string; digest?: string } {
  if (text.length > MAX_IMAGE_LENGTH) return {};
  const pattern = /^(?:(?<path>.+\/[^:@]+))?(?:[:]?(?<tag>[^:@/]+))?(?:@?(?<digest>sha256:[0-9a-f]{64}))?$/;
  return { ...pattern.exec(text)?.groups };
}

/** A part of a name between slashes. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const namePart = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;

/** What is wrong with the name of a repository by the rules of ECR, with the invalid part; `undefined` if nothing is. */
export function problemWithRepositoryName(name: string): string | undefined {
  const suffix = /(@sha256:[0-9a-f]*|:[\w.-]+)$/.exec(name)?.[0];
  if (suffix !== undefined) return `ends in '${suffix}', which is an image's and not the repository's`;
  if (name.length < 2 || name.length > 256) return `has ${name.length} characters; ECR allows 2 to 256`;
  if (!/^[a-z]/.test(name)) return `starts with '${name.charAt(0)}'; ECR wants a lower-case letter first`;
  const part = name.split('/').find(each => !namePart.test(each));
  if (part === '') return `has an empty part between slashes`;
  return part === undefined
    ? undefined
    : `has ${invalidCharactersIn(part)} in the part '${part}'; ECR allows lower-case letters and digits, joined by '.', '_', '__' or dashes`;
}

function invalidCharactersIn(part: string): string {
  const [characters = part] =
    /[^a-z0-9._-]/u.exec(part) ?? /^[._-]+|[._-]+$/.exec(part) ?? /[._-]*[._][._-]+|-+[._]/.exec(part) ?? [];
  const place = part.startsWith(characters)
    ? ' at its beginning'
    : part.endsWith(characters)
      ? ' at its end'
      : '';
  return `'${characters}'${place}`;
}

/** Characters of a text that is no name, from which one is guessed. A name has 256 at most, and a URI not many more. */
const MAX_GUESS_LENGTH = 1_000;

/** A valid name that is close to an invalid one; empty if there is none. */
export function nearestRepositoryName(name: string): string {
  return name
    .slice(0, MAX_GUESS_LENGTH)
    .replace(/^[^/]*\.[^/]*\//, '')
    .replace(/[:@].*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9._/-]+/g, '-')
    .split('/')
    .map(part => part.replace(/[._-]*([._-])[._-]*/g, '$1').replace(/^[._-]+|[._-]+$/g, ''))
    .filter(Boolean)
    .join('/')
    .replace(/^[^a-z]+/, '')
    .slice(0, 256);
}

/** Matches a host of a registry before the first slash. ECR would accept most of these as the beginning of a name. */
const anyHost =
  /^(?:https?:\/\/)?(?<host>(?:[a-z0-9-]+\.)*(?:localhost|public\.ecr\.aws|ecr-public\.aws\.com|docker\.io|ghcr\.io|gcr\.io|quay\.io|azurecr\.io|pkg\.dev|amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.(?:com\.cn|eu)))(?::\d+)?|[^/]+:\d+)\//;

/** What is wrong with an address that names the host of another registry; `undefined` if nothing is. */
function problemWithHost(text: string): Problem | undefined {
  const address = addressOf(text);
  if (address.type !== undefined) return problemWithRegistryHost(address);
  const found = anyHost.exec(text)?.groups?.['host'];
  if (found === undefined) return undefined;
  if (found === 'public.ecr.aws' || found === 'ecr-public.aws.com') {
    return {
      problem: 'names no registry of ECR Public',
      remedy: 'Give its alias too, such as public.ecr.aws/octo/app.',
    };
  }
  return {
    problem: `begins with '${found}', which is no address of a registry in ECR`,
    remedy: `Give the name alone, such as '${nearestRepositoryName(text.slice(text.indexOf(found) + found.length))}', or the URI as ECR shows it, 123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app.`,
  };
}

/** What is wrong with a host that ECR does not have in this region, to which docker would otherwise send the login. */
function problemWithRegistryHost({ host, registryId, region, name }: RepositoryAddress): Problem | undefined {
  if (registryId === undefined || region === undefined) return undefined;
  const regionProblem = validators.region(region);
  if (regionProblem !== undefined) {
    return {
      problem: `names '${region}', which ${regionProblem.problem}`,
      remedy: `Give the name alone, '${name}', or the URI as ECR shows it.`,
    };
  }
  if (host === undefined) return undefined;
  const place = { registryId, region };
  if (registryHosts(place).includes(host)) return undefined;
  const usual = [false, true].flatMap(dualStack => registryHost(place, { dualStack, fips: false }) ?? []);
  return {
    problem: `names '${host}', which is no host of a registry in ${region}`,
    remedy: `Give the name alone, '${name}', or the URI with ${usual.join(' or ')}.`,
  };
}

/** What is wrong with the input `repository`; `undefined` if nothing is. */
export function problemWithRepository(given: string): Problem | undefined {
  const text = inLowerCase(given);
  if (text === '') return { problem: 'is empty', remedy: "Name the ECR repository, such as 'team/app'." };
  const hostProblem = problemWithHost(text);
  if (hostProblem !== undefined) return hostProblem;
  const { name } = addressOf(text);
  const problem = problemWithRepositoryName(name);
  const near = nearestRepositoryName(name);
  const guess = near && near !== name ? ` Did you mean '${near}'?` : '';
  return problem === undefined
    ? undefined
    : { problem, remedy: `Give its name, URI or ARN, such as 'team/app'.${guess}` };
}

/** Whether a text is a valid tag. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
export function isTag(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text);
}

/**
 * Replaces characters that a tag cannot have by a dash.
 * https://github.com/docker/metadata-action#image-name-and-tag-sanitization
 */
export function sanitizeTag(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9._-]+/g, '-');
}

/** The validator of the input `repository`. */
export const repositoryName: Validator = problemWithRepository;

/** The member `registryId` of a request; without it ECR uses the registry of the acting role's account. */
export function inRegistry({ registryId }: { registryId?: string }): { registryId?: string } {
  return registryId === undefined ? {} : { registryId };
}
