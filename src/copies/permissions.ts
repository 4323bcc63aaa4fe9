import { repositoryArn } from '../aws/arn.ts';
import { loginStatement, policyWith } from '../aws/iam-policy.ts';
import type { PolicyDocument, PolicyStatement } from '../aws/iam-policy.ts';
import { keyStatements, settingActions } from '../repository/permissions.ts';
import type { PermissionsByHolder } from '../role/permissions-elsewhere.ts';
import { actingRole } from '../role/plan.ts';
import type { RolePlan } from '../role/plan.ts';
import type { DestinationPlan } from './plan.ts';

type PermittedRole = Pick<RolePlan, 'region' | 'source' | 'chain'>;

/** What the step's own role needs at the repository that images are copied from, beside what each run needs. */
export const sourceActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

const copyActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:DescribeRepositories',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];

/** The least permissions for these destinations. */
export function copyPermissions(
  destinations: readonly DestinationPlan[],
  role: PermittedRole,
): PermissionsByHolder {
  const byRole = Map.groupBy(destinations, each => each.role?.arn);
  const own = byRole.get(undefined) ?? [];
  const others = [...byRole].flatMap(([arn, ofRole]) => (arn === undefined ? [] : [{ arn, ofRole }]));
  const chained = others.filter(({ ofRole }) => ofRole.some(each => each.role?.source === 'chained'));
  return {
    own: [
      ...(own.length > 0 ? statementsFor(own, actingRole(role)) : []),
      ...(chained.length > 0
        ? [
            {
              Sid: 'CopyRoles',
              Effect: 'Allow' as const,
              Action: 'sts:AssumeRole',
              Resource: oneOrMore(chained.map(({ arn }) => arn)),
            },
          ]
        : []),
    ],
    roles: others.map(({ arn, ofRole }) => ({
      role: arn,
      isByOidc: ofRole.some(each => each.role?.source === 'oidc'),
      permissions: policyWith(statementsFor(ofRole, arn)),
    })),
    repositories: destinations
      .filter(({ isForeign }) => isForeign)
      .map(each => ({
        repository: arnOf(each, actingRole(role)),
        permissions: repositoryPolicyFor(each, actingRole(role)),
      })),
  };
}

/** The policy by which a repository of another account admits the step's role. A repository's policy names no resource. */
export function repositoryPolicyFor(
  { repository }: Pick<DestinationPlan, 'repository'>,
  stepRole: string | undefined,
): PolicyDocument {
  return policyWith([
    {
      Sid: 'CopyFromCi',
      Effect: 'Allow',
      Principal: { AWS: stepRole ?? '*' },
      Action: actionsFor({ repository: { ...repository, create: false } }),
    },
  ]);
}

/** The statements of one role, one for all repositories that need the same actions. */
function statementsFor(
  destinations: readonly DestinationPlan[],
  role: string | undefined,
): PolicyStatement[] {
  const byActions = Map.groupBy(destinations, each => actionsFor(each).join(' '));
  return [
    loginStatement,
    ...Array.from(byActions.values(), (alike, index) => ({
      Sid: sidOf('Copies', index),
      Effect: 'Allow' as const,
      Action: alike.slice(0, 1).flatMap(actionsFor),
      Resource: oneOrMore(alike.map(each => arnOf(each, role))),
    })),
    ...destinations
      .filter(({ repository: { create, asked } }) => create && asked.encryption?.key !== undefined)
      .flatMap((each, index) =>
        keyStatements(each.repository, { role, region: each.region, sid: sidOf('CopyKey', index) }),
      ),
  ];
}

function actionsFor({ repository }: Pick<DestinationPlan, 'repository'>): string[] {
  const settings = settingActions(repository).map(action => `ecr:${action}`);
  return [...new Set([...copyActions, ...settings])].toSorted();
}

/** IAM takes no Sid twice in one policy. */
function sidOf(name: string, index: number): string {
  return index === 0 ? name : `${name}${index + 1}`;
}

function arnOf({ region, repository }: DestinationPlan, role: string | undefined): string {
  return repositoryArn({ ...repository, region }, role);
}

function oneOrMore(texts: readonly string[]): string | string[] {
  const distinct = [...new Set(texts)];
  const [only] = distinct;
  return only !== undefined && distinct.length === 1 ? only : distinct;
}
