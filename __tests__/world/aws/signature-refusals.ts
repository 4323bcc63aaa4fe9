import { Refusal } from './refusal.ts';
import type { ServiceName } from './signature.ts';

/** How a service words what is wrong with a signature. */
export interface SignatureRefusals {
  missing(): Refusal;
  incomplete(faults: string[], header: string): Refusal;
  unknownKey(): Refusal;
  expired(): Refusal;
  mismatch(message?: string): Refusal;
  /** @throws {Refusal} when `signedAt` (as in X-Amz-Date) is too far from the service's clock */
  skew(signedAt: string, now: Date): void;
}

const minuteMs = 60_000;

const mismatchMessage =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/**
 * The same faults have other names in the query protocol (STS) than in the JSON protocol (ECR).
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
 */
export function signatureRefusals(service: ServiceName): SignatureRefusals {
  const query = service === 'sts';
  const forbidden = query ? 403 : 400;
  const mismatch = (message = mismatchMessage) =>
    new Refusal(query ? 'SignatureDoesNotMatch' : 'InvalidSignatureException', message, forbidden);
  // STS says «- 15 min.» (https://github.com/aws/aws-cli/issues/6676), services of the JSON protocol «- 5 min.».
  const minutes = query ? 15 : 5;
  return {
    missing: () =>
      query
        ? new Refusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
        : new Refusal('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    incomplete: (faults, header) =>
      new Refusal(
        query ? 'IncompleteSignature' : 'IncompleteSignatureException',
        `${faults.join(' ')} Authorization=${header.split(' ')[0]}`.trim(),
      ),
    unknownKey: () =>
      new Refusal(
        query ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        forbidden,
      ),
    expired: () =>
      new Refusal(
        query ? 'ExpiredToken' : 'ExpiredTokenException',
        'The security token included in the request is expired',
        forbidden,
      ),
    mismatch,
    skew: (signedAt, now) => {
      const earliest = amzDate(new Date(now.getTime() - minutes * minuteMs));
      const latest = amzDate(new Date(now.getTime() + minutes * minuteMs));
      // Dates of this form are in order as text is.
      if (signedAt < earliest) {
        throw mismatch(
          `Signature expired: ${signedAt} is now earlier than ${earliest} (${amzDate(now)} - ${minutes} min.)`,
        );
      }
      if (signedAt > latest) {
        throw mismatch(
          `Signature not yet current: ${signedAt} is still later than ${latest} (${amzDate(now)} + ${minutes} min.)`,
        );
      }
    },
  };
}

/** A moment as in X-Amz-Date: 20260131T235959Z. */
function amzDate(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
