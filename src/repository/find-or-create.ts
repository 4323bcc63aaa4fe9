import type { Repository as EcrRepository } from '@aws-sdk/client-ecr';
import type { Aws } from '../aws/aws.ts';
import { attemptsOf, isRefusal } from '../aws/client.ts';
import { atHost, inRegistry } from '../ecr/reference.ts';
import { Failure } from '../platform/failure.ts';
import type { Log } from '../platform/job.ts';
import { expectCreateOnPush } from './create-on-push.ts';
import { creationRemedy, unfinishedRemedy } from './errors.ts';
import { isOwnCreation } from './own-creation.ts';
import type { RefusedCreation } from './own-creation.ts';
import type { RepositoryPlan } from './plan.ts';
import { ownerOf, policyFor } from './repository-policy.ts';
import { repositoryOf } from './repository.ts';
import type { Creator, Repository } from './repository.ts';
import { createRequestOf } from './requests.ts';
import { takeUndescribed } from './take-undescribed.ts';

/**
 * Finds a repository or creates it, as its plan says. This takes one call if it exists. `push` says whether something is pushed, for
 * which a registry may create the repository by a template.
 * @throws {Failure} where it does not exist and is not created.
 */
export async function findOrCreate(
  aws: Aws,
  plan: RepositoryPlan,
  { push, log }: { push: boolean; log: Pick<Log, 'info'> },
): Promise<Repository> {
  const answered =
    (await findRepository(aws, plan)) ??
    (plan.create ? await createRepository(aws, plan, log) : await expectCreateOnPush(aws, plan, { push }));
  return { ...answered, uri: atHost(answered.uri, plan.host) };
}

/** Finds a repository; `undefined` where there is none. */
export async function findRepository(aws: Aws, plan: RepositoryPlan): Promise<Repository | undefined> {
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
    if (isRefusal(error, 'AccessDeniedException')) return takeUndescribed(aws, plan, error);
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

/**
 * Creates a repository with the settings and the policy of its plan, and finds it where another run has just done so.
 * @throws {Failure}
 */
export async function createRepository(
  aws: Aws,
  plan: RepositoryPlan,
  log: Pick<Log, 'info'>,
): Promise<Repository> {
  await refuseOtherRegistry(aws, plan);
  const beganAt = Date.now();
  let attempts = 1;
  const answer = await aws.ecr.createRepository(createRequestOf(plan)).catch((error: unknown) => {
    if (!isRefusal(error, 'RepositoryAlreadyExistsException')) throw withRemedy(error, plan);
    attempts = attemptsOf(error);
    return undefined;
  });
  const created =
    answer === undefined
      ? await describeCreated(aws, plan, { attempts, firstAt: beganAt + aws.ecr.clockOffset() })
      : toRepository(answer.repository, 'this run');
  if (created.madeBy !== 'this run') return created;
  if (answer === undefined) log.info('An earlier try of the same call created it: its answer was lost');
  await setPolicy(aws, created, plan);
  return created;
}

/**
 * The repository that was there already when this run's call was repeated: by an earlier try of that call, or by another run, which
 * may have asked for other settings. Those are compared.
 */
async function describeCreated(
  { ecr }: Aws,
  plan: RepositoryPlan,
  refused: RefusedCreation,
): Promise<Repository> {
  const { repositories } = await ecr.describeRepositories({
    repositoryNames: [plan.name],
    ...inRegistry(plan),
  });
  const isOwn = isOwnCreation(repositories?.[0], plan, refused);
  return toRepository(repositories?.[0], isOwn ? 'this run' : 'another run at once');
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

/** The repository in an answer of ECR. */
function toRepository(answer: EcrRepository | undefined, madeBy: Creator): Repository {
  const repository = repositoryOf(answer, madeBy);
  if (repository !== undefined) return repository;
  throw new Failure('ECR answered without the repository.', { remedy: 'Run the job again.' });
}
