import { requestLogin } from '../aws/authorization-token.ts';
import type { Aws } from '../aws/aws.ts';
import type { Docker } from '../docker/docker.ts';
import { setOutput } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import type { RunOf } from '../platform/run-of.ts';
import { remember } from '../platform/state.ts';
import type { Repository } from '../repository/repository.ts';
import type { RepositoryPlan } from '../repository/plan.ts';

/** A registry that docker is logged in to. */
export interface Registry {
  /** Host without a scheme, as docker names it. */
  host: string;
  /** Logs in again, after the token of the registry has expired. */
  renew(): Promise<void>;
}

interface LogInOptions {
  docker: Docker;
  plan: RepositoryPlan;
  /** Still being looked up; it is awaited only for ECR Public, whose host is only in the repository's URI. */
  repository: Promise<Repository>;
}

/** Logs docker in to the registry. The post step logs it out at the end of the job. */
export function logDockerIn(
  { job, plan }: RunOf<{ repository: RepositoryPlan }>,
  aws: Aws,
  options: Omit<LogInOptions, 'plan'>,
): Promise<Registry> {
  const where = { ...options, plan: plan.repository };
  const { engineVersion, buildxVersion } = where.docker;
  return job.step('Log docker in', async log => {
    const { host, expiresAt } = await logIn(job, aws, where);
    log.info(`Docker ${engineVersion ?? 'without an engine'} with buildx ${buildxVersion}`);
    log.result(`${host} until ${expiresAt?.toISOString().slice(11, 16) ?? 'the end of the job'} UTC`);
    setOutput('registry', host);
    return { host, renew: async () => void (await logIn(job, aws, where)) };
  });
}

async function logIn(
  job: Job,
  { ecr }: Aws,
  { docker, plan, repository }: LogInOptions,
): Promise<{ host: string; expiresAt?: Date }> {
  const { user, password, expiresAt, ...login } = await requestLogin(ecr, plan.registryId);
  const host = login.host ?? (await repository).uri.replace(/\/.*/, '');
  remember({ registry: host });
  const { exitCode, output } = await docker.run(['login', '--username', user, '--password-stdin', host], {
    input: password,
    signal: job.signal,
  });
  if (exitCode !== 0) {
    throw new Failure(`docker could not log in to ${host}: ${output.trim()}`, {
      remedy:
        "Check that the runner's docker reaches this host, and that its credential store (`credsStore` in docker's config.json) works.",
    });
  }
  return { host, ...(expiresAt && { expiresAt }) };
}
