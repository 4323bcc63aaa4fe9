import type { STS } from '@aws-sdk/client-sts';
import { renewExpired } from './client.ts';
import type { CredentialsProvider } from './client.ts';
import { guardRequests, requestOptions } from './connection.ts';

/** Opens a client of STS that does not retry: the caller decides for each error of STS whether to retry. */
export async function openSts(
  region: string,
  { credentials, signal }: { credentials: CredentialsProvider | undefined; signal: AbortSignal },
): Promise<STS> {
  const sdk = await import('@aws-sdk/client-sts');
  const sts = new sdk.STS({
    region,
    requestHandler: requestOptions(),
    maxAttempts: 1,
    ...(credentials && { credentials }),
  });
  guardRequests(sts.config.requestHandler, signal);
  sts.middlewareStack.add(renewExpired(sts.config.credentials), { step: 'initialize' });
  return sts;
}
