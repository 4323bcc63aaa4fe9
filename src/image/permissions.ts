import { parseArn, repositoryArn } from '../aws/arn.ts';
import type { PolicyStatement } from '../aws/iam-policy.ts';
import type { BaseRegistry, BaseRepository } from '../ecr/base-registries.ts';
import { actingRole } from '../role/plan.ts';
import type { RolePlan } from '../role/plan.ts';
import type { LoginsPlan } from './login-inputs.ts';

/** The parts of the plan that the permissions for base images depend on. */
interface PulledPlan {
  push: boolean;
  role: Pick<RolePlan, 'region' | 'source' | 'chain'>;
  repository: { type: 'private' | 'public'; name: string; registryId?: string };
  logins: LoginsPlan;
  baseRepositories: readonly BaseRepository[];
}

/** The name of the statement for repositories that a pull-through cache rule may fill. */
const PULL_THROUGH = 'PullThroughCache';

/**
 * The permissions for the base images in registries that the step is logged in to: its own, where it pushes to a private one, and those
 * of `login-registries`. Which repositories are filled by a pull-through cache is known to the registry alone, so that these have a
 * statement of their own, for those of the role's own account below another prefix than that of what is pushed.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 *
 * @param cacheRepository the repository of the cache of layers, where it has one of its own
 */
export function baseStatements(plan: PulledPlan, cacheRepository?: string): PolicyStatement[] {
  const { push, repository, role, logins } = plan;
  const acting = actingRole(role);
  const { account } = parseArn(acting ?? '');
  const isLoggedIn = push && repository.type === 'private';
  const registries = logins.isWithheld ? [] : logins.registries;
  const ownId = repository.registryId ?? account;
  // Without a role the account is not known, and what is in the same region most likely lies there.
  const isOwn = ({ registryId, region }: BaseRegistry): boolean =>
    isLoggedIn && region === role.region && (ownId ?? registryId) === registryId;
  const isListed = (base: BaseRegistry): boolean => registries.some(each => isOneRegistry(each, base));
  const pulled = plan.baseRepositories.filter(each => isOwn(each) || isListed(each));
  // Where the Dockerfile does not tell what comes from a registry that is named, it may be any of its repositories.
  const unknown = registries.filter(each => !isOwn(each) && !pulled.some(base => isOneRegistry(each, base)));
  const arn = ({ registryId, region }: BaseRegistry, name: string): string =>
    repositoryArn({ name, region, registryId }, acting);
  const pushedTo = new Set([repository.name, cacheRepository ?? repository.name].map(prefixOf));
  const cached = pulled.filter(each => {
    const isElsewhere = account !== undefined && each.registryId !== account;
    return each.name.includes('/') && !isElsewhere && !(isOwn(each) && pushedTo.has(prefixOf(each.name)));
  });
  const statements = [
    ...statement('BaseImages', {
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [...pulled.map(each => arn(each, each.name)), ...unknown.map(each => arn(each, '*'))],
    }),
    ...statement(PULL_THROUGH, {
      actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
      resources: cached.map(each => arn(each, `${prefixOf(each.name)}/*`)),
    }),
  ];
  if (isLoggedIn || registries.length === 0) return statements;
  return [
    ...statement('BaseLogin', { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    ...statements,
  ];
}

function isOneRegistry(one: BaseRegistry, other: BaseRegistry): boolean {
  return one.registryId === other.registryId && one.region === other.region;
}

/** What stands before the first slash of a name. The prefix of a rule may have more parts, all below this one. */
function prefixOf(name: string): string {
  return name.replace(/\/.*/, '');
}

function statement(
  sid: string,
  { actions, resources }: { actions: string[]; resources: string[] },
): PolicyStatement[] {
  const [first, ...others] = [...new Set(resources)].toSorted();
  if (first === undefined) return [];
  return [
    { Sid: sid, Effect: 'Allow', Action: actions, Resource: others.length > 0 ? [first, ...others] : first },
  ];
}

/** When the statement for pull-through caches is needed, for who reads the policy; `undefined` where there is none. */
export function sayPullThrough(statements: readonly PolicyStatement[]): string | undefined {
  const resources = statements.flatMap(({ Sid, Resource }) => (Sid === PULL_THROUGH ? (Resource ?? []) : []));
  if (resources.length === 0) return undefined;
  const prefixes = new Set(resources.map(each => each.replace(/^.*:repository\/|\/\*$/g, '')));
  return `The statement ${PULL_THROUGH} is for base images below ${[...prefixes].join(', ')}, and needed only where a pull-through cache rule has such a prefix, which a dry run does not ask: leave it out otherwise.`;
}
