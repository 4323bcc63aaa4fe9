import { isDeepStrictEqual } from 'node:util';
import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import { mutabilityOf } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import { encryptionDrift } from './drift.ts';
import type { RepositoryPlan } from './plan.ts';

/** Milliseconds by which the clock of AWS may seem to be behind: it is known to a second, and times of ECR may be cut to one. */
const CLOCK_TOLERANCE_MS = 3_000;

/** A call that created no repository, because there was one already when it was repeated. */
export interface RefusedCreation {
  /** How often it was made. */
  attempts: number;
  /** When it was made first, in milliseconds since the epoch by the clock of AWS. */
  firstAt: number;
}

/**
 * Whether a repository that is there already was created by an earlier try of this run's own call, whose answer was lost: it was
 * made since then, and as this run asked for it.
 */
export function isOwnCreation(
  answer: EcrRepository | undefined,
  { asked, type, ...made }: Pick<RepositoryPlan, 'asked' | 'type' | 'mutability' | 'scanOnPush'>,
  { attempts, firstAt }: RefusedCreation,
): boolean {
  if (attempts < 2 || answer?.createdAt === undefined) return false;
  if (answer.createdAt.getTime() < firstAt - CLOCK_TOLERANCE_MS) return false;
  const { encryptionConfiguration: encryption, imageScanningConfiguration: scanning } = answer;
  return (
    type === 'public' ||
    (isDeepStrictEqual(comparable(mutabilityOf(answer)), comparable(made.mutability)) &&
      (scanning?.scanOnPush ?? false) === made.scanOnPush &&
      encryptionDrift(asked.encryption ?? { type: 'AES256' }, {
        type: encryption?.encryptionType ?? 'AES256',
        ...(encryption?.kmsKey !== undefined && { key: encryption.kmsKey }),
      }).length === 0)
  );
}

function comparable({ setting, exclusions }: TagMutability): TagMutability {
  return { setting, exclusions: exclusions.toSorted() };
}
