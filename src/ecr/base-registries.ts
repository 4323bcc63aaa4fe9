import { registryHosts } from './hosts.ts';
import { addressOf, partsOfImage, problemWithRepositoryName } from './reference.ts';

/** A private registry of ECR that base images come from. */
export interface BaseRegistry {
  /** 12 digits. */
  registryId: string;
  region: string;
  /** The host that was written, where it is another than the API answers by default. */
  host?: string;
}

/** A repository of a private registry of ECR that a base image comes from. */
export interface BaseRepository extends Omit<BaseRegistry, 'host'> {
  name: string;
}

/** Whether a text may name a host of a private registry of ECR. */
export function namesEcrHost(text: string): boolean {
  return /\.dkr[.-]ecr[.-]/i.test(text);
}

/** The registry of ECR, and the repository in it, that the reference of an image names; `undefined` for any other registry. */
export function baseImageIn(
  reference: string,
): { registry: BaseRegistry; repository: BaseRepository } | undefined {
  const { path = reference } = partsOfImage(reference);
  const { type, registryId, region, name, host } = addressOf(path);
  if (type !== 'private' || registryId === undefined || region === undefined) return undefined;
  const place = { registryId, region };
  if (host !== undefined && !registryHosts(place).includes(host)) return undefined;
  if (problemWithRepositoryName(name) !== undefined) return undefined;
  return {
    registry: { ...place, ...(host !== undefined && { host }) },
    repository: { ...place, name },
  };
}

/** A registry as `login-registries` takes it. */
export function sayRegistry({ registryId, region, host }: BaseRegistry): string {
  return host ?? `${registryId}@${region}`;
}
