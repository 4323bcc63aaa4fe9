import type { Credentials } from '../aws/client.ts';
import type { Commit } from '../commit/commit.ts';

/** A session of a chained role lasts one hour at most. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
export const MAX_CHAINED_SESSION_SECONDS = 3_600;

/** Characters. */
const MAX_SESSION_NAME_LENGTH = 64;

/** The inputs about the role and the credentials. */
export interface RoleInputs {
  region: string;
  /** ARNs of the roles in the order in which they are assumed. If there are none, the SDK's default provider chain is used. */
  arns: string[];
  /** Whether the first role is assumed with the job's own credentials instead of an OIDC token. */
  chaining: boolean;
  /** The keys that the inputs give. They outrank OIDC and the job's own credentials. */
  keys?: Credentials;
  sessionName?: string;
  /** Seconds. */
  durationSeconds: number;
  audience: string;
  /** The `iss` that the job's OIDC token probably has, which no token has told. */
  issuer: string;
  externalId?: string;
  /** JSON text. */
  sessionPolicy?: string;
  sessionPolicyArns: string[];
  /** Session tags of the roles that keys or other roles assume. */
  tags: Record<string, string>;
  /** The keys of tags that are left out where all of them are more than STS takes. */
  spareTagKeys: readonly string[];
  transitiveTagKeys: string[];
  allowedAccountIds: string[];
  exportCredentials: boolean;
  /** Whether the id of the account is masked in all that the runner shows. */
  masksAccountId: boolean;
  proxy?: string;
  noProxy?: string;
}

/** Where the first credentials come from, and the roles that are assumed with them. */
export interface RolePlan extends Omit<RoleInputs, 'arns' | 'chaining' | 'keys' | 'sessionName'> {
  source: { kind: 'oidc'; arn: string } | { kind: 'keys'; keys: Credentials } | { kind: 'default' };
  /** ARNs of the roles that are then assumed, each with the credentials of the one before. */
  chain: string[];
  sessionName: string;
}

/** Another role than the step's own, for a repository elsewhere. */
export interface OtherRole {
  arn: string;
  externalId?: string;
  /** Whether GitHub's OIDC assumes it anew, or the session of the step does. */
  source: 'oidc' | 'chained';
}

/** Another role as inputs give it. */
export interface OtherRoleInputs {
  arn: string;
  externalId?: string;
  /** Without it the role is assumed as the step's own is: by OIDC, or with the credentials that the job has. */
  chaining?: boolean;
}

/** The plan of another role. */
export function planOtherRole(
  { chaining, ...other }: OtherRoleInputs,
  { source }: Pick<RolePlan, 'source'>,
): OtherRole {
  return { ...other, source: (chaining ?? source.kind !== 'oidc') ? 'chained' : 'oidc' };
}

/** The plan of the role; the session is named after the run unless the inputs name it. */
export function planRole(inputs: RoleInputs, commit: Commit): RolePlan {
  const { arns, chaining, keys, sessionName = sessionNameOf(commit), ...rest } = inputs;
  if (keys !== undefined) return { ...rest, sessionName, source: { kind: 'keys', keys }, chain: arns };
  const [first, ...others] = arns;
  return first === undefined || chaining
    ? { ...rest, sessionName, source: { kind: 'default' }, chain: arns }
    : { ...rest, sessionName, source: { kind: 'oidc', arn: first }, chain: others };
}

/** The ARN of the role that calls ECR; `undefined` if the job's own credentials are used. */
export function actingRole({ source, chain }: Pick<RolePlan, 'source' | 'chain'>): string | undefined {
  return chain.at(-1) ?? (source.kind === 'oidc' ? source.arn : undefined);
}

/** Repository and run, so that CloudTrail shows the job; shortened to the `[\w+=,.@-]{2,64}` that STS accepts. */
function sessionNameOf({ repository, runId }: Commit): string {
  const suffix = `-${runId}`;
  return `${repository.replace(/[^\w+=,.@-]/g, '-').slice(0, MAX_SESSION_NAME_LENGTH - suffix.length)}${suffix}`;
}

/** The role and the origin of its credentials: as lines for the log, and as the one-line result of the step. */
export function sayRole(
  role: RolePlan,
  { source, expiration }: { source: string[] | undefined; expiration: Date | undefined },
): { lines: string[]; result: string } {
  const until = expiration === undefined ? '' : ` until ${expiration.toISOString().slice(11, 16)} UTC`;
  const origin = originOf(role, source);
  const arns = role.source.kind === 'oidc' ? [role.source.arn, ...role.chain] : role.chain;
  const narrowed = role.sessionPolicy !== undefined || role.sessionPolicyArns.length > 0;
  return {
    lines: [
      `From        ${origin}`,
      ...arns.map(arn => `Role        ${arn}`),
      ...(arns.length > 0
        ? [`Session     ${role.sessionName}${narrowed ? ', narrowed by a policy' : ''}`]
        : []),
      `Kept        ${role.exportCredentials ? 'exported to the later steps, as asked' : 'for this step alone'}`,
    ],
    result: `${actingRole(role) ?? `Without role-to-assume: ${origin}`}${until}`,
  };
}

/** Where the first credentials come from. `source` is known where the SDK's default chain found them for this step itself. */
function originOf(role: Pick<RolePlan, 'source'>, source: string[] | undefined): string {
  switch (role.source.kind) {
    case 'oidc':
      return "GitHub's OIDC";
    case 'keys':
      return 'the keys of aws-access-key-id';
    case 'default':
      return source ? credentialsOriginOf(source) : "the job's own credentials";
  }
}

/** How a pod of EKS gets the role of its service account. https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
const WEB_IDENTITY = 'the role of a web identity token file (IRSA in EKS)';

/**
 * Origins of credentials by the beginning of the SDK's codes.
 * https://github.com/aws/aws-sdk-js-v3/blob/main/packages/types/src/feature-ids.ts
 */
const origins: [code: string, origin: string][] = [
  // Its code begins as that of the keys in variables does.
  ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', WEB_IDENTITY],
  ['CREDENTIALS_ENV_VARS', 'environment variables'],
  ['CREDENTIALS_PROFILE', 'a profile of the AWS configuration'],
  ['CREDENTIALS_PROCESS', 'a profile of the AWS configuration'],
  ['CREDENTIALS_SSO', 'a profile of the AWS configuration'],
  ['CREDENTIALS_LOGIN', 'a profile of the AWS configuration'],
  ['CREDENTIALS_HTTP', "the container's role"],
  // A profile may name such a file too.
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', WEB_IDENTITY],
];

/** Which part of the SDK's default chain had the credentials, by the SDK's own codes. */
function credentialsOriginOf(codes: string[]): string {
  // The last part of the chain, the metadata service of the machine, has no code.
  if (codes.length === 0) return "the instance's role";
  return (
    origins.find(([code]) => codes.some(each => each.startsWith(code)))?.[1] ?? "the SDK's default chain"
  );
}
