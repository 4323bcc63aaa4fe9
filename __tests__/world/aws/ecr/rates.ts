import { Refusal } from '../refusal.ts';

/**
 * The rates at which an account may call, for those operations whose rate a job can reach. What a client pushes to the
 * registry is not counted here: over the loopback it comes far quicker than it could come to ECR.
 */
export interface Rates {
  /** @throws {Refusal} ThrottlingException */
  check(operation: 'PutImage'): void;
}

/**
 * Calls a second, which is also the most at once.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
 */
const perSecond = { PutImage: 10 };

/** @param clockMs a clock that runs even where a test has stopped the world's */
export function createRates(clockMs = () => performance.now()): Rates {
  const calls = new Map<string, number[]>();
  return {
    check(operation) {
      const now = clockMs();
      const recent = (calls.get(operation) ?? []).filter(at => now - at < 1000);
      if (recent.length >= perSecond[operation]) throw new Refusal('ThrottlingException', 'Rate exceeded');
      calls.set(operation, [...recent, now]);
    },
  };
}
