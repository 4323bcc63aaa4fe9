import type { RunOf } from '../platform/run.ts';
import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import { askForLogin } from '../aws/authorization-token.ts';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { mutabilityOf } from '../ecr/mutability.ts';
import { inRegistry } from '../ecr/reference.ts';
import { Failure } from '../platform/failure.ts';
import { creationRemedy, decidedByTemplate, sayMissing, unfinished } from './errors.ts';
import type { RepositoryPlan } from './plan.ts';
import { ownerOf, policyFor } from './policy.ts';
import { setOutput } from '../platform/actions.ts';
import { sayMutability } from '../ecr/mutability.ts';
import { isNew, repositoryOf, tellRepository } from './repository.ts';
import type { Maker, Repository } from './repository.ts';
import { createsOnPush, creationOf } from './requests.ts';

export type { Repository } from './repository.ts';

/** What the summary says of the repository. */
export interface RepositoryFacts {
  repository: { uri: string; created: boolean; tagSetting: string };
}

/** Finds the repository, or makes it: one call where it exists, as it does on nearly every run. */
export function ensureRepository(
  {
    job,
    plan: { repository: plan, push },
    tell,
  }: RunOf<{ repository: RepositoryPlan; push: boolean }, RepositoryFacts>,
  aws: Aws,
): Promise<Repository> {
  return job.step('Ensure the repository', async log => {
    const found =
      (await find(aws, plan)) ?? (plan.create ? await create(aws, plan) : await leave(aws, plan, { push }));
    const { lines, result } = tellRepository(found, plan.type);
    for (const line of lines) log.info(line);
    const decided = found.madeBy === 'the registry on push' ? decidedByTemplate(plan.asked) : [];
    if (decided.length > 0) {
      log.warn(
        `${plan.name}: the registry creates it by its template, so nothing comes of ${decided.join(', ')} in this run; the next one compares them`,
      );
    }
    log.result(result);
    const { uri, registryId, mutability } = found;
    setOutput('aws-account-id', registryId);
    setOutput('repository-uri', uri);
    tell({ repository: { uri, created: isNew(found), tagSetting: sayMutability(mutability) } });
    return found;
  });
}

async function find(aws: Aws, plan: RepositoryPlan): Promise<Repository | undefined> {
  try {
    const { repositories } = await aws.ecr.describeRepositories({
      repositoryNames: [plan.name],
      ...inRegistry(plan),
    });
    const found = told(repositories?.[0], 'somebody before');
    if (!isAsNamed(found, plan)) await refuseOtherRegistry(aws, plan);
    return found;
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return undefined;
    throw error;
  }
}

/** ECR Public is asked by name, and answers from the caller's own registry whatever the address says. */
function isAsNamed({ uri, registryId }: Repository, plan: RepositoryPlan): boolean {
  const [, alias] = uri.split('/');
  return plan.alias === undefined ? (plan.registryId ?? registryId) === registryId : plan.alias === alias;
}

/** An address of ECR Public is the caller's own registry's or a mistake: found out before anything goes there. */
async function refuseOtherRegistry({ ecr }: Aws, plan: RepositoryPlan): Promise<void> {
  const asked = plan.alias ?? plan.registryId;
  if (plan.type === 'private' || asked === undefined) return;
  const { registries = [] } = await ecr.describeRegistries({});
  const aliases = registries.flatMap(registry => registry.aliases ?? []);
  const names = [...aliases, ...registries.map(({ registryId: name }) => ({ name }))].map(each => each.name);
  if (names.includes(asked)) return;
  throw new Failure(`Your registry in ECR Public is ${names.join(' or ')}, not ${asked}.`, {
    remedy: 'Correct `repository`, or the account of `role-to-assume`. Nothing has been created or pushed.',
  });
}

async function create(aws: Aws, plan: RepositoryPlan): Promise<Repository> {
  await refuseOtherRegistry(aws, plan);
  const answer = await aws.ecr.createRepository(creationOf(plan)).catch(error => {
    if (isRefusal(error, 'RepositoryAlreadyExistsException')) return undefined;
    throw withRemedy(error, plan);
  });
  if (answer !== undefined) {
    const created = told(answer.repository, 'this run');
    await setPolicy(aws, created, plan);
    return created;
  }
  // Another job of the same push was faster. The two ask for the same, and what it takes beside is the other's to do.
  const { repositories } = await aws.ecr.describeRepositories({
    repositoryNames: [plan.name],
    ...inRegistry(plan),
  });
  return told(repositories?.[0], 'another run at once');
}

async function setPolicy(
  { ecr }: Aws,
  { arn = '', registryId }: Repository,
  plan: RepositoryPlan,
): Promise<void> {
  const policyText = policyFor(plan.asked, ownerOf(arn), undefined);
  if (policyText === undefined) return;
  await ecr.setRepositoryPolicy({ repositoryName: plan.name, registryId, policyText }).catch(error => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.message, { remedy: `${error.remedy}\n${unfinished}`, cause: error.cause });
  });
}

function withRemedy(error: unknown, plan: RepositoryPlan): unknown {
  const code = error instanceof Failure && error.cause instanceof Error ? error.cause.name : '';
  const remedy = creationRemedy(code, plan);
  return error instanceof Failure && remedy !== undefined
    ? new Failure(error.message, { remedy, cause: error.cause })
    : error;
}

/**
 * A registry may create repositories itself when something is pushed, by the settings of a template. The templates of
 * another account's registry can't be read.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
async function leave(
  { ecr, region }: Aws,
  plan: RepositoryPlan,
  { push }: { push: boolean },
): Promise<Repository> {
  const answer =
    push && plan.type === 'private'
      ? await ecr.describeRepositoryCreationTemplates({}).catch(error => {
          if (isRefusal(error, 'AccessDeniedException')) return undefined;
          throw error;
        })
      : undefined;
  const { registryId, repositoryCreationTemplates: templates = [] } = answer ?? {};
  const isAsked = registryId !== undefined && registryId === (plan.registryId ?? registryId);
  const template = isAsked ? createsOnPush(plan.name, templates) : undefined;
  if (template === undefined || registryId === undefined) {
    const { message, remedy } = sayMissing(plan, { region, push });
    throw new Failure(message, { remedy });
  }
  const { host } = await askForLogin(ecr, registryId);
  return {
    name: plan.name,
    registryId,
    uri: `${host}/${plan.name}`,
    mutability: mutabilityOf(template),
    scanOnPush: false,
    encryption: { type: template.encryptionConfiguration?.encryptionType ?? 'AES256' },
    madeBy: 'the registry on push',
  };
}

function told(answer: EcrRepository | undefined, madeBy: Maker): Repository {
  const repository = repositoryOf(answer, madeBy);
  if (repository !== undefined) return repository;
  throw new Failure('ECR answered without the repository.', { remedy: 'Run the job again.' });
}
