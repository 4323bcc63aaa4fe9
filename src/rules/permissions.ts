import type { Plan } from './plan.ts';
import type { PolicyDocument, Statement } from './policy.ts';
import { actingRole } from './role.ts';
import type { RolePlan } from './role.ts';

/** The least permissions of the role that acts: what these inputs need and nothing else. */
export function permissionsFor(plan: Plan): PolicyDocument {
  const image = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    ...(plan.repository.create ? ['ecr:CreateRepository'] : []),
    ...(plan.tags.mayClaim ? ['ecr:DescribeImages'] : []),
    ...(plan.gate.wait ? ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan'] : []),
    'ecr:DescribeRepositories',
    ...(plan.layers.kind === 'registry' ? ['ecr:GetDownloadUrlForLayer'] : []),
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
  ];
  const statements: Statement[] = [
    { Sid: 'Login', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    { Sid: 'Image', Effect: 'Allow', Action: image.toSorted(), Resource: repositoryArn(plan) },
  ];
  return { Version: '2012-10-17', Statement: plan.push ? statements : [] };
}

/** What a role that is followed by another needs to hand on to it. */
export function chainingPermissions({ tags }: RolePlan, next: string): PolicyDocument {
  const actions = ['sts:AssumeRole', ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : [])];
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'Chain', Effect: 'Allow', Action: actions, Resource: next }],
  };
}

/** Partition and account are those of the role that acts; where none is named, any. */
function repositoryArn({ role, repository }: Plan): string {
  const [, partition = '*', , , account = '*'] = actingRole(role)?.split(':') ?? [];
  return `arn:${partition}:ecr:${role.region}:${account}:repository/${repository.name}`;
}
