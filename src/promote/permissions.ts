import { parseArn } from '../aws/arn.ts';
import type { PolicyDocument, PolicyStatement } from '../aws/iam-policy.ts';
import { actingRole } from '../role/plan.ts';
import type { RolePlan } from '../role/plan.ts';
import type { PromotionPlan, SourceImage } from './plan.ts';

/** What it takes to read the image that is promoted, by who has to be given it. */
export interface PromotionPermissions {
  /** Further statements for the step's own role. */
  own: PolicyStatement[];
  /** Those of the role that reads the image, where it is not the step's own. */
  roles: { role: string; isByOidc: boolean; permissions: PolicyDocument }[];
  /** What the policy of the image's repository has to say, where another account's role reads it, as far as the inputs tell. */
  repositories: { repository: string; permissions: PolicyDocument }[];
}

/** Manifests, what refers to them, and layers. ListImageReferrers has no action of its own. */
const actions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** The least permissions to read the image that is promoted. In another account the policy of its repository has to allow it too. */
export function promotionPermissions(
  { source, role: other }: PromotionPlan,
  role: Pick<RolePlan, 'source' | 'chain'>,
): PromotionPermissions {
  const reader = other?.arn ?? actingRole(role);
  const repository = arnOf(source, reader);
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
        : [{ role: other.arn, isByOidc: other.source === 'oidc', permissions: documentOf(reading) }],
    repositories: isForeign(source, reader)
      ? [
          {
            repository,
            permissions: documentOf({
              Sid: 'Promote',
              Effect: 'Allow',
              Principal: { AWS: reader },
              Action: actions,
            }),
          },
        ]
      : [],
  };
}

function arnOf({ repository, region }: SourceImage, reader: string | undefined): string {
  const { partition = '*', account = '*' } = parseArn(reader ?? '');
  const { name, registryId = account } = repository;
  return `arn:${partition}:ecr:${region}:${registryId}:repository/${name}`;
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

function documentOf(statement: PolicyStatement): PolicyDocument {
  return { Version: '2012-10-17', Statement: [statement] };
}
