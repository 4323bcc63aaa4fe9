import { homeOf, repositoryArn } from './aws/arn.ts';
import { loginStatement, policyWith } from './aws/iam-policy.ts';
import type { PolicyDocument, PolicyStatement } from './aws/iam-policy.ts';
import { mayUseEcr } from './cache-mounts/plan.ts';
import type { MountsPlan } from './cache-mounts/plan.ts';
import type { CachePlan } from './cache/plan.ts';
import { copyPermissions, sourceActions } from './copies/permissions.ts';
import type { DestinationPlan } from './copies/plan.ts';
import type { BaseRepository } from './ecr/base-registries.ts';
import type { LoginsPlan } from './image/login-inputs.ts';
import { baseStatements } from './image/permissions.ts';
import { promotionPermissions } from './promote/permissions.ts';
import type { PromotionPlan } from './promote/plan.ts';
import type { ReplicationInputs } from './replication/inputs.ts';
import { replicationStatements } from './replication/permissions.ts';
import { keyStatements, settingActions } from './repository/permissions.ts';
import type { RepositoryPlan } from './repository/plan.ts';
import type { PermissionsElsewhere } from './role/permissions-elsewhere.ts';
import { actingRole } from './role/plan.ts';
import type { RolePlan } from './role/plan.ts';
import type { Tags } from './tags/plan.ts';
import type { Mode } from './validation/mode.ts';

/** The parts of the plan that permissions depend on. */
export interface PermittedPlan {
  mode: Mode;
  push: boolean;
  role: Pick<RolePlan, 'region' | 'source' | 'chain'>;
  repository: RepositoryPlan;
  layers: CachePlan;
  mounts: MountsPlan;
  gate: { wait: boolean };
  promotion?: PromotionPlan;
  replication: Pick<ReplicationInputs, 'wait'>;
  tags: Pick<Tags, 'releases' | 'mayClaim'>;
  /** The repositories that the image is copied to. */
  copies: readonly DestinationPlan[];
  logins: LoginsPlan;
  baseRepositories: BaseRepository[];
}

/** The least permissions that the acting role needs for these inputs. */
export function permissionsFor(plan: PermittedPlan): PolicyDocument {
  const statements = statementsFor(plan);
  const { own } = copyPermissions(plan.copies, plan.role);
  const known = new Set(statements.map(({ Sid }) => Sid));
  return policyWith([
    ...statements,
    ...replicationStatements(plan),
    ...own.filter(({ Sid }) => !known.has(Sid)),
  ]);
}

/** The least permissions of the other roles that the run assumes, and of repositories in other accounts. */
export function permissionsElsewhere({
  role,
  copies,
  promotion,
}: Pick<PermittedPlan, 'role' | 'copies' | 'promotion'>): PermissionsElsewhere {
  const all = [
    copyPermissions(copies, role),
    ...(promotion === undefined ? [] : [promotionPermissions(promotion, role)]),
  ];
  const byRole = Map.groupBy(
    all.flatMap(({ roles }) => roles),
    ({ role: arn }) => arn,
  );
  return {
    // One that copies may read what is promoted too, and has one policy.
    roles: Array.from(byRole, ([arn, alike]) => ({
      role: arn,
      isByOidc: alike.some(({ isByOidc }) => isByOidc),
      permissions: policyWith(alike.flatMap(({ permissions }) => permissions.Statement)),
    })),
    repositories: all.flatMap(({ repositories }) => repositories),
  };
}

function statementsFor(plan: PermittedPlan): PolicyStatement[] {
  if (plan.mode === 'gate' || plan.mode === 'merge') return [gateStatement(plan)];
  const bases = baseStatements(plan, plan.layers.kind === 'off' ? undefined : plan.layers.repository);
  if (!plan.push && plan.mode !== 'promote') return bases;
  const image = plan.repository.type === 'public' ? publicStatements(plan) : privateStatements(plan);
  return [...image, ...bases];
}

