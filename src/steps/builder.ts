import { randomUUID } from 'node:crypto';
import type { Docker } from '../platform/docker.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/runner.ts';
import { remember } from '../platform/state.ts';
import type { Plan } from '../rules/plan.ts';

/**
 * The builder's name, where the current one can't do what is asked: the plain docker driver without the containerd
 * image store neither exports a cache to a registry nor builds several platforms.
 * https://docs.docker.com/build/builders/drivers/
 */
export async function prepareBuilder(job: Job, docker: Docker, plan: Plan): Promise<string | undefined> {
  const asksMore = plan.layers.kind !== 'off' || plan.build.platforms.length > 1;
  if (docker.containerdStore || !asksMore) return undefined;
  return job.step('Prepare the builder', async log => {
    const inspected = await docker.buildx(['inspect'], { signal: job.signal });
    if (!/^Driver:\s+docker$/m.test(inspected.output)) {
      log.result("The job's own builder can do what is asked");
      return undefined;
    }
    const name = `ecr-image-${randomUUID()}`;
    remember({ builder: name });
    const { exitCode, output } = await docker.buildx(
      ['create', '--name', name, '--driver', 'docker-container'],
      {
        signal: job.signal,
      },
    );
    if (exitCode !== 0) {
      throw new Failure(`buildx could not make a builder: ${output.trim()}`, {
        remedy:
          'Set `cache: off` and a single platform, which the present builder can do, or turn on the containerd image store of this engine.',
      });
    }
    log.info("The engine's own builder can't cache in a registry or build several platforms.");
    log.result('Made a builder for this job (docker-container); removed when the job ends');
    return name;
  });
}
