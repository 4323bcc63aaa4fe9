import { parseArn, repositoryArn } from '../aws/arn.ts';
import { policyWith } from '../aws/iam-policy.ts';
import type { PolicyStatement } from '../aws/iam-policy.ts';
import type { PermissionsByHolder } from '../role/permissions-elsewhere.ts';
import { actingRole } from '../role/plan.ts';
import type { RolePlan } from '../role/plan.ts';
import type { PromotionPlan, SourceImage } from './plan.ts';

/** Manifests, what refers to them, and layers. ListImageReferrers has no action of its own. */
const actions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/**
 * The least permissions to read the image that is promoted. In another account the policy of its repository has to allow it too, as far
 * as the inputs tell the account.
 */
export function promotionPermissions(
  { source, role: other }: PromotionPlan,
  role: Pick<RolePlan, 'source' | 'chain'>,
): PermissionsByHolder {
  const reader = other?.arn ?? actingRole(role);
  const repository = repositoryArn({ ...source.repository, region: source.region }, reader);
  const reading: PolicyStatement = { Sid: 'Source', Effect: 'Allow', Action: actions, Resource: repository };
  const chain: PolicyStatement[] =
    other?.source === 'chained'
      ? [{ Sid: 'SourceRole', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: other.arn }]
      : [];
  return {
    own: other === undefined ? [reading] : chain,
    roles:
      other === undefined
        ? []
        : [{ role: other.arn, isByOidc: other.source === 'oidc', permissions: policyWith([reading]) }],
    repositories: isForeign(source, reader)
      ? [
          {
            repository,
            permissions: policyWith([
              { Sid: 'Promote', Effect: 'Allow', Principal: { AWS: reader }, Action: actions },
            ]),
          },
        ]
      : [],
  };
}

/**
 * Whether a role of another account than the image's reads it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
function isForeign(
  { repository: { registryId } }: SourceImage,
  reader: string | undefined,
): reader is string {
  if (reader === undefined || registryId === undefined) return false;
  return registryId !== parseArn(reader).account;
}
