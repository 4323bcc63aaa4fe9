import { denialOf } from '../authorization.ts';
import { keyContext } from '../kms.ts';
import { Refusal } from '../refusal.ts';
import type { Encryption } from './members.ts';
import { placeOf } from './operation.ts';
import type { Call } from './operation.ts';
import { invalid } from './shape.ts';

/** What ECR does with a key in the name of whoever creates a repository; what it encrypts later, the grants let it. */
const grants = ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant'];

/**
 * The encryption that a repository gets for good: of a key, whatever it was called, the ARN.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 * @throws {Refusal} KmsException, whose `kmsError` is KMS's own
 */
export function encryptionOf(asked: Encryption | undefined, call: Call): Encryption {
  const { encryptionType, kmsKey } = asked ?? { encryptionType: 'AES256' as const };
  if (encryptionType === 'AES256') {
    if (kmsKey === undefined) return { encryptionType };
    throw invalid('encryptionConfiguration', 'kmsKey must not be provided when encryptionType is AES256');
  }
  const key = call.kms.find(kmsKey);
  if (!key) throw failed('NotFoundException');
  if (!key.enabled) throw failed('DisabledException');
  const { principal, identities } = call;
  const context = keyContext(key, { service: 'ecr', callerAccount: principal.accountId });
  const access = { principal, resource: key.arn, context, place: placeOf(call) };
  const denied = grants.some(action => denialOf(identities, { ...access, action }));
  if (denied && !key.managed) throw failed('AccessDeniedException');
  return { encryptionType, kmsKey: key.arn };
}

function failed(kmsError: string): Refusal {
  return new Refusal('KmsException', 'The operation failed due to a KMS exception.', 400, { kmsError });
}
