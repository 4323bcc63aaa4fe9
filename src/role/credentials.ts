import type { Credentials as Keys, STS } from '@aws-sdk/client-sts';
import type { CredentialsProvider, SessionCredentials } from '../aws/client.ts';
import { mask } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';

/** Credentials are renewed this long before they expire, so that they do not expire during a call. */
const RENEW_BEFORE_EXPIRY_MS = 300_000;

/**
 * Makes a provider that answers the same credentials until shortly before they expire, or until it is told to renew them, then
 * requests new ones. Simultaneous calls share one request.
 */
export function keepFresh(ask: () => Promise<SessionCredentials>): CredentialsProvider {
  let held: Promise<SessionCredentials> | undefined;
  return async ({ forceRefresh = false } = {}) => {
    const seen = held;
    const current = forceRefresh ? undefined : await seen?.catch(() => undefined);
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
export function keysOf(answer: { Credentials?: Keys | undefined }): SessionCredentials {
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
 * The account and the ARN of the identity that a client uses.
 * @throws {Failure} when the answer has none.
 */
export async function callerOf(sts: STS): Promise<{ account: string; arn: string }> {
  const { Account, Arn } = await sts.getCallerIdentity({});
  if (!Account || !Arn)
    throw new Failure('STS answered without the account of the caller.', { remedy: 'Run the job again.' });
  return { account: Account, arn: Arn };
}
