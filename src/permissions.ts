import { parseArn } from './aws/arn.ts';
import type { PolicyDocument, PolicyStatement } from './aws/iam-policy.ts';
import { mayUseEcr } from './cache-mounts/plan.ts';
import type { MountsPlan } from './cache-mounts/plan.ts';
import type { CachePlan } from './cache/plan.ts';
import type { RepositoryPlan } from './repository/plan.ts';
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
  tags: Pick<Tags, 'releases' | 'mayClaim'>;
}

/** The least permissions that the acting role needs for these inputs. */
export function permissionsFor(plan: PermittedPlan): PolicyDocument {
  if (plan.mode === 'gate' || plan.mode === 'merge')
    return { Version: '2012-10-17', Statement: [gateStatement(plan)] };
  if (!plan.push) return { Version: '2012-10-17', Statement: [] };
  return {
    Version: '2012-10-17',
    Statement: plan.repository.type === 'public' ? publicStatements(plan) : privateStatements(plan),
  };
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
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
    ...settingActions(repository).map(action => `ecr:${action}`),
  ];
  const { encryption } = repository.asked;
  return [
    { Sid: 'Login', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    {
      Sid: 'Image',
      Effect: 'Allow',
      Action: [...new Set(image)].toSorted(),
      Resource: repositoryArn(plan, 'ecr'),
    },
    ...(repository.create && encryption?.key !== undefined && !isManagedKey(encryption.key)
      ? [keyStatement(plan, encryption.key)]
      : []),
    ...(layers.kind !== 'off' && layers.repository !== undefined
      ? [cacheStatement(plan, layers.repository)]
      : []),
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
    Resource: repositoryArn({ ...plan, repository: { ...plan.repository, name } }, 'ecr'),
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
      Resource: repositoryArn(plan, 'ecr-public'),
    },
  ];
}

/** The actions that create the repository, compare its settings and change them, as far as the inputs ask for it. */
function settingActions({ create, asked, onDrift }: RepositoryPlan): string[] {
  const { tags, mutability, exclusions, scanOnPush, lifecyclePolicy, repositoryPolicy, catalog } = asked;
  const policy = repositoryPolicy !== undefined || asked.pullAccounts.length + asked.pullServices.length > 0;
  const hasTags = Object.keys(tags).length > 0;
  const compares = onDrift !== 'ignore';
  const changes = onDrift === 'reconcile';
  const actions: [isAsked: boolean, action: string][] = [
    [create, 'CreateRepository'],
    [create && hasTags, 'TagResource'],
    [create && policy, 'SetRepositoryPolicy'],
    [(create || changes) && lifecyclePolicy !== undefined, 'PutLifecyclePolicy'],
    [(create || changes) && lifecyclePolicy !== undefined, 'StartLifecyclePolicyPreview'],
    [(create || changes) && lifecyclePolicy !== undefined, 'GetLifecyclePolicyPreview'],
    [compares && scanOnPush !== undefined, 'BatchGetRepositoryScanningConfiguration'],
    [compares && hasTags, 'ListTagsForResource'],
    [compares && policy, 'GetRepositoryPolicy'],
    [compares && lifecyclePolicy !== undefined, 'GetLifecyclePolicy'],
    [compares && catalog !== undefined, 'GetRepositoryCatalogData'],
    [changes && hasTags, 'TagResource'],
    [changes && policy, 'SetRepositoryPolicy'],
    [changes && (mutability ?? exclusions) !== undefined, 'PutImageTagMutability'],
    [changes && scanOnPush !== undefined, 'PutImageScanningConfiguration'],
    [changes && catalog !== undefined, 'PutRepositoryCatalogData'],
  ];
  return actions.filter(([isAsked]) => isAsked).map(([, action]) => action);
}

/**
 * What ECR does to a key in the name of whoever creates a repository: it looks the key up and gives the repository itself grants, with
 * which ECR encrypts and decrypts later. The conditions keep the role from using the key by itself, since CreateGrant alone would let
 * it give the key to anybody. A policy names keys by their ARN only, so that an alias has to be a condition.
 *
 * - https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 * - https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
function keyStatement({ role }: PermittedPlan, key: string): PolicyStatement {
  const { partition = '*', account = '*' } = parseArn(actingRole(role) ?? '');
  const arn = key.startsWith('arn:')
    ? key
    : `arn:${partition}:kms:${role.region}:${account}:${key.startsWith('alias/') ? key : `key/${key}`}`;
  const [place = arn, alias] = arn.split(':alias/');
  const service = `ecr.${role.region}.amazonaws.com`;
  return {
    Sid: 'Key',
    Effect: 'Allow',
    Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant'],
    Resource: alias === undefined ? arn : `${place}:key/*`,
    Condition: {
      // AWS documents the first form for every region; names of services in China may end with .cn.
      StringEquals: {
        'kms:ViaService': role.region.startsWith('cn-') ? [service, `${service}.cn`] : service,
      },
      ...(alias !== undefined && {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${alias}` },
      }),
    },
  };
}

/** Whether the key is the one that AWS keeps for ECR, which needs no permission of whoever creates a repository. */
function isManagedKey(key: string): boolean {
  return key.endsWith('alias/aws/ecr');
}

/** To judge and release an existing image needs no registry login, only reading and putting its manifest. */
function gateStatement(plan: PermittedPlan): PolicyStatement {
  const actions = [
    'ecr:BatchGetImage',
    ...(plan.gate.wait ? ['ecr:DescribeImageScanFindings'] : []),
    ...(plan.tags.mayClaim ? ['ecr:DescribeImages'] : []),
    'ecr:DescribeRepositories',
    ...(plan.mode === 'merge' || plan.tags.releases.length > 0 ? ['ecr:PutImage'] : []),
    ...(plan.gate.wait ? ['ecr:StartImageScan'] : []),
  ];
  return { Sid: 'Image', Effect: 'Allow', Action: actions, Resource: repositoryArn(plan, 'ecr') };
}

/** The ARN of the repository, with partition and account of the acting role, or `*` where there is no such role. */
function repositoryArn({ role, repository }: PermittedPlan, service: 'ecr' | 'ecr-public'): string {
  const { partition = '*', account = '*' } = parseArn(actingRole(role) ?? '');
  const region = service === 'ecr' ? role.region : '';
  return `arn:${partition}:${service}:${region}:${repository.registryId ?? account}:repository/${repository.name}`;
}
