import { cacheTagFilter } from '../ecr/mutability.ts';
import type { Endpoints } from '../ecr/hosts.ts';
import type { TagMutability } from '../ecr/mutability.ts';

/** Filters of a repository. */
const MAX_EXCLUSION_FILTERS = 5;

/** How ECR encrypts the repository, which cannot be changed after its creation. */
export interface Encryption {
  type: 'AES256' | 'KMS' | 'KMS_DSSE';
  /** ID, alias or ARN of the KMS key; by default the key that AWS manages for ECR. */
  key?: string;
}

/**
 * What ECR Public shows about a repository, with the members of its API.
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

/** The settings that the inputs ask for. A setting that is left out is not compared and not changed. */
export interface AskedSettings {
  mutability?: TagMutability['setting'];
  /** Wildcard filters of the tags for which the opposite of `mutability` holds. */
  exclusions?: string[];
  scanOnPush?: boolean;
  encryption?: Encryption;
  /** Resource tags; empty if the inputs ask for none. */
  tags: Record<string, string>;
  /** JSON text without spaces. */
  lifecyclePolicy?: string;
  /** JSON text without spaces. */
  repositoryPolicy?: string;
  /** 12 digits each. */
  pullAccounts: string[];
  /** Service principals, such as `lambda.amazonaws.com`. */
  pullServices: string[];
  catalog?: CatalogData;
}

/** What to do about an existing repository that differs from what the inputs ask for. */
export const driftChoices = ['report', 'reconcile', 'fail', 'ignore'] as const;

/** One of `driftChoices`. */
export type OnDrift = (typeof driftChoices)[number];

/** The inputs about the repository that the image goes to. */
export interface RepositoryInputs {
  type: 'private' | 'public';
  name: string;
  /** 12 digits; by default the account of the acting role. */
  registryId?: string;
  /** The region in the address that was given. */
  region?: string;
  /** The alias of the registry in ECR Public. */
  alias?: string;
  /** The host in the address that was given, where docker speaks to it in the place of the one that the API answers. */
  host?: string;
  /** The endpoints that the job asks the SDK for, where docker goes to another host; absent where it asks for none. */
  endpoints?: Endpoints;
  /** Sentences for the log about names that were given in upper case. */
  lowered?: string[];
  create: boolean;
  asked: AskedSettings;
  onDrift: OnDrift;
  allowExpiry: boolean;
}

/** The inputs about the repository, with the settings of one that the step creates. */
export interface RepositoryPlan extends RepositoryInputs {
  /** Of a repository that the step creates. */
  mutability: TagMutability;
  /** Of a repository that the step creates. */
  scanOnPush: boolean;
}

/**
 * The plan of the repository. By default a new private repository is immutable except for the tags of caches and for those that
 * the filters in `moving` match; ECR accepts 5 filters.
 */
export function planRepository(inputs: RepositoryInputs, moving: readonly string[] = []): RepositoryPlan {
  const { mutability, exclusions, scanOnPush } = inputs.asked;
  const setting = mutability ?? (inputs.type === 'public' ? 'MUTABLE' : 'IMMUTABLE_WITH_EXCLUSION');
  const open =
    setting === 'IMMUTABLE_WITH_EXCLUSION' ? [cacheTagFilter, ...moving].slice(0, MAX_EXCLUSION_FILTERS) : [];
  return {
    ...inputs,
    mutability: { setting, exclusions: exclusions ?? open },
    scanOnPush: inputs.type === 'private' && (scanOnPush ?? true),
  };
}
