import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import { mutabilityOf, sayMutability } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { Encryption } from './plan.ts';

/** Who created the repository, as far as this run knows; `somebody unseen` where the role may not describe it. */
export type Creator =
  'somebody before' | 'somebody unseen' | 'this run' | 'another run at once' | 'the registry on push';

/** A repository as the API of ECR describes it. */
export interface Repository {
  name: string;
  /** Absent if the registry has not created the repository yet, or the role may not describe it. */
  arn?: string;
  /** 12 digits: the account that owns the registry. */
  registryId: string;
  /** The beginning of image references, as ECR answers it, with the host that the user wrote where he did. */
  uri: string;
  /** As assumed where {@link isDescribed} is false. */
  mutability: TagMutability;
  /** The repository's own setting. The rules of the registry may scan its images even if this is false. */
  scanOnPush: boolean;
  encryption: Encryption;
  madeBy: Creator;
}

/** Whether the repository cannot contain any image yet. */
export function isNew({ madeBy }: Pick<Repository, 'madeBy'>): boolean {
  return madeBy === 'this run' || madeBy === 'the registry on push';
}

/** Whether ECR has told the settings of the repository. */
export function isDescribed({ madeBy }: Pick<Repository, 'madeBy'>): boolean {
  return madeBy !== 'somebody unseen';
}

/** The repository in an answer of ECR; `undefined` if a required member is missing. */
export function repositoryOf(answer: EcrRepository = {}, madeBy: Creator): Repository | undefined {
  const { repositoryName, repositoryArn, registryId, repositoryUri } = answer;
  if (!repositoryName || !repositoryArn || !registryId || !repositoryUri) return undefined;
  const { encryptionType = 'AES256', kmsKey } = answer.encryptionConfiguration ?? {};
  return {
    name: repositoryName,
    arn: repositoryArn,
    registryId,
    uri: repositoryUri,
    mutability: mutabilityOf(answer),
    scanOnPush: answer.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: { type: encryptionType, ...(kmsKey !== undefined && { key: kmsKey }) },
    madeBy,
  };
}

/** The repository as lines for the log, and as the one-line result of the step. */
export function sayRepository(
  { arn, uri, mutability, scanOnPush, madeBy }: Repository,
  type: 'private' | 'public',
): { lines: string[]; result: string } {
  if (madeBy === 'the registry on push') {
    return {
      lines: ['Settings    those of the template by which the registry creates it'],
      result: `${uri} is created by the registry when the image is pushed`,
    };
  }
  if (madeBy === 'somebody unseen') {
    return {
      lines: [
        'The role may not ask for the repository (ecr:DescribeRepositories)',
        'Tags        not known; what the repository does not let move, ECR refuses',
        'Scanning    not known',
      ],
      result: `${uri}, by the registry of the login and the name in \`repository\``,
    };
  }
  return {
    lines: [
      `ARN         ${arn}`,
      `Tags        ${sayMutability(mutability)}`,
      ...(type === 'private'
        ? [`Scanning    ${scanOnPush ? 'on push' : "not on push, by the repository's own setting"}`]
        : []),
    ],
    result: sayMade(uri, madeBy),
  };
}

function sayMade(uri: string, madeBy: Creator): string {
  if (madeBy === 'another run at once') return `Found ${uri}, which another run has just created`;
  return `${madeBy === 'this run' ? 'Created' : 'Found'} ${uri}`;
}
