import type { Aws } from '../aws/aws.ts';
import { sayMutability } from '../ecr/mutability.ts';
import { setOutput } from '../platform/actions.ts';
import type { RunOf } from '../platform/run-of.ts';
import { givenSettings } from './errors.ts';
import { findOrCreate } from './find-or-create.ts';
import type { RepositoryPlan } from './plan.ts';
import { isDescribed, isNew, sayRepository } from './repository.ts';
import type { Repository } from './repository.ts';

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
    const found = await findOrCreate(aws, plan, { push, log });
    const { lines, result } = sayRepository(found, plan.type);
    for (const line of [...(plan.lowered ?? []), ...lines]) log.info(line);
    const unusedInputs = givenSettings(plan.asked).join(', ');
    if (found.madeBy === 'the registry on push' && unusedInputs !== '') {
      log.warn(
        `${plan.name}: the registry creates it by its template, so nothing comes of ${unusedInputs} in this run; the next one compares them`,
      );
    }
    if (!isDescribed(found) && unusedInputs !== '' && plan.onDrift !== 'ignore') {
      log.warn(
        `${plan.name}: ${unusedInputs} cannot be compared, as the role may not ask for the repository. Allow ecr:DescribeRepositories, or set \`on-drift: ignore\`.`,
      );
    }
    log.result(result);
    const { uri, registryId, mutability } = found;
    setOutput('aws-account-id', registryId);
    setOutput('repository-uri', uri);
    const tagSetting = isDescribed(found) ? sayMutability(mutability) : 'settings not known';
    tell({ repository: { uri, created: isNew(found), tagSetting } });
    return found;
  });
}
