import type { Commit } from '../commit/commit.ts';

/** The inputs about who the step is to AWS. */
export interface RoleInputs {
  region: string;
  /** In the order in which they are assumed; none: the SDK's default provider chain. */
  arns: string[];
  /** Assume the first role with the job's own credentials. */
  chaining: boolean;
  sessionName?: string;
  /** Seconds. */
  durationSeconds: number;
  audience: string;
  externalId?: string;
  /** JSON text. */
  sessionPolicy?: string;
  sessionPolicyArns: string[];
  tags: Record<string, string>;
  transitiveTagKeys: string[];
  allowedAccountIds: string[];
  exportCredentials: boolean;
  proxy?: string;
  noProxy?: string;
}

/** Where the first keys come from, and the roles that are assumed with them. */
export interface RolePlan extends Omit<RoleInputs, 'arns' | 'chaining' | 'sessionName'> {
  source: { kind: 'oidc'; arn: string } | { kind: 'default' };
  /** Assumed one after the other, each with the keys of the one before. */
  chain: string[];
  sessionName: string;
}

export function planRole(inputs: RoleInputs, commit: Commit): RolePlan {
  const { arns, chaining, sessionName = sessionNameOf(commit), ...rest } = inputs;
  const [first, ...others] = arns;
  return first === undefined || chaining
    ? { ...rest, sessionName, source: { kind: 'default' }, chain: arns }
    : { ...rest, sessionName, source: { kind: 'oidc', arn: first }, chain: others };
}

/** The role that calls ECR in the end; `undefined` where the job's own credentials do. */
export function actingRole({ source, chain }: Pick<RolePlan, 'source' | 'chain'>): string | undefined {
  return chain.at(-1) ?? (source.kind === 'oidc' ? source.arn : undefined);
}

/** Repository and run, so that CloudTrail leads back to the job; made to fit STS's `[\w+=,.@-]{2,64}`. */
function sessionNameOf({ repository, runId }: Commit): string {
  const suffix = `-${runId}`;
  return `${repository.replace(/[^\w+=,.@-]/g, '-').slice(0, 64 - suffix.length)}${suffix}`;
}

/** Who the step has become: lines for the log, and the same in one. */
export function tellRole(
  role: RolePlan,
  { source, expiration }: { source: string[] | undefined; expiration: Date | undefined },
): { lines: string[]; result: string } {
  const until = expiration === undefined ? '' : ` until ${expiration.toISOString().slice(11, 16)} UTC`;
  const origin =
    role.source.kind === 'oidc' ? "GitHub's OIDC" : source ? originOf(source) : "the job's own credentials";
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
    result: `${actingRole(role) ?? `No role, but ${origin}`}${until}`,
  };
}

/** https://github.com/aws/aws-sdk-js-v3/blob/main/packages/types/src/feature-ids.ts */
const origins: [code: string, origin: string][] = [
  ['CREDENTIALS_ENV_VARS', 'environment variables'],
  ['CREDENTIALS_PROFILE', 'a profile of the AWS configuration'],
  ['CREDENTIALS_HTTP', "the container's role"],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a web identity file'],
];

/** Which part of the SDK's default chain had the keys, by the SDK's own codes. */
function originOf(codes: string[]): string {
  // The end of the chain, the machine's metadata service, has none.
  if (codes.length === 0) return "the instance's role";
  return (
    origins.find(([code]) => codes.some(each => each.startsWith(code)))?.[1] ?? "the SDK's default chain"
  );
}
