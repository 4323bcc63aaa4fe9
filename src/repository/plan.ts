import { cacheTagFilter } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';

/** Keys of ECR's encryption; fixed when the repository is created. */
export interface Encryption {
  type: 'AES256' | 'KMS' | 'KMS_DSSE';
  /** Id, alias or ARN of the key; without it AWS's own for ECR. */
  key?: string;
}

/**
 * What ECR Public shows of a repository, in the members of its API.
 * https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_RepositoryCatalogDataInput.html
 */
export interface CatalogData {
  description?: string;
  architectures?: string[];
  operatingSystems?: string[];
  aboutText?: string;
  usageText?: string;
  /** Base64. */
  logoImageBlob?: string;
}

/** The settings that were asked for by name; those left out are nobody's wish, and are not compared. */
export interface AskedSettings {
  mutability?: TagMutability['setting'];
  /** Filters of the tags that are the other way round. */
  exclusions?: string[];
  scanOnPush?: boolean;
  encryption?: Encryption;
  /** Resource tags; none is asked for where it is empty. */
  tags: Record<string, string>;
  /** JSON text without spaces. */
  lifecyclePolicy?: string;
  /** JSON text without spaces. */
  repositoryPolicy?: string;
  /** 12 digits each. */
  pullAccounts: string[];
  /** `lambda.amazonaws.com` */
  pullServices: string[];
  catalog?: CatalogData;
}

/** What becomes of an existing repository that is not as it was asked for. */
export const driftChoices = ['report', 'reconcile', 'fail', 'ignore'] as const;

export type OnDrift = (typeof driftChoices)[number];

/** The inputs about the repository that the image goes to. */
export interface RepositoryInputs {
  type: 'private' | 'public';
  name: string;
  /** 12 digits; the account of the acting role where it is left out. */
  registryId?: string;
  /** Of the address that was given. */
  region?: string;
  /** The registry's name in ECR Public. */
  alias?: string;
  create: boolean;
  asked: AskedSettings;
  onDrift: OnDrift;
  allowExpiry: boolean;
}

/** The repository as it should be. */
export interface RepositoryPlan extends RepositoryInputs {
  /** Of a repository that the step creates. */
  mutability: TagMutability;
  /** Of a repository that the step creates. */
  scanOnPush: boolean;
}

/**
 * `moving` are the filters of tags that are meant to move; ECR takes 5 in all. A repository is made immutable but for them and
 * the cache, where nothing else is asked for.
 */
export function planRepository(inputs: RepositoryInputs, moving: readonly string[] = []): RepositoryPlan {
  const { mutability, exclusions, scanOnPush } = inputs.asked;
  const setting = mutability ?? (inputs.type === 'public' ? 'MUTABLE' : 'IMMUTABLE_WITH_EXCLUSION');
  const open = setting === 'IMMUTABLE_WITH_EXCLUSION' ? [cacheTagFilter, ...moving].slice(0, 5) : [];
  return {
    ...inputs,
    mutability: { setting, exclusions: exclusions ?? open },
    scanOnPush: inputs.type === 'private' && (scanOnPush ?? true),
  };
}
