import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import { mutabilityOf, sayMutability } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import type { Encryption } from './plan.ts';

/** By whom it was made, as far as this run can tell. */
export type Maker = 'somebody before' | 'this run' | 'another run at once' | 'the registry on push';

/** The ECR repository as the API tells of it. */
export interface Repository {
  name: string;
  /** Unknown while the registry has not created it yet. */
  arn?: string;
  /** 12 digits: the account that owns the registry. */
  registryId: string;
  /** What image references begin with; never built by hand. */
  uri: string;
  mutability: TagMutability;
  /** By the repository's own setting; the registry's rules may scan it all the same. */
  scanOnPush: boolean;
  encryption: Encryption;
  madeBy: Maker;
}

/** Whether nothing can be in it yet. */
export function isNew({ madeBy }: Pick<Repository, 'madeBy'>): boolean {
  return madeBy === 'this run' || madeBy === 'the registry on push';
}

/** Nothing where ECR left out what no repository is without. */
export function repositoryOf(answer: EcrRepository = {}, madeBy: Maker): Repository | undefined {
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

/** What the log says of it. */
export function tellRepository(
  { arn, uri, mutability, scanOnPush, madeBy }: Repository,
  type: 'private' | 'public',
): { lines: string[]; result: string } {
  if (madeBy === 'the registry on push') {
    return {
      lines: ['Settings    those of the template by which the registry creates it'],
      result: `${uri} is created by the registry when the image is pushed`,
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

function sayMade(uri: string, madeBy: Maker): string {
  if (madeBy === 'another run at once') return `Found ${uri}, which another run has just created`;
  return `${madeBy === 'this run' ? 'Created' : 'Found'} ${uri}`;
}
