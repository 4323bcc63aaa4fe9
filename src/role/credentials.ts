import type { Credentials as Keys, STS } from '@aws-sdk/client-sts';
import pRetry from 'p-retry';
import type { Credentials, CredentialsProvider } from '../aws/client.ts';
import { mask } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';

/** Credentials are renewed this long before they expire, so that they do not expire during a call. */
const RENEW_BEFORE_EXPIRY_MS = 300_000;

const MIN_RETRY_WAIT_MS = 500;
const MAX_RETRY_WAIT_MS = 15_000;
const MAX_RETRY_TIME_MS = 60_000;

/**
 * Makes a provider that answers the same credentials until shortly before they expire, then requests new ones. Simultaneous
 * calls share one request.
 */
export function keepFresh(ask: () => Promise<Credentials>): CredentialsProvider {
  let held: Promise<Credentials> | undefined;
  return async () => {
    const seen = held;
    const current = await seen?.catch(() => undefined);
    if (current !== undefined && current.expiration.getTime() - Date.now() > RENEW_BEFORE_EXPIRY_MS)
      return current;
    // Only the first caller that finds them about to expire requests new ones; the others find its request in `held`.
    if (held === undefined || held === seen) held = ask();
    return held;
  };
}

/**
 * The credentials in an answer of STS, masked as soon as they arrive.
 * @throws {Failure} when the answer has none.
 */
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

/**
 * Retries for up to a minute, and up to the number of attempts that `maxAttempts` allows for an error. The waits grow and are
 * randomised.
 */
export function retrySts<T>(
  work: () => Promise<T>,
  { signal, maxAttempts }: { signal: AbortSignal; maxAttempts: (error: Error) => number },
): Promise<T> {
  return pRetry(work, {
    signal,
    retries: 9,
    minTimeout: MIN_RETRY_WAIT_MS,
    maxTimeout: MAX_RETRY_WAIT_MS,
    maxRetryTime: MAX_RETRY_TIME_MS,
    randomize: true,
    shouldRetry: ({ error, attemptNumber }) => attemptNumber < maxAttempts(error),
  });
}

/** The account and the ARN of the identity that a client uses. */
export async function callerOf(sts: STS): Promise<{ account: string; arn: string }> {
  const { Account = '', Arn = '' } = await sts.getCallerIdentity({});
  return { account: Account, arn: Arn };
}
