import type { AwsSession } from '../aws/aws.ts';
import { requestLogin } from '../aws/authorization-token.ts';
import type { Ecr } from '../aws/ecr.ts';
import type { PolicyDocument } from '../aws/iam-policy.ts';
import type { OwnConfig } from '../docker/own-config.ts';
import { sayRegistry } from '../ecr/base-registries.ts';
import type { BaseRegistry } from '../ecr/base-registries.ts';
import { Failure } from '../platform/failure.ts';
import type { Log } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { explainDenial } from '../role/access-denied.ts';
import { openElsewhere } from '../role/other-role.ts';
import type { LoginsPlan } from './login-inputs.ts';

/** The parts of the plan that these logins read. */
export interface BaseLoginParts {
  logins: LoginsPlan;
  repository: { type: 'private' | 'public' };
  /** The permissions that the role needs, for the message where AWS denies the login. */
  permissions: PolicyDocument;
}

/** What clients of other regions are opened with. */
type Session = Pick<AwsSession, 'region' | 'credentials'> & { ecr: Pick<Ecr, 'getAuthorizationToken'> };

/**
 * Logs the step in to the registries, all at once, and answers their hosts as docker names them.
 * @throws {Failure} that names the registry.
 */
export async function logInToBaseRegistries(
  { job, plan }: RunOf<BaseLoginParts>,
  aws: Session,
  config: Pick<OwnConfig, 'addLogin'>,
): Promise<string[]> {
  const denied = (message: string) => explainDenial(message, plan.permissions);
  const open = (region: string): Session | Promise<Session> =>
    region === aws.region && plan.repository.type === 'private'
      ? aws
      : openElsewhere(region, { credentials: aws.credentials, denied, signal: job.signal });
  const logIn = async (ecr: Session['ecr'], { registryId, host }: BaseRegistry): Promise<string[]> => {
    const { host: answered, ...login } = await requestLogin(ecr, registryId);
    const hosts = [host, answered].filter(each => each !== undefined);
    for (const each of new Set(hosts)) await config.addLogin(each, login);
    return hosts.slice(0, 1);
  };
  const byRegion = Map.groupBy(plan.logins.registries, ({ region }) => region);
  const hosts = Array.from(byRegion, async ([region, registries]) => {
    const { ecr } = await open(region);
    return Promise.all(registries.map(each => logIn(ecr, each).catch(withRegistry(each))));
  });
  return [...new Set((await Promise.all(hosts)).flat(2))];
}

/** Throws a failure again, with the registry that it is about. */
function withRegistry(registry: BaseRegistry): (error: unknown) => never {
  return error => {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `Docker could not be logged in to ${sayRegistry(registry)}, which \`login-registries\` names: ${error.message}`,
      { remedy: error.remedy, cause: error },
    );
  };
}

/** Warns of logins for the same hosts that buildx prefers to those of the step. */
export async function warnOfOtherLogins(
  log: Pick<Log, 'warn'>,
  { config, hosts }: { config: Pick<OwnConfig, 'scopedLoginsFor'>; hosts: readonly string[] },
): Promise<void> {
  for (const host of new Set(hosts))
    for (const path of await config.scopedLoginsFor(host))
      log.warn(
        `buildx may use another login to ${host} than that of this step: it prefers the one in ${path}. Remove that before this step.`,
      );
}
