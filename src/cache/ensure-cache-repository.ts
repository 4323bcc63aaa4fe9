import { byTag, readImages } from '../image/read-images.ts';
import type { RunOf } from '../platform/run.ts';
import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { inRegistry } from '../ecr/reference.ts';
import { describeFailure, Failure } from '../platform/failure.ts';
import type { CacheRegistry } from './choose-backend.ts';
import type { CachePlan } from './plan.ts';
import { cacheLifecycle } from './lifecycle-policy.ts';

/** The caches' own repository, and the manifests of those caches that this build could read. */
export interface CacheRepository extends CacheRegistry {
  manifests: ReadonlyMap<string, string>;
}

interface RepositoryKey {
  repositoryName: string;
  registryId?: string;
}

interface CacheRepositoryParts {
  layers: CachePlan;
  repository: { registryId?: string; create: boolean };
}

/**
 * Finds the caches' own repository and what it has for this build, or makes it; an image is built without it where it
 * can't be had. Answers nothing where none was asked for.
 */
export async function ensureCacheRepository(
  { job, plan: { layers, repository } }: RunOf<CacheRepositoryParts>,
  aws: Aws,
): Promise<CacheRepository | undefined> {
  if (layers.kind === 'off' || layers.repository === undefined) return undefined;
  const { tags } = layers;
  const what: RepositoryKey = { repositoryName: layers.repository, ...inRegistry(repository) };
  return job.step('Ensure the cache repository', async log => {
    try {
      const found = await find(aws, what, tags.readTags);
      if (found === undefined && !repository.create) {
        throw new Failure('It does not exist, and `create-repository` is off.', { remedy: 'Create it.' });
      }
      const place = found ?? (await create(aws, what)) ?? (await find(aws, what, tags.readTags));
      if (found === undefined) await keepSmall(aws, what).catch(error => log.warn(describeFailure(error)));
      log.result(`${found === undefined ? 'Created' : 'Found'} ${place?.uri ?? what.repositoryName}`);
      return place;
    } catch (error) {
      job.signal.throwIfAborted();
      log.warn(`The cache repository '${what.repositoryName}' cannot be used. ${describeFailure(error)}`);
      log.result(`No cache repository '${what.repositoryName}'`);
      return undefined;
    }
  });
}

async function find({ ecr }: Aws, what: RepositoryKey, tags: string[]): Promise<CacheRepository | undefined> {
  try {
    const [{ repositories }, images] = await Promise.all([
      ecr.describeRepositories({
        repositoryNames: [what.repositoryName],
        ...(what.registryId !== undefined && { registryId: what.registryId }),
      }),
      tags.length === 0 ? [] : readImages(ecr, what, byTag(tags)),
    ]);
    return placeOf(
      repositories?.[0],
      images.map(({ tag = '', text }) => [tag, text] as const),
    );
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return undefined;
    throw error;
  }
}

/** Answers nothing where another job was faster. */
async function create({ ecr }: Aws, what: RepositoryKey): Promise<CacheRepository | undefined> {
  try {
    const { repository } = await ecr.createRepository({
      ...what,
      imageTagMutability: 'MUTABLE',
    });
    return placeOf(repository, []);
  } catch (error) {
    if (isRefusal(error, 'RepositoryAlreadyExistsException')) return undefined;
    throw error;
  }
}

async function keepSmall({ ecr }: Aws, what: RepositoryKey): Promise<void> {
  await ecr.putLifecyclePolicy({ ...what, lifecyclePolicyText: cacheLifecycle() });
}

function placeOf(
  answer: EcrRepository | undefined,
  found: (readonly [string, string])[],
): CacheRepository | undefined {
  if (!answer?.repositoryUri) return undefined;
  const { imageTagMutability = 'MUTABLE', imageTagMutabilityExclusionFilters = [] } = answer;
  const manifests = new Map(found);
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
