import type { STS } from '@aws-sdk/client-sts';
import { endWith, requestOptions } from './client.ts';
import type { CredentialsProvider } from './client.ts';

/** Retries are the caller's: what STS refuses wants a treatment of its own, error by error. */
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
  endWith(sts.config.requestHandler, signal);
  return sts;
}
