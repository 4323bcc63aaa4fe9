import { mask } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import type { Ecr } from './ecr.ts';

/** The credentials with which docker logs in to a registry; they are masked as soon as they arrive. */
export interface Login {
  user: string;
  password: string;
  /** Host without a scheme, as docker names it; absent for ECR Public, which does not answer it. */
  host: string | undefined;
  /** The URL of the registry, with its scheme, as ECR answers it; absent for ECR Public. */
  endpoint: string | undefined;
  expiresAt?: Date;
}

/**
 * Requests a login to the registry of an account, by default to that of the credentials.
 * @throws {Failure} when ECR answers without a token.
 */
export async function requestLogin(
  ecr: Pick<Ecr, 'getAuthorizationToken'>,
  registryId?: string,
): Promise<Login> {
  const { authorizationData } = await ecr.getAuthorizationToken(
    registryId === undefined ? {} : { registryIds: [registryId] },
  );
  const { authorizationToken, proxyEndpoint, expiresAt } = authorizationData?.[0] ?? {};
  if (!authorizationToken) {
    throw new Failure('ECR answered without an authorization token.', { remedy: 'Run the job again.' });
  }
  mask(authorizationToken);
  const [user = '', password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(/:(.*)/s);
  mask(password);
  const host = proxyEndpoint === undefined ? undefined : new URL(proxyEndpoint).host;
  return { user, password, host, endpoint: proxyEndpoint, ...(expiresAt && { expiresAt }) };
}
