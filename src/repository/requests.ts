import type { CreateRepositoryRequest, RepositoryCreationTemplate } from '@aws-sdk/client-ecr';
import type { RepositoryCatalogDataInput } from '@aws-sdk/client-ecr-public';
import { tagSettingOf } from '../ecr/mutability.ts';
import type { TagMutability } from '../ecr/mutability.ts';
import { inRegistry } from '../ecr/reference.ts';
import type { AskedSettings, CatalogData, RepositoryPlan } from './plan.ts';

/** The request of CreateRepository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export function createRequestOf(
  plan: RepositoryPlan,
): CreateRepositoryRequest & { catalogData?: RepositoryCatalogDataInput } {
  const { name: repositoryName, mutability, scanOnPush, asked } = plan;
  const { tags, encryption, catalog } = asked;
  return {
    repositoryName,
    ...inRegistry(plan),
    ...(Object.keys(tags).length > 0 && { tags: resourceTags(tags) }),
    ...(plan.type === 'private' && {
      ...tagSettingOf(mutability),
      imageScanningConfiguration: { scanOnPush },
    }),
    ...(encryption && {
      encryptionConfiguration: {
        encryptionType: encryption.type,
        ...(encryption.key !== undefined && { kmsKey: encryption.key }),
      },
    }),
    ...(catalog && { catalogData: catalogRequest(catalog) }),
  };
}

/** Resource tags in the form of the API. */
export function resourceTags(tags: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Catalog data in the form of the API, with the logo as bytes. */
export function catalogRequest({ logoImageBlob, ...rest }: CatalogData): RepositoryCatalogDataInput {
  return {
    ...rest,
    ...(logoImageBlob !== undefined && { logoImageBlob: Buffer.from(logoImageBlob, 'base64') }),
  };
}

/**
 * The mutability to put on an existing repository. ECR takes setting and filters together, so the one that the inputs do not
 * ask for keeps its current value. If the setting changes, the current filters would mean the opposite, so those of a new
 * repository (`made`) are used.
 */
export function mergeMutability(
  { mutability: setting, exclusions }: Pick<AskedSettings, 'mutability' | 'exclusions'>,
  { found, made }: { found: TagMutability; made: TagMutability },
): TagMutability {
  if (setting === undefined) {
    if (exclusions === undefined || found.setting === 'MUTABLE') return found;
    return {
      setting: found.setting === 'IMMUTABLE' ? 'IMMUTABLE_WITH_EXCLUSION' : found.setting,
      exclusions,
    };
  }
  const stays = setting === found.setting ? found.exclusions : made.exclusions;
  return { setting, exclusions: exclusions ?? stays };
}

/**
 * The template by which the registry creates a repository of this name on push; `undefined` if there is none. The longest
 * prefix applies, with a slash at its end whether or not it was given with one, and ROOT matches every name.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export function createsOnPush(
  name: string,
  templates: readonly RepositoryCreationTemplate[],
): RepositoryCreationTemplate | undefined {
  const matching = templates
    .filter(template => name.startsWith(prefixOf(template)))
    .toSorted((a, b) => prefixOf(b).length - prefixOf(a).length);
  return matching[0]?.appliedFor?.includes('CREATE_ON_PUSH') ? matching[0] : undefined;
}

function prefixOf({ prefix = '' }: RepositoryCreationTemplate): string {
  return prefix === 'ROOT' ? '' : prefix.replace(/\/?$/, '/');
}
