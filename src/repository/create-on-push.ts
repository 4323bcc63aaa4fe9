import type { RepositoryCreationTemplate } from '@aws-sdk/client-ecr';
import { requestLogin } from '../aws/authorization-token.ts';
import type { Aws } from '../aws/aws.ts';
import { isRefusal } from '../aws/client.ts';
import { mutabilityOf } from '../ecr/mutability.ts';
import { Failure } from '../platform/failure.ts';
import { sayMissing } from './errors.ts';
import type { RepositoryPlan } from './plan.ts';
import type { Repository } from './repository.ts';
import { createsOnPush } from './requests.ts';

/**
 * The repository that the registry will create when the image is pushed, with the settings of a template; without such a
 * template this throws a `Failure`. The templates of another account's registry cannot be read.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export async function expectCreateOnPush(
  { ecr, region }: Aws,
  plan: RepositoryPlan,
  { push }: { push: boolean },
): Promise<Repository> {
  const { registryId, templates } =
    push && plan.type === 'private' ? await readTemplates(ecr) : { registryId: undefined, templates: [] };
  const isAsked = registryId !== undefined && registryId === (plan.registryId ?? registryId);
  const template = isAsked ? createsOnPush(plan.name, templates) : undefined;
  if (template === undefined || registryId === undefined) {
    const { message, remedy } = sayMissing(plan, { region, push });
    throw new Failure(message, { remedy });
  }
  const { host } = await requestLogin(ecr, registryId);
  return {
    name: plan.name,
    registryId,
    uri: `${host}/${plan.name}`,
    mutability: mutabilityOf(template),
    scanOnPush: false,
    encryption: { type: template.encryptionConfiguration?.encryptionType ?? 'AES256' },
    madeBy: 'the registry on push',
  };
}

/** All templates of the registry, page by page; none if the role may not read them. */
async function readTemplates(
  ecr: Aws['ecr'],
): Promise<{ registryId?: string | undefined; templates: RepositoryCreationTemplate[] }> {
  const templates: RepositoryCreationTemplate[] = [];
  let registryId: string | undefined;
  let nextToken: string | undefined;
  do {
    const asked = nextToken === undefined ? {} : { nextToken };
    const page = await ecr.describeRepositoryCreationTemplates(asked).catch(error => {
      if (isRefusal(error, 'AccessDeniedException')) return undefined;
      throw error;
    });
    if (page === undefined) return { templates: [] };
    templates.push(...(page.repositoryCreationTemplates ?? []));
    registryId = page.registryId;
    // A token that comes back would be asked for without an end.
    nextToken = page.nextToken === nextToken ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  return { registryId, templates };
}
