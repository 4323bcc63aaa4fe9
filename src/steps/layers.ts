import type { Job } from '../platform/runner.ts';
import { cacheBeside } from '../rules/cache.ts';
import type { CacheArguments } from '../rules/cache.ts';
import type { Plan } from '../rules/plan.ts';
import type { Repository } from './repository.ts';

/** Where this build's layers come from and go to. BuildKit itself fetches only those that it needs. */
export function restoreLayers(
  job: Job,
  { uri, mutability, created }: Repository,
  plan: Plan['layers'],
): Promise<CacheArguments> {
  return job.step('Restore layers', async log => {
    if (plan.kind === 'off') {
      log.result('Layer caching is off');
      return { from: [], to: [] };
    }
    const cache = cacheBeside(uri, { mutability, readOnly: plan.readOnly, isNew: created });
    for (const each of cache.from) log.info(`From  ${each}`);
    for (const each of cache.to) log.info(`To    ${each}`);
    if (cache.warning !== undefined) log.warn(cache.warning);
    log.result(told(cache));
    return cache;
  });
}

function told({ from, to }: CacheArguments): string {
  if (from.length === 0)
    return to.length > 0 ? 'Nothing cached yet; to be written to the registry' : 'Nothing cached yet';
  return to.length > 0
    ? 'To be read from the registry and written back'
    : 'To be read from the registry, not written';
}
