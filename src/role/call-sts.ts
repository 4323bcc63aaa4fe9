import pRetry from 'p-retry';
import { explain, isTransient } from '../aws/client.ts';
import { Failure } from '../platform/failure.ts';
import { isRecord } from '../validation/parsers.ts';
import { stsFaultOf } from './sts-errors.ts';
import type { TokenFacts } from './sts-errors.ts';

const MIN_RETRY_WAIT_MS = 500;
const MAX_RETRY_WAIT_MS = 15_000;
/** No try begins later than this after the first. */
const MAX_RETRY_TIME_MS = 60_000;

/** Tries while faults pass by themselves, such as those of the network. */
const MAX_PASSING_FAULTS = 6;

/** How a call of STS is retried and its failure explained. */
interface CallOptions {
  /** Whether the call carries the credentials of a session; without, it carries an OIDC token. */
  isSigned: boolean;
  region: string;
  /** What the OIDC token says of itself, once there is one. */
  token?: () => TokenFacts;
  /** Makes the remedy for a call that AWS denies. */
  denied: (message: string) => string;
  signal: AbortSignal;
}

/**
 * Makes a call of STS. It is retried for up to a minute, and as often as its error allows; the waits grow and are randomised.
 * @throws {Failure} which explains the last error.
 */
export function callSts<T>(call: () => Promise<T>, action: string, options: CallOptions): Promise<T> {
  return pRetry(() => callWithRightTime(call), {
    signal: options.signal,
    retries: 9,
    minTimeout: MIN_RETRY_WAIT_MS,
    maxTimeout: MAX_RETRY_WAIT_MS,
    maxRetryTime: MAX_RETRY_TIME_MS,
    randomize: true,
    shouldRetry: ({ error, attemptNumber }) => attemptNumber < maxAttempts(error, options),
  }).catch(error => {
    throw explainSts(error, action, options);
  });
}

function maxAttempts(error: Error, { isSigned }: CallOptions): number {
  if (error instanceof Failure) return 1;
  if (isTransient(error)) return MAX_PASSING_FAULTS;
  return isSigned && isExpired(error) ? 1 : (stsFaultOf(error.name, error.message)?.tries ?? 1);
}

/** Makes a call again at once if it was refused for the clock of this machine, which the SDK has then corrected. */
async function callWithRightTime<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isClockCorrected(error)) return call();
    throw error;
  }
}

/** Whether the SDK saw by the answer that this machine's clock is wrong, so that it signs the next call with the right time. */
function isClockCorrected(error: unknown): boolean {
  if (!(error instanceof Error) || !('$metadata' in error)) return false;
  return isRecord(error.$metadata) && error.$metadata['clockSkewCorrected'] === true;
}

/** In a signed call the keys have expired, which the client has renewed once; in the other one the OIDC token. */
function isExpired(error: Error): boolean {
  return error.name.startsWith('ExpiredToken');
}

function explainSts(error: unknown, action: string, options: CallOptions): Failure {
  if (!(error instanceof Error) || (options.isSigned && isExpired(error)))
    return explain(error, action, options);
  const remedy = stsFaultOf(error.name, error.message, options.token?.())?.remedy;
  if (remedy === undefined) return explain(error, action, options);
  return new Failure(`${action} failed: ${error.message}`, { remedy, cause: error });
}