function privateStatements(plan: PermittedPlan): PolicyStatement[] {
  const { repository, gate, layers, mounts, tags } = plan;
  const image = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    ...(tags.mayClaim ? ['ecr:DescribeImages'] : []),
    ...(gate.wait ? ['ecr:DescribeImageScanFindings', 'ecr:StartImageScan'] : []),
    'ecr:DescribeRepositories',
    ...(readsLayers(layers) || mayUseEcr(mounts) ? ['ecr:GetDownloadUrlForLayer'] : []),
    ...(plan.copies.length > 0 ? sourceActions : []),
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
    ...settingActions(repository).map(action => `ecr:${action}`),
  ];
  return [
    loginStatement,
    {
      Sid: 'Image',
      Effect: 'Allow',
      Action: [...new Set(image)].toSorted(),
      Resource: ownArn(plan, repository),
    },
    ...keyStatements(repository, { role: actingRole(plan.role), region: plan.role.region }),
    ...(layers.kind !== 'off' && layers.repository !== undefined
      ? [cacheStatement(plan, layers.repository)]
      : []),
    ...(plan.promotion === undefined ? [] : promotionPermissions(plan.promotion, plan.role).own),
  ];
}

/** BuildKit pushes caches to a separate repository, which gets its own lifecycle policy when it is created. */
function cacheStatement(plan: PermittedPlan, name: string): PolicyStatement {
  const actions = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    ...(plan.repository.create ? ['ecr:CreateRepository', 'ecr:PutLifecyclePolicy'] : []),
    'ecr:DescribeRepositories',
    'ecr:GetDownloadUrlForLayer',
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
  ];
  return {
    Sid: 'Cache',
    Effect: 'Allow',
    Action: actions.toSorted(),
    Resource: ownArn(plan, { ...plan.repository, name }),
  };
}

/** Whether BuildKit reads cached layers from the image's repository, or may do so because the user gave `cache-from`. */
function readsLayers(layers: CachePlan): boolean {
  if (layers.kind === 'off') return false;
  if (layers.raw.from.length > 0) return true;
  return layers.repository === undefined && /^(auto|registry|inline)$/.test(layers.kind);
}

/** https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policies.html */
function publicStatements(plan: PermittedPlan): PolicyStatement[] {
  const image = [
    'BatchCheckLayerAvailability',
    'CompleteLayerUpload',
    ...(plan.tags.mayClaim ? ['DescribeImages'] : []),
    'DescribeRepositories',
    'InitiateLayerUpload',
    'PutImage',
    'UploadLayerPart',
    ...settingActions(plan.repository),
  ];
  const { alias, registryId } = plan.repository;
  const { partition, account } = homeOf(actingRole(plan.role));
  const login = [
    ...((alias ?? registryId) !== undefined ? ['ecr-public:DescribeRegistries'] : []),
    'ecr-public:GetAuthorizationToken',
    'sts:GetServiceBearerToken',
  ];
  return [
    { Sid: 'Login', Effect: 'Allow', Action: login, Resource: '*' },
    {
      Sid: 'Image',
      Effect: 'Allow',
      Action: [...new Set(image)].map(action => `ecr-public:${action}`).toSorted(),
      Resource: `arn:${partition}:ecr-public::${registryId ?? account}:repository/${plan.repository.name}`,
    },
  ];
}

/** To judge and release an existing image needs no registry login, only reading and putting its manifest. */
function gateStatement(plan: PermittedPlan): PolicyStatement {
  const actions = [
    'ecr:BatchGetImage',
    ...(plan.gate.wait ? ['ecr:DescribeImageScanFindings'] : []),
    ...(plan.tags.mayClaim ? ['ecr:DescribeImages'] : []),
    'ecr:DescribeRepositories',
    ...(plan.copies.length > 0 ? sourceActions : []),
    ...(plan.mode === 'merge' || plan.tags.releases.length > 0 ? ['ecr:PutImage'] : []),
    ...(plan.gate.wait ? ['ecr:StartImageScan'] : []),
  ];
  return {
    Sid: 'Image',
    Effect: 'Allow',
    Action: [...new Set(actions)],
    Resource: ownArn(plan, plan.repository),
  };
}

/** The ARN of a repository in the registry that the run pushes to. */
function ownArn(
  { role }: Pick<PermittedPlan, 'role'>,
  { name, registryId }: Pick<RepositoryPlan, 'name' | 'registryId'>,
): string {
  return repositoryArn({ name, registryId, region: role.region }, actingRole(role));
}
