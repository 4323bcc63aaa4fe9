import type { Repository as EcrRepository, RepositoryCreationTemplate } from '@aws-sdk/client-ecr';
import { requestLogin } from '../aws/authorization-token.ts';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { mutabilityOf, sayMutability } from '../ecr/mutability.ts';
import { inRegistry } from '../ecr/reference.ts';
import { setOutput } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import { creationRemedy, decidedByTemplate, sayMissing, unfinishedRemedy } from './errors.ts';
import type { RepositoryPlan } from './plan.ts';
import { ownerOf, policyFor } from './repository-policy.ts';
import { isNew, repositoryOf, sayRepository } from './repository.ts';
import type { Creator, Repository } from './repository.ts';
import { createsOnPush, createRequestOf } from './requests.ts';

/** What the summary shows about the repository. */
export interface RepositoryFacts {
  repository: { uri: string; created: boolean; tagSetting: string };
}

/** Finds the repository or creates it. This takes one call if it exists, as on nearly every run. */
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
      (await findRepository(aws, plan)) ??
      (plan.create ? await createRepository(aws, plan) : await expectCreateOnPush(aws, plan, { push }));
    const { lines, result } = sayRepository(found, plan.type);
    for (const line of lines) log.info(line);
    const unusedInputs = found.madeBy === 'the registry on push' ? decidedByTemplate(plan.asked) : [];
    if (unusedInputs.length > 0) {
      log.warn(
        `${plan.name}: the registry creates it by its template, so nothing comes of ${unusedInputs.join(', ')} in this run; the next one compares them`,
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

async function findRepository(aws: Aws, plan: RepositoryPlan): Promise<Repository | undefined> {
  try {
    const { repositories } = await aws.ecr.describeRepositories({
      repositoryNames: [plan.name],
      ...inRegistry(plan),
    });
    const found = toRepository(repositories?.[0], 'somebody before');
    if (!isAsNamed(found, plan)) await refuseOtherRegistry(aws, plan);
    return found;
  } catch (error) {
    if (isRefusal(error, 'RepositoryNotFoundException')) return undefined;
    throw error;
  }
}

/**
 * Whether ECR answered with the repository that the inputs name. ECR Public looks only for the name, in the caller's own
 * registry.
 */
function isAsNamed({ uri, registryId }: Repository, plan: RepositoryPlan): boolean {
  const [, alias] = uri.split('/');
  return plan.alias === undefined ? (plan.registryId ?? registryId) === registryId : plan.alias === alias;
}

/** Stops before anything is created or pushed if the address names another registry of ECR Public than the caller's own. */
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

async function createRepository(aws: Aws, plan: RepositoryPlan): Promise<Repository> {
  await refuseOtherRegistry(aws, plan);
  const answer = await aws.ecr.createRepository(createRequestOf(plan)).catch(error => {
    if (isRefusal(error, 'RepositoryAlreadyExistsException')) return undefined;
    throw withRemedy(error, plan);
  });
  if (answer !== undefined) {
    const created = toRepository(answer.repository, 'this run');
    await setPolicy(aws, created, plan);
    return created;
  }
  // Another job created it in the meantime, with the same settings. That job also sets the repository policy.
  const { repositories } = await aws.ecr.describeRepositories({
    repositoryNames: [plan.name],
    ...inRegistry(plan),
  });
  return toRepository(repositories?.[0], 'another run at once');
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
    throw new Failure(error.message, { remedy: `${error.remedy}\n${unfinishedRemedy}`, cause: error.cause });
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
 * The repository that the registry will create when the image is pushed, with the settings of a template; without such a
 * template this throws a `Failure`. The templates of another account's registry cannot be read.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
async function expectCreateOnPush(
  { ecr, region }: Aws,
  plan: RepositoryPlan,
  { push }: { push: boolean },
): Promise<Repository> {
  const { registryId, templates } =
    push && plan.type === 'private' ? await readTemplates(ecr) : { registryId: undefined, templates: [] };
  const isAsked = registryId !== undefined && registryId === (plan.registryId ?? registryId);
  const template = isAsked ? createsOnPush(plan.name, templates) : undefined;
  if (template === undefined || registryId === undefined) {
    const { message, remedy } = sayMissing(plan, { region, push });
    throw new Failure(message, { remedy });
  }
  const { host } = await requestLogin(ecr, registryId);
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

/** All templates of the registry, page by page; none if the role may not read them. */
async function readTemplates(
  ecr: Aws['ecr'],
): Promise<{ registryId?: string | undefined; templates: RepositoryCreationTemplate[] }> {
  const templates: RepositoryCreationTemplate[] = [];
  let registryId: string | undefined;
  let nextToken: string | undefined;
  do {
    const asked = nextToken === undefined ? {} : { nextToken };
    const page = await ecr.describeRepositoryCreationTemplates(asked).catch(error => {
      if (isRefusal(error, 'AccessDeniedException')) return undefined;
      throw error;
    });
    if (page === undefined) return { templates: [] };
    templates.push(...(page.repositoryCreationTemplates ?? []));
    registryId = page.registryId;
    // A token that comes back would be asked for without an end.
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  return { registryId, templates };
}

/** The repository in an answer of ECR. */
function toRepository(answer: EcrRepository | undefined, madeBy: Creator): Repository {
  const repository = repositoryOf(answer, madeBy);
  if (repository !== undefined) return repository;
  throw new Failure('ECR answered without the repository.', { remedy: 'Run the job again.' });
}
