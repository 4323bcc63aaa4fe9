import type { AwsSession } from '../aws/aws.ts';
import type { Docker } from '../docker/docker.ts';
import { sayRegistry } from '../ecr/base-registries.ts';
import type { RunOf } from '../platform/run-of.ts';
import { logInToBaseRegistries, warnOfOtherLogins } from './base-registry-logins.ts';
import type { BaseLoginParts } from './base-registry-logins.ts';

/**
 * Logs docker in to the registries that base images come from, for a build that pushes nothing: the role is assumed for that alone.
 */
export async function logDockerInToPull(
  run: RunOf<BaseLoginParts>,
  assumeRole: () => Promise<AwsSession>,
  finding: Promise<Pick<Docker, 'config'>>,
): Promise<void> {
  const { job, plan } = run;
  const { registries, isWithheld } = plan.logins;
  if (registries.length === 0) return;
  const aws = isWithheld ? undefined : await assumeRole();
  await job.step('Log docker in', async log => {
    if (aws === undefined) {
      log.result(
        `Not logged in to ${registries.map(sayRegistry).join(', ')}: GitHub gives a pull request from a fork or of Dependabot no identity at AWS`,
      );
      return;
    }
    const { config } = await finding;
    const hosts = await logInToBaseRegistries(run, aws, config);
    await warnOfOtherLogins(log, { config, hosts });
    log.result(`For base images logged in to ${hosts.join(', ')}`);
  });
}
