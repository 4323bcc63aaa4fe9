import { Refusal } from '../refusal.ts';
import type { PolicyDocument } from '../policy-document.ts';
import type { Image } from './image.ts';
import type { Encryption, ExclusionFilters, Mutability, ScanningRules } from './members.ts';

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
  readonly lifecyclePolicy?: string | undefined;
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

/** One account's private registry in one region. */
export interface Registry {
  readonly accountId: string;
  readonly region: string;
  readonly scanning: ScanningConfiguration;
  scanWith: (configuration: ScanningConfiguration) => void;
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

export function createRegistry({ accountId, region }: { accountId: string; region: string }): Registry {
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
    accountId,
    region,
    get scanning() {
      return scanning;
    },
    scanWith(configuration) {
      scanning = configuration;
    },
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
    arnOf: name => `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
  };
}
