import { randomUUID } from 'node:crypto';
import type { RequestContext } from './conditions.ts';

/** A key that somebody has made, or that AWS keeps for ECR. */
export interface KmsKey {
  /** `arn:aws:kms:eu-central-1:123456789012:key/…` */
  arn: string;
  /** `alias/team` */
  alias?: string | undefined;
  enabled: boolean;
  /** AWS's own keys are used without a permission for them. */
  managed: boolean;
}

/** The keys of an account in a region. */
export interface Kms {
  /**
   * Makes a key, or one that is known by this alias anew.
   *
   * @returns its ARN
   */
  putKey: (key?: { alias?: string; enabled?: boolean }) => string;
  /** By its id, its ARN, its alias or its alias's ARN; ECR's own where nothing is named. */
  find: (reference?: string) => KmsKey | undefined;
}

/**
 * What KMS knows of a request that a service makes in a caller's name.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function keyContext(
  { alias, arn }: KmsKey,
  { service, callerAccount }: { service: string; callerAccount: string },
): RequestContext {
  const [, , , region] = arn.split(':');
  return {
    'kms:CallerAccount': callerAccount,
    'kms:ViaService': `${service}.${region}.amazonaws.com`,
    // Without an alias the key has no such value, which is not the same as an empty one.
    ...(alias === undefined ? {} : { 'kms:ResourceAliases': [alias] }),
  };
}

const ofEcr = 'alias/aws/ecr';

export function createKms({ accountId, region }: { accountId: string; region: string }): Kms {
  const place = `arn:aws:kms:${region}:${accountId}:`;
  const keyOf = (id: string, alias: string | undefined) => ({ arn: `${place}key/${id}`, alias });
  const managed = { ...keyOf('0ec2ec2e-c2ec-4ec2-aec2-ec2ec2ec2ec2', ofEcr), enabled: true, managed: true };
  const keys = new Map<string, KmsKey>([[managed.arn, managed]]);
  return {
    putKey({ alias, enabled = true } = {}) {
      const known = alias === undefined ? undefined : [...keys.values()].find(key => key.alias === alias);
      const key = { ...(known ?? keyOf(randomUUID(), alias)), enabled, managed: false };
      keys.set(key.arn, key);
      return key.arn;
    },
    find: (reference = ofEcr) =>
      [...keys.values()].find(({ arn, alias }) =>
        [arn, arn.slice(arn.indexOf('/') + 1), alias, `${place}${alias}`].includes(reference),
      ),
  };
}
