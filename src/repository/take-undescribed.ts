import { requestLogin } from '../aws/authorization-token.ts';
import { isRefusal } from '../aws/client.ts';
import type { Ecr } from '../aws/ecr.ts';
import { addressOf } from '../ecr/reference.ts';
import { givenSettings } from './errors.ts';
import type { RepositoryPlan } from './plan.ts';
import type { Repository } from './repository.ts';

/**
 * The repository of a role that may not describe it: in the registry that ECR names for a login, by the name in the inputs. Tags are
 * taken to move, so that nothing is left out beforehand and ECR itself refuses what it does not allow.
 * @throws the refusal, where this run would create the repository or change its settings, or has no login to learn the registry of.
 */
export async function takeUndescribed(
  { ecr }: { ecr: Pick<Ecr, 'getAuthorizationToken'> },
  plan: RepositoryPlan,
  refusal: unknown,
): Promise<Repository> {
  const mustKnow = plan.onDrift === 'reconcile' || plan.onDrift === 'fail';
  if (plan.create || plan.type === 'public' || (mustKnow && givenSettings(plan.asked).length > 0))
    throw refusal;
  const { host } = await requestLogin(ecr, plan.registryId).catch(error => {
    throw isRefusal(error, 'AccessDeniedException') ? refusal : error;
  });
  const uri = `${host}/${plan.name}`;
  const registryId = addressOf(uri).registryId ?? plan.registryId;
  if (host === undefined || registryId === undefined) throw refusal;
  return {
    name: plan.name,
    registryId,
    uri,
    mutability: { setting: 'MUTABLE', exclusions: [] },
    scanOnPush: false,
    encryption: { type: 'AES256' },
    madeBy: 'somebody unseen',
  };
}
