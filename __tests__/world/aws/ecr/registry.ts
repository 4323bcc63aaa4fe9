import type { PolicyDocument } from '../policy-document.ts';
import { Refusal } from '../refusal.ts';
import type { AccountSetting } from './account-settings.ts';
import type { Image } from './image.ts';
import type { LifecyclePreview } from './lifecycle-preview.ts';
import type { CatalogData, Encryption, ExclusionFilters, Mutability, ScanningRules } from './members.ts';

/** A repository as the registry keeps it. */
export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly mutability: Mutability;
  readonly exclusionFilters: ExclusionFilters;
  readonly scanOnPush: boolean;
  readonly encryption: Encryption;
  readonly resourceTags: Readonly<Record<string, string>>;
  /** What the gallery shows; of public repositories only. */
  readonly catalogData?: CatalogData;
  readonly lifecyclePolicy?: string | undefined;
  readonly preview?: LifecyclePreview;
  readonly policy?: { readonly text: string; readonly document: PolicyDocument } | undefined;
  /** By digest. */
  readonly images: ReadonlyMap<string, Image>;
  /** Image tag → digest. */
  readonly imageTags: ReadonlyMap<string, string>;
}

export interface ScanningConfiguration {
  readonly scanType: 'BASIC' | 'ENHANCED';
  readonly rules: ScanningRules;
}

/** Private registries are of a region, public ones of none; by these names actions and ARNs call them. */
export type RegistryService = 'ecr' | 'ecr-public';

/** One account's registry: the private one of a region, or the public one. */
export interface Registry {
  readonly service: RegistryService;
  readonly accountId: string;
  /** Before the repositories' names, wherever clients name them; empty for a private registry. */
  readonly alias: string;
  readonly region: string;
  readonly scanning: ScanningConfiguration;
  scanWith: (configuration: ScanningConfiguration) => void;
  /** Those of the account that were put. */
  readonly settings: Map<AccountSetting, string>;
  repositories: () => Repository[];
  find: (name: string) => Repository | undefined;
  /** @throws {Refusal} RepositoryNotFoundException */
  get: (name: string) => Repository;
  /** @throws {Refusal} RepositoryAlreadyExistsException */
  create: (repository: Repository) => Repository;
  /** Changes a repository from what it is at this moment. */
  update: (name: string, change: (current: Repository) => Partial<Repository>) => Repository;
  remove: (name: string) => void;
  arnOf: (name: string) => string;
}

/** Where and whose a registry is. */
export interface RegistryPlace {
  service: RegistryService;
  accountId: string;
  region: string;
}

export function createRegistry({ service, accountId, region }: RegistryPlace): Registry {
  const isPublic = service === 'ecr-public';

  const repositories = new Map<string, Repository>();
  let scanning: ScanningConfiguration = { scanType: 'BASIC', rules: [] };
  const inRegistry = `in the registry with id '${accountId}'`;
  const get = (name: string): Repository => {
    const repository = repositories.get(name);
    if (repository) return repository;
    throw new Refusal(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist ${inRegistry}`,
    );
  };
  return {
    service,
    accountId,
    // The default alias that an account gets is random; this one is the same each time.
    alias: isPublic ? `a${accountId.slice(-7)}` : '',
    region,
    get scanning() {
      return scanning;
    },
    scanWith(configuration) {
      scanning = configuration;
    },
    settings: new Map(),
    repositories: () => [...repositories.values()],
    find: name => repositories.get(name),
    get,
    create(repository) {
      if (repositories.has(repository.name)) {
        throw new Refusal(
          'RepositoryAlreadyExistsException',
          `The repository with name '${repository.name}' already exists ${inRegistry}`,
        );
      }
      repositories.set(repository.name, repository);
      return repository;
    },
    update(name, change) {
      const current = get(name);
      const changed = { ...current, ...change(current) };
      repositories.set(name, changed);
      return changed;
    },
    remove(name) {
      repositories.delete(name);
    },
    arnOf: name => `arn:aws:${service}:${isPublic ? '' : region}:${accountId}:repository/${name}`,
  };
}
