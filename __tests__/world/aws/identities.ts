import { randomBytes } from 'node:crypto';
import type { RequestContext } from './conditions.ts';
import { checkPolicy } from './policy-document.ts';
import type { PolicyDocument } from './policy-document.ts';

export interface Role {
  name: string;
  trustPolicy: PolicyDocument;
  policies: PolicyDocument[];
  /** 3600 as IAM's own default; at most 43200. */
  maxSessionDurationSeconds?: number;
  /** The account of the world where it is left out. */
  accountId?: string;
}

export interface User {
  name: string;
  accessKeyId: string;
  secretAccessKey: string;
  policies: PolicyDocument[];
  /** The account of the world where it is left out. */
  accountId?: string;
}

/** Whoever signs requests: a user, or the session of a role. */
export interface Principal {
  /** `arn:aws:iam::…:user/name` or `arn:aws:sts::…:assumed-role/role/session` */
  arn: string;
  /** The unique id, as `aws:userid`. */
  userId: string;
  accountId: string;
  /** The role's ARN; absent for a user. */
  roleArn?: string;
  /** Policies that narrow the session, each of which has to allow too. */
  sessionPolicies: PolicyDocument[];
  /** Session tags that go on to the sessions of the roles that this one assumes. */
  transitiveTags?: Readonly<Record<string, string>>;
  context: RequestContext;
}

export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiresAt?: Date;
  principal: Principal;
}

/** A role as an account keeps it. */
export interface KnownRole extends Required<Role> {
  arn: string;
  /** AROA… */
  id: string;
}

/** The identities of an account and of those around it, and the keys that are out. */
export interface Identities {
  putRole: (role: Role) => void;
  putUser: (user: User) => void;
  /** A managed policy that sessions may be narrowed by. */
  putManagedPolicy: (policy: { arn: string; document: PolicyDocument }) => void;
  findRole: (arn: string) => KnownRole | undefined;
  /** Whether an ARN is a role's, a user's or an open session's. */
  exists: (arn: string) => boolean;
  findManagedPolicy: (arn: string) => PolicyDocument | undefined;
  findKey: (accessKeyId: string) => AccessKey | undefined;
  /** The policies of the identity behind a principal as they are now, not as they were when it logged in. */
  policiesOf: (principal: Principal) => PolicyDocument[];
  /** Secret keys and session tokens of every session. */
  secrets: () => string[];
  openSession: (principal: Principal, expiresAt: Date) => Required<AccessKey>;
}

export function createIdentities({ accountId }: { accountId: string }): Identities {
  const roles = new Map<string, KnownRole>();
  const users = new Map<string, User>();
  const managed = new Map<string, PolicyDocument>();
  const keys = new Map<string, AccessKey>();

  return {
    putRole(role) {
      checkPolicy(role.trustPolicy, 'trust');
      role.policies.forEach(policy => checkPolicy(policy, 'identity'));
      const complete = { maxSessionDurationSeconds: 3600, accountId, ...role };
      const arn = `arn:aws:iam::${complete.accountId}:role/${role.name}`;
      roles.set(arn, { ...complete, arn, id: roles.get(arn)?.id ?? uniqueId('AROA') });
    },
    putUser(user) {
      user.policies.forEach(policy => checkPolicy(policy, 'identity'));
      const { accessKeyId, secretAccessKey, accountId: own = accountId } = user;
      const arn = `arn:aws:iam::${own}:user/${user.name}`;
      users.set(arn, user);
      const principal = {
        arn,
        userId: uniqueId('AIDA'),
        accountId: own,
        sessionPolicies: [],
        context: {},
      };
      keys.set(accessKeyId, { accessKeyId, secretAccessKey, principal });
    },
    putManagedPolicy({ arn, document }) {
      managed.set(arn, checkPolicy(document, 'identity'));
    },
    findRole: arn => roles.get(arn),
    exists: arn =>
      roles.has(arn) || users.has(arn) || [...keys.values()].some(({ principal }) => principal.arn === arn),
    findManagedPolicy: arn => managed.get(arn),
    findKey: accessKeyId => keys.get(accessKeyId),
    policiesOf({ arn, roleArn }) {
      return (roleArn === undefined ? users.get(arn) : roles.get(roleArn))?.policies ?? [];
    },
    secrets: () =>
      Array.from(keys.values())
        .flatMap(({ secretAccessKey, sessionToken }) => [secretAccessKey, sessionToken])
        .filter(secret => secret !== undefined),
    openSession(principal, expiresAt) {
      const key = {
        accessKeyId: uniqueId('ASIA'),
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(300).toString('base64'),
        expiresAt,
        principal,
      };
      keys.set(key.accessKeyId, key);
      return key;
    },
  };
}

/** An id as IAM makes them: a prefix that tells the kind, and sixteen letters and digits. */
function uniqueId(prefix: 'AROA' | 'AIDA' | 'ASIA'): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return prefix + [...randomBytes(16)].map(byte => alphabet.charAt(byte % alphabet.length)).join('');
}
