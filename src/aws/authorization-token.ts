import { mask } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import type { Ecr } from './ecr.ts';

/** What docker logs in with, masked as it comes in. */
export interface Login {
  user: string;
  password: string;
  /** As docker names it, without a scheme; ECR Public does not say it. */
  host: string | undefined;
  expiresAt?: Date;
}

/** Asks for a login to the registry of an account; without one, to that of the keys' own account. */
export async function askForLogin(
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
  return { user, password, host, ...(expiresAt && { expiresAt }) };
}
