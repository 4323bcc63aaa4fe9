import { parseArn } from '../aws/arn.ts';
import type { AwsSession } from '../aws/aws.ts';
import type { CredentialsProvider } from '../aws/client.ts';
import { openEcr } from '../aws/ecr.ts';
import { openInspector } from '../aws/inspector.ts';
import { partitionOf } from '../ecr/hosts.ts';
import type { Job } from '../platform/job.ts';
import { providerOf } from './open-sessions.ts';
import { MAX_CHAINED_SESSION_SECONDS } from './plan.ts';
import type { OtherRole, RolePlan } from './plan.ts';

/**
 * The provider of the credentials of another role than the step's own: by OIDC anew, or assumed with the session of the step, `own`.
 * Neither the session's policies nor its tags go there, as they are made for the step's own role; tags that are transitive STS itself
 * hands on.
 */
export function providerOfOther(
  job: Job,
  role: RolePlan,
  { other, own }: { other: OtherRole; own: CredentialsProvider },
): CredentialsProvider {
  const { sessionPolicy: _policy, externalId: _externalId, durationSeconds, ...kept } = role;
  const { externalId } = other;
  const isChained = other.source === 'chained';
  const plan: RolePlan = {
    ...kept,
    sessionPolicyArns: [],
    tags: {},
    spareTagKeys: [],
    transitiveTagKeys: [],
    ...(externalId !== undefined && { externalId }),
    durationSeconds: isChained ? Math.min(durationSeconds, MAX_CHAINED_SESSION_SECONDS) : durationSeconds,
    source: isChained ? { kind: 'default' } : { kind: 'oidc', arn: other.arn },
    chain: isChained ? [other.arn] : [],
  };
  return providerOf(job, plan, isChained ? own : undefined) ?? own;
}

/**
 * The region whose STS assumes another role for what is in `place`: that of the step, or, as a partition of AWS knows none of the roles
 * of others, that of the place itself.
 */
export function regionForRole(other: OtherRole, { own, place }: { own: string; place: string }): string {
  const { partition = partitionOf(own) } = parseArn(other.arn);
  return partition === partitionOf(own) ? own : place;
}

/** Opens the clients for a region with the credentials of some session. `denied` makes the remedy for a call that AWS denies. */
export async function openElsewhere(
  region: string,
  options: { credentials: CredentialsProvider; denied: (message: string) => string; signal: AbortSignal },
): Promise<AwsSession> {
  const { ecr } = await openEcr(region, options);
  return { region, ecr, inspector: () => openInspector(region, options), credentials: options.credentials };
}
