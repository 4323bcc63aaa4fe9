import type { Login } from '../aws/authorization-token.ts';
import type { Ecr } from '../aws/ecr.ts';
import { Failure } from '../platform/failure.ts';
import type { Repository } from '../repository/repository.ts';

/** The calls that copying and tagging take. */
export type PlaceEcr = Pick<
  Ecr,
  | 'batchCheckLayerAvailability'
  | 'batchGetImage'
  | 'describeImagePages'
  | 'describeImages'
  | 'getAuthorizationToken'
  | 'getDownloadUrlForLayer'
  | 'listImageReferrers'
  | 'putImage'
>;

/** A repository that images are copied from or to, with the client of who may do that there. */
export interface Place {
  ecr: PlaceEcr;
  region: string;
  /** The URI has the host that blobs are sent to. */
  repository: Pick<Repository, 'name' | 'registryId' | 'uri'>;
  /** A login to the registry that was requested before; what is sent with it is sent with a new one where it has expired. */
  login?: Login;
}

/** The account and the region of a place's registry, by which limits and shared layers go: `123456789012/eu-central-1`. */
export function registryKey({ region, repository }: Pick<Place, 'region' | 'repository'>): string {
  return `${repository.registryId}/${region}`;
}

/** The members of a request that name a place. */
export function whereIs({ repository: { name, registryId } }: Pick<Place, 'repository'>): {
  repositoryName: string;
  registryId: string;
} {
  return { repositoryName: name, registryId };
}

/** The failure of a place that shows another manifest than the source under one digest. */
export function otherBytes({ repository }: Pick<Place, 'repository'>, digest: string): Failure {
  return new Failure(`${repository.uri} answers other bytes for ${digest} than the source.`, {
    remedy: 'Check what answers in place of ECR: a proxy or a mirror before it. Do not use that copy.',
  });
}
