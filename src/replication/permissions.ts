import { repositoryArn } from '../aws/arn.ts';
import type { PolicyStatement } from '../aws/iam-policy.ts';
import { actingRole } from '../role/plan.ts';
import type { RolePlan } from '../role/plan.ts';
import { isBuildMode } from '../validation/mode.ts';
import type { Mode } from '../validation/mode.ts';
import type { ReplicationInputs } from './inputs.ts';

interface ReplicationParts {
  mode: Mode;
  push: boolean;
  role: Pick<RolePlan, 'region' | 'source' | 'chain'>;
  repository: { name: string; registryId?: string };
  replication: Pick<ReplicationInputs, 'wait'>;
}

/**
 * What the wait for the replication asks. Which registries the rules name is not known before, so that the repository of that name
 * may be looked at in each region; without that permission only the digest is known to be there.
 */
export function replicationStatements({
  mode,
  push,
  role,
  repository,
  replication,
}: ReplicationParts): PolicyStatement[] {
  if (!replication.wait || (isBuildMode(mode) && !push)) return [];
  const acting = actingRole(role);
  return [
    { Sid: 'ReplicationRules', Effect: 'Allow', Action: 'ecr:DescribeRegistry', Resource: '*' },
    {
      Sid: 'Replication',
      Effect: 'Allow',
      Action: 'ecr:DescribeImageReplicationStatus',
      Resource: repositoryArn({ ...repository, region: role.region }, acting),
    },
    {
      Sid: 'Replicas',
      Effect: 'Allow',
      Action: ['ecr:BatchGetImage', 'ecr:DescribeRepositories'],
      Resource: repositoryArn({ name: repository.name, region: '*', registryId: '*' }, acting),
    },
  ];
}
