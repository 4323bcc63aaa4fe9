import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import { isRefusal } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/runner.ts';
import type { Mutability } from '../rules/cache.ts';
import type { RepositoryPlan } from '../rules/plan.ts';

/** The ECR repository as the API tells of it. */
export interface Repository {
  name: string;
  arn: string;
  /** 12 digits: the account that owns the registry. */
  registryId: string;
  /** What image references begin with; never built by hand. */
  uri: string;
  mutability: Mutability;
  scanOnPush: boolean;
  created: boolean;
}

/** Finds the repository, or makes it: one call where it exists, as it does on nearly every run. */
export function ensureRepository(job: Job, aws: Aws, plan: RepositoryPlan): Promise<Repository> {
  return job.step('Ensure the repository', async log => {
    const found = (await find(aws, plan)) ?? (await create(aws, plan));
    describe(found, log);
    return found;
  });
}

async function find({ ecr, region }: Aws, plan: RepositoryPlan): Promise<Repository | undefined> {
  try {
    const { repositories } = await ecr.describeRepositories({ repositoryNames: [plan.name] });
    return told(repositories?.[0], { created: false });
  } catch (error) {
    if (!isRefusal(error, 'RepositoryNotFoundException')) throw error;
    if (plan.create) return undefined;
    throw new Failure(
      `The repository '${plan.name}' does not exist in ${region}, and \`create-repository\` is off.`,
      {
        remedy: `Create it, correct \`repository\` or \`aws-region\`, or set \`create-repository: true\`.`,
        cause: error,
      },
    );
  }
}

async function create(aws: Aws, plan: RepositoryPlan): Promise<Repository> {
  const { setting, exclusions } = plan.mutability;
  try {
    const { repository } = await aws.ecr.createRepository({
      repositoryName: plan.name,
      imageTagMutability: setting,
      ...(exclusions.length > 0 && {
        imageTagMutabilityExclusionFilters: exclusions.map(filter => ({
          filterType: 'WILDCARD' as const,
          filter,
        })),
      }),
      imageScanningConfiguration: { scanOnPush: plan.scanOnPush },
    });
    return told(repository, { created: true });
  } catch (error) {
    // Another job of the same push was faster.
    if (!isRefusal(error, 'RepositoryAlreadyExistsException')) throw error;
    const { repositories } = await aws.ecr.describeRepositories({ repositoryNames: [plan.name] });
    return told(repositories?.[0], { created: false });
  }
}

function told(answer: EcrRepository | undefined, { created }: { created: boolean }): Repository {
  const { repositoryName, repositoryArn, registryId, repositoryUri } = answer ?? {};
  if (!repositoryName || !repositoryArn || !registryId || !repositoryUri) {
    throw new Failure('ECR answered without the repository.', { remedy: 'Run the job again.' });
  }
  return {
    name: repositoryName,
    arn: repositoryArn,
    registryId,
    uri: repositoryUri,
    mutability: {
      setting: answer?.imageTagMutability ?? 'MUTABLE',
      exclusions: (answer?.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
    },
    scanOnPush: answer?.imageScanningConfiguration?.scanOnPush ?? false,
    created,
  };
}

function describe(repository: Repository, log: Log): void {
  const { setting, exclusions } = repository.mutability;
  log.info(`ARN         ${repository.arn}`);
  log.info(`Tags        ${setting}${exclusions.length > 0 ? ` (except ${exclusions.join(', ')})` : ''}`);
  log.info(
    `Scanning    ${repository.scanOnPush ? 'on push' : "not on push, by the repository's own setting"}`,
  );
  log.result(`${repository.created ? 'Created' : 'Found'} ${repository.uri}`);
}
