import type { Plan } from './plan.ts';
import type { PolicyDocument, Statement } from './policy.ts';
import type { RepositoryPlan } from './repository.ts';
import { actingRole } from './role.ts';
import type { RolePlan } from './role.ts';

/** The least permissions of the role that acts: what these inputs need and nothing else. */
export function permissionsFor(plan: Plan): PolicyDocument {
  const image = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    ...(plan.tags.mayClaim ? ['ecr:DescribeImages'] : []),
    ...(plan.gate.wait ? ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan'] : []),
    'ecr:DescribeRepositories',
    ...(plan.layers.kind === 'registry' ? ['ecr:GetDownloadUrlForLayer'] : []),
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
    ...settingActions(plan.repository).map(action => `ecr:${action}`),
  ];
  const statements: Statement[] = [
    { Sid: 'Login', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    { Sid: 'Image', Effect: 'Allow', Action: [...new Set(image)].toSorted(), Resource: repositoryArn(plan) },
  ];
  return { Version: '2012-10-17', Statement: plan.push ? statements : [] };
}

/** What creates the repository, compares it with what was asked, and changes it; each by the inputs that ask for it. */
function settingActions({ create, asked, onDrift }: RepositoryPlan): string[] {
  const { tags, mutability, scanOnPush, lifecyclePolicy, repositoryPolicy, catalog } = asked;
  const policy = repositoryPolicy !== undefined || asked.pullAccounts.length + asked.pullServices.length > 0;
  const hasTags = Object.keys(tags).length > 0;
  const compares = onDrift !== 'ignore';
  const changes = onDrift === 'reconcile';
  const wishes: [isAsked: boolean, action: string][] = [
    [create, 'CreateRepository'],
    [create && hasTags, 'TagResource'],
    [create && policy, 'SetRepositoryPolicy'],
    [(create || changes) && lifecyclePolicy !== undefined, 'PutLifecyclePolicy'],
    [(create || changes) && lifecyclePolicy !== undefined, 'StartLifecyclePolicyPreview'],
    [(create || changes) && lifecyclePolicy !== undefined, 'GetLifecyclePolicyPreview'],
    [compares && hasTags, 'ListTagsForResource'],
    [compares && policy, 'GetRepositoryPolicy'],
    [compares && lifecyclePolicy !== undefined, 'GetLifecyclePolicy'],
    [compares && catalog !== undefined, 'GetRepositoryCatalogData'],
    [changes && hasTags, 'TagResource'],
    [changes && policy, 'SetRepositoryPolicy'],
    [changes && mutability !== undefined, 'PutImageTagMutability'],
    [changes && scanOnPush !== undefined, 'PutImageScanningConfiguration'],
    [changes && catalog !== undefined, 'PutRepositoryCatalogData'],
  ];
  return wishes.filter(([isAsked]) => isAsked).map(([, action]) => action);
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
