import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import type { StoredManifest } from '../ecr/manifest.ts';
import { atHost, inRegistry } from '../ecr/reference.ts';
import { byTag, readImages } from '../image/read-images.ts';
import { describeFailure, Failure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { CacheRegistry } from './choose-backend.ts';
import { cacheLifecyclePolicy } from './lifecycle-policy.ts';
import type { CachePlan } from './plan.ts';

/** The repository that holds only caches. */
export interface CacheRepository extends CacheRegistry {
  /** The manifests of the caches that this build could read, by tag. */
  manifests: ReadonlyMap<string, StoredManifest>;
}

interface RepositoryKey {
  repositoryName: string;
  registryId?: string;
}

interface EnsureCacheRepositoryParts {
  layers: CachePlan;
  repository: { registryId?: string; host?: string; create: boolean };
}

/**
 * Finds the repository of the input `cache-repository` and its caches for this build, or creates it. Where that fails, it
 * warns and returns `undefined`, and the image is built without that cache. Also `undefined` where the input is not given.
 */
export async function ensureCacheRepository(
  { job, plan: { layers, repository } }: RunOf<EnsureCacheRepositoryParts>,
  aws: Aws,
): Promise<CacheRepository | undefined> {
  if (layers.kind === 'off' || layers.repository === undefined) return undefined;
  const { tags } = layers;
  const key: RepositoryKey = { repositoryName: layers.repository, ...inRegistry(repository) };
  return job.step('Ensure the cache repository', async log => {
    try {
      const found = await findRepository(aws, key, tags.readTags);
      if (found === undefined && !repository.create) {
        throw new Failure('It does not exist, and `create-repository` is off.', { remedy: 'Create it.' });
      }
      const answered =
        found ?? (await createRepository(aws, key)) ?? (await findRepository(aws, key, tags.readTags));
      const cacheRepository = answered && { ...answered, uri: atHost(answered.uri, repository.host) };
      if (found === undefined)
        await putLifecyclePolicy(aws, key).catch(error => log.warn(describeFailure(error)));
      log.result(
        `${found === undefined ? 'Created' : 'Found'} ${cacheRepository?.uri ?? key.repositoryName}`,
      );
      return cacheRepository;
    } catch (error) {
      job.signal.throwIfAborted();
      log.warn(`The cache repository '${key.repositoryName}' cannot be used. ${describeFailure(error)}`);
      log.result(`No cache repository '${key.repositoryName}'`);
      return undefined;
    }
  });
}

async function findRepository(
  { ecr }: Aws,
  key: RepositoryKey,
  tags: string[],
): Promise<CacheRepository | undefined> {
  try {
    const [{ repositories }, images] = await Promise.all([
      ecr.describeRepositories({
        repositoryNames: [key.repositoryName],
        ...(key.registryId !== undefined && { registryId: key.registryId }),
      }),
      tags.length === 0 ? [] : readImages(ecr, key, byTag(tags)),
    ]);
    return cacheRepositoryOf(
      repositories?.[0],
      images.map(({ tag = '', ...stored }) => [tag, stored] as const),
    );
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return undefined;
    throw error;
  }
}

/** Returns `undefined` where another job has created the repository meanwhile. */
async function createRepository({ ecr }: Aws, key: RepositoryKey): Promise<CacheRepository | undefined> {
  try {
    const { repository } = await ecr.createRepository({
      ...key,
      imageTagMutability: 'MUTABLE',
    });
    return cacheRepositoryOf(repository, []);
  } catch (error) {
    if (isRefusal(error, 'RepositoryAlreadyExistsException')) return undefined;
    throw error;
  }
}

async function putLifecyclePolicy({ ecr }: Aws, key: RepositoryKey): Promise<void> {
  await ecr.putLifecyclePolicy({ ...key, lifecyclePolicyText: cacheLifecyclePolicy() });
}

function cacheRepositoryOf(
  answer: EcrRepository | undefined,
  caches: (readonly [string, StoredManifest])[],
): CacheRepository | undefined {
  if (!answer?.repositoryUri) return undefined;
  const { imageTagMutability = 'MUTABLE', imageTagMutabilityExclusionFilters = [] } = answer;
  const manifests = new Map(caches);
  return {
    uri: answer.repositoryUri,
    mutability: {
      setting: imageTagMutability,
      exclusions: imageTagMutabilityExclusionFilters.flatMap(({ filter }) => filter ?? []),
    },
    has: tag => manifests.has(tag),
    manifests,
  };
}
