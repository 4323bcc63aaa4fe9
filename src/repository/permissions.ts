import { homeOf } from '../aws/arn.ts';
import type { PolicyStatement } from '../aws/iam-policy.ts';
import type { RepositoryPlan } from './plan.ts';

interface KeyOptions {
  /** The ARN of whoever creates the repository, whose account has the key unless the key's own ARN names another. */
  role: string | undefined;
  region: string;
  sid?: string;
}

/** The actions that create the repository, compare its settings and change them, as far as the inputs ask for it. */
export function settingActions({ create, asked, onDrift }: RepositoryPlan): string[] {
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
export function keyStatements(
  { create, asked: { encryption } }: Pick<RepositoryPlan, 'create' | 'asked'>,
  { role, region, sid = 'Key' }: KeyOptions,
): PolicyStatement[] {
  const key = create ? encryption?.key : undefined;
  if (key === undefined || isManagedKey(key)) return [];
  const { partition, account } = homeOf(role);
  const arn = key.startsWith('arn:')
    ? key
    : `arn:${partition}:kms:${region}:${account}:${key.startsWith('alias/') ? key : `key/${key}`}`;
  const [place = arn, alias] = arn.split(':alias/');
  const service = `ecr.${region}.amazonaws.com`;
  return [
    {
      Sid: sid,
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:RetireGrant'],
      Resource: alias === undefined ? arn : `${place}:key/*`,
      Condition: {
        // AWS documents the first form for every region; names of services in China may end with .cn.
        StringEquals: {
          'kms:ViaService': region.startsWith('cn-') ? [service, `${service}.cn`] : service,
        },
        ...(alias !== undefined && {
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${alias}` },
        }),
      },
    },
  ];
}

/** Whether the key is the one that AWS keeps for ECR, which needs no permission of whoever creates a repository. */
function isManagedKey(key: string): boolean {
  return key.endsWith('alias/aws/ecr');
}
