import type { Credentials as Keys, STS } from '@aws-sdk/client-sts';
import pRetry from 'p-retry';
import type { Credentials, CredentialsProvider } from '../aws/client.ts';
import { mask } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';

/** Milliseconds before they expire that keys are renewed: a call must not die on its way. */
const RENEW_BEFORE_EXPIRY_MS = 300_000;

/** Hands out the same keys until shortly before they expire, then asks for others; whoever asks at once waits for one. */
export function keepFresh(ask: () => Promise<Credentials>): CredentialsProvider {
  let held: Promise<Credentials> | undefined;
  return async () => {
    const seen = held;
    const current = await seen?.catch(() => undefined);
    if (current !== undefined && current.expiration.getTime() - Date.now() > RENEW_BEFORE_EXPIRY_MS)
      return current;
    // The first that finds them stale asks; the others find that it has.
    if (held === undefined || held === seen) held = ask();
    return held;
  };
}

/** The keys in an answer of STS, masked as they come in. */
export function keysOf(answer: { Credentials?: Keys | undefined }): Credentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Failure('STS answered without keys.', { remedy: 'Run the job again.' });
  }
  mask(SecretAccessKey);
  mask(SessionToken);
  mask(AccessKeyId);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

/** Tries again while `tries` says so, within a minute, with waits that grow and are spread. */
export function withPatience<T>(
  work: () => Promise<T>,
  { signal, tries }: { signal: AbortSignal; tries: (error: Error) => number },
): Promise<T> {
  return pRetry(work, {
    signal,
    retries: 9,
    minTimeout: 500,
    maxTimeout: 15_000,
    maxRetryTime: 60_000,
    randomize: true,
    shouldRetry: ({ error, attemptNumber }) => attemptNumber < tries(error),
  });
}

/** Account, ARN and id of whoever these clients act for. */
export async function callerOf(sts: STS): Promise<{ account: string; arn: string }> {
  const { Account = '', Arn = '' } = await sts.getCallerIdentity({});
  return { account: Account, arn: Arn };
}
