import { requestLogin } from '../aws/authorization-token.ts';
import type { Ecr } from '../aws/ecr.ts';
import type { RegistryLogin } from '../docker/config-file.ts';
import type { Docker } from '../docker/docker.ts';
import { logJobIn } from '../docker/job-login.ts';
import { registryHost, sayEndpoints } from '../ecr/hosts.ts';
import { addressOf } from '../ecr/reference.ts';
import { setOutput } from '../platform/actions.ts';
import { describeFailure } from '../platform/failure.ts';
import type { RunOf } from '../platform/run-of.ts';
import type { RepositoryPlan } from '../repository/plan.ts';
import type { Repository } from '../repository/repository.ts';
import { logInToBaseRegistries, warnOfOtherLogins } from './base-registry-logins.ts';
import type { BaseLoginParts } from './base-registry-logins.ts';

/** A registry that docker is logged in to. */
export interface Registry {
  /** Host without a scheme, as docker names it. */
  host: string;
  /** Logs this step in again, after the token of the registry has expired. */
  renew(): Promise<void>;
}

interface LogInParts extends BaseLoginParts {
  repository: RepositoryPlan;
  /** Whether the later steps of the job are logged in too. */
  dockerLogin: boolean;
}

interface LogInOptions {
  docker: Pick<Docker, 'engineVersion' | 'buildxVersion' | 'config'>;
  plan: LogInParts;
  /** Still being looked up; it is awaited only for ECR Public, whose host is only in the repository's URI. */
  repository: Promise<Repository>;
}

/**
 * Logs docker in to the registry and to those that base images come from, in the step's own configuration. The job's docker is logged
 * in to the registry too if the inputs ask for it, while the rest goes on, and the post step undoes that.
 */
export function logDockerIn(
  run: RunOf<LogInParts>,
  aws: Parameters<typeof logInToBaseRegistries>[1],
  options: Omit<LogInOptions, 'plan'>,
): Promise<Registry> {
  const { job, plan } = run;
  const where = { ...options, plan };
  const { engineVersion, buildxVersion, config } = where.docker;
  const own = Promise.withResolvers<Registry>();
  const step = job.step('Log docker in', async log => {
    const [{ hosts, expiresAt, ...login }, bases] = await Promise.all([
      logIn(aws, where),
      logInToBaseRegistries(run, aws, config),
    ]);
    const [host] = hosts;
    log.info(`Docker ${engineVersion ?? 'without an engine'} with buildx ${buildxVersion}`);
    log.result(
      `${host}${expiresAt === undefined ? '' : ` until ${expiresAt.toISOString().slice(11, 16)} UTC`}`,
    );
    const other = sayOtherEndpoints(host, plan.repository);
    if (other !== undefined) log.info(other);
    if (bases.length > 0) log.info(`For base images logged in to ${bases.join(', ')}`);
    await warnOfOtherLogins(log, { config, hosts: [host, ...bases] });
    setOutput('registry', host);
    own.resolve({
      host,
      async renew() {
        // A layer of a base image may be fetched as late as in the push.
        await Promise.all([logIn(aws, where), logInToBaseRegistries(run, aws, config)]);
      },
    });
    if (!plan.dockerLogin) return;
    try {
      await logJobIn(host, { login, signal: job.signal });
      log.info("The job's later steps are logged in too");
    } catch (error) {
      job.signal.throwIfAborted();
      log.warn(describeFailure(error));
    }
  });
  step.catch(own.reject);
  return own.promise;
}

/**
 * Logs the step in to the host that docker speaks to, and where that is one that the user wrote, to the one that the API answers too:
 * base images may be named by either.
 */
async function logIn(
  { ecr }: { ecr: Pick<Ecr, 'getAuthorizationToken'> },
  { docker, plan, repository }: LogInOptions,
): Promise<RegistryLogin & { hosts: readonly [string, ...string[]]; expiresAt?: Date }> {
  const { host: answered, user, password, expiresAt } = await requestLogin(ecr, plan.repository.registryId);
  const host = plan.repository.host ?? answered ?? (await repository).uri.replace(/\/.*/, '');
  const others = answered === undefined || answered === host ? [] : [answered];
  for (const each of [host, ...others]) await docker.config.addLogin(each, { user, password });
  return { hosts: [host, ...others], user, password, ...(expiresAt && { expiresAt }) };
}

/** Where docker goes if the job asks for endpoints that the host does not have, and what to write; `undefined` where it has them. */
function sayOtherEndpoints(host: string, { endpoints, name }: RepositoryPlan): string | undefined {
  const { registryId, region, host: isOther } = addressOf(`${host}/${name}`);
  if (endpoints === undefined || isOther !== undefined) return undefined;
  const wanted =
    registryId === undefined || region === undefined
      ? undefined
      : registryHost({ registryId, region }, endpoints);
  const advice =
    wanted === undefined
      ? ''
      : `; for docker too, write \`repository: ${wanted}/${name}\`${endpoints.fips ? ', which not every region has' : ''}`;
  return `The calls to AWS go to ${sayEndpoints(endpoints)} endpoints, as the job's variables ask, and docker goes to ${host}, as ECR answers${advice}`;
}
