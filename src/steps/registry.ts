import type { Aws } from '../platform/aws.ts';
import type { Docker } from '../platform/docker.ts';
import { Failure } from '../platform/failure.ts';
import { mask } from '../platform/runner.ts';
import type { Job } from '../platform/runner.ts';
import { remember } from '../platform/state.ts';

/** A registry that docker is logged in to. */
export interface Registry {
  /** As docker names it, without a scheme. */
  host: string;
  /** Logs in again, when the registry's token has run out. */
  renew(): Promise<void>;
}

/** Logs docker in until the end of the job; post logs it out. */
export function logDockerIn(job: Job, aws: Aws, docker: Docker): Promise<Registry> {
  return job.step('Log docker in', async log => {
    const { host, expiresAt } = await logIn(job, aws, docker);
    log.info(`Docker ${docker.engineVersion} with buildx ${docker.buildxVersion}`);
    log.result(`${host} until ${expiresAt?.toISOString().slice(11, 16) ?? 'the end of the job'} UTC`);
    return { host, renew: async () => void (await logIn(job, aws, docker)) };
  });
}

async function logIn(job: Job, { ecr }: Aws, docker: Docker): Promise<{ host: string; expiresAt?: Date }> {
  const { authorizationData } = await ecr.getAuthorizationToken({});
  const { authorizationToken, proxyEndpoint, expiresAt } = authorizationData?.[0] ?? {};
  if (!authorizationToken || !proxyEndpoint) {
    throw new Failure('ECR answered without an authorization token.', { remedy: 'Run the job again.' });
  }
  mask(authorizationToken);
  const [user = '', password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(/:(.*)/s);
  mask(password);
  const { host } = new URL(proxyEndpoint);
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
