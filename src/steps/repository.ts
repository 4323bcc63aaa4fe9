import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import { isRefusal } from '../platform/aws.ts';
import type { Aws } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import type { Job, Log } from '../platform/runner.ts';
import { askForLogin } from '../platform/session.ts';
import type { Mutability } from '../rules/cache.ts';
import { sayMutability } from '../rules/drift.ts';
import { ownerOf, policyFor } from '../rules/repository-policy.ts';
import {
  createsOnPush,
  creationOf,
  creationRemedy,
  inRegistry,
  mutabilityOf,
} from '../rules/repository-request.ts';
import type { Encryption, RepositoryPlan } from '../rules/repository.ts';

/** The ECR repository as the API tells of it. */
export interface Repository {
  name: string;
  /** Unknown while the registry has not created it yet. */
  arn?: string;
  /** 12 digits: the account that owns the registry. */
  registryId: string;
  /** What image references begin with; never built by hand. */
  uri: string;
  mutability: Mutability;
  /** By the repository's own setting; the registry's rules may scan it all the same. */
  scanOnPush: boolean;
  encryption: Encryption;
  /** By this run, or by the registry when the image is pushed. */
  created: boolean;
}

/** Finds the repository, or makes it: one call where it exists, as it does on nearly every run. */
export function ensureRepository(job: Job, aws: Aws, plan: RepositoryPlan): Promise<Repository> {
  return job.step('Ensure the repository', async log => {
    const found = (await find(aws, plan)) ?? (plan.create ? await create(aws, plan) : await leave(aws, plan));
    describe(found, plan, log);
    return found;
  });
}

/** An address of ECR Public is the caller's own registry's or a mistake: found out before anything is created there. */
async function refuseOtherRegistry({ ecr }: Aws, plan: RepositoryPlan): Promise<void> {
  const asked = plan.alias ?? plan.registryId;
  if (plan.type === 'private' || asked === undefined) return;
  const { registries = [] } = await ecr.describeRegistries({});
  const aliases = registries.flatMap(registry => registry.aliases ?? []);
  const names = [...aliases, ...registries.map(({ registryId: name }) => ({ name }))].map(each => each.name);
  if (names.includes(asked)) return;
  throw new Failure(`Your registry in ECR Public is ${names.join(' or ')}, not ${asked}.`, {
    remedy: 'Correct `repository`, or the account of `role-to-assume`. Nothing has been created.',
  });
}

async function find({ ecr }: Aws, plan: RepositoryPlan): Promise<Repository | undefined> {
  try {
    const { repositories } = await ecr.describeRepositories({
      repositoryNames: [plan.name],
      ...inRegistry(plan),
    });
    return told(repositories?.[0], { created: false });
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return undefined;
    throw error;
  }
}

async function create(aws: Aws, plan: RepositoryPlan): Promise<Repository> {
  await refuseOtherRegistry(aws, plan);
  const { repository } = await aws.ecr.createRepository(creationOf(plan)).catch(async error => {
    // Another job of the same push was faster; the two say the same of it, so both go on.
    if (isRefusal(error, 'RepositoryAlreadyExistsException')) {
      const { repositories } = await aws.ecr.describeRepositories({
        repositoryNames: [plan.name],
        ...inRegistry(plan),
      });
      return { repository: repositories?.[0] };
    }
    throw withRemedy(error, plan);
  });
  const created = told(repository, { created: true });
  const policyText = policyFor(plan.asked, ownerOf(created.arn ?? ''), undefined);
  if (policyText !== undefined)
    await aws.ecr.setRepositoryPolicy({
      repositoryName: plan.name,
      registryId: created.registryId,
      policyText,
    });
  return created;
}

function withRemedy(error: unknown, plan: RepositoryPlan): unknown {
  const code = error instanceof Failure && error.cause instanceof Error ? error.cause.name : '';
  const remedy = creationRemedy(code, plan);
  return error instanceof Failure && remedy !== undefined
    ? new Failure(error.message, { remedy, cause: error.cause })
    : error;
}

/**
 * A registry may create repositories itself when something is pushed, by the settings of a template.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
async function leave({ ecr, region }: Aws, plan: RepositoryPlan): Promise<Repository> {
  const { registryId, repositoryCreationTemplates: templates } = await ecr
    .describeRepositoryCreationTemplates({})
    .catch(error => {
      if (isRefusal(error, 'AccessDeniedException'))
        return { registryId: undefined, repositoryCreationTemplates: [] };
      throw error;
    });
  const template = createsOnPush(plan.name, templates ?? []);
  if (template === undefined || registryId === undefined) {
    throw new Failure(
      `The repository '${plan.name}' does not exist in ${region}, and this run creates none.`,
      {
        remedy:
          'Create it, correct `repository` or `aws-region`, or let a build create it: `create-repository: true`. A registry that creates on push ' +
          'has to have a template for this name, and the role needs ecr:DescribeRepositoryCreationTemplates to see it.',
      },
    );
  }
  const { host } = await askForLogin(ecr, registryId);
  return {
    name: plan.name,
    registryId,
    uri: `${host}/${plan.name}`,
    mutability: mutabilityOf(template),
    scanOnPush: false,
    encryption: { type: template.encryptionConfiguration?.encryptionType ?? 'AES256' },
    created: true,
  };
}

function told(answer: EcrRepository | undefined, { created }: { created: boolean }): Repository {
  const { repositoryName, repositoryArn, registryId, repositoryUri } = answer ?? {};
  if (!repositoryName || !repositoryArn || !registryId || !repositoryUri) {
    throw new Failure('ECR answered without the repository.', { remedy: 'Run the job again.' });
  }
  const { encryptionType = 'AES256', kmsKey } = answer?.encryptionConfiguration ?? {};
  return {
    name: repositoryName,
    arn: repositoryArn,
    registryId,
    uri: repositoryUri,
    mutability: mutabilityOf(answer ?? {}),
    scanOnPush: answer?.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: { type: encryptionType, ...(kmsKey !== undefined && { key: kmsKey }) },
    created,
  };
}

function describe(
  { arn, uri, mutability, scanOnPush, created }: Repository,
  { type }: RepositoryPlan,
  log: Log,
): void {
  if (arn === undefined) {
    log.info('Settings    those of the template by which the registry creates it');
    return log.result(`${uri} is created by the registry when the image is pushed`);
  }
  log.info(`ARN         ${arn}`);
  log.info(`Tags        ${sayMutability(mutability)}`);
  if (type === 'private')
    log.info(`Scanning    ${scanOnPush ? 'on push' : "not on push, by the repository's own setting"}`);
  log.result(`${created ? 'Created' : 'Found'} ${uri}`);
}
