import type { RunOf } from '../platform/run.ts';
import { decodeJwt } from 'jose';
import type { Aws } from '../aws/aws.ts';
import { explain, isUnreachable } from '../aws/client.ts';
import type { Credentials, CredentialsProvider } from '../aws/client.ts';
import { openPublicEcr } from '../aws/ecr-public.ts';
import { openEcr } from '../aws/ecr.ts';
import { openInspector } from '../aws/inspector.ts';
import { openSts } from '../aws/sts.ts';
import { exportToJob, mask } from '../platform/actions.ts';
import type { PolicyDocument } from '../aws/iam-policy.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import { useProxy } from '../platform/proxy.ts';
import { chainingPermissions, explainChain, explainDenial } from './access-denied.ts';
import { callerOf, keepFresh, keysOf, withPatience } from './credentials.ts';
import { askForToken } from './oidc-token.ts';
import { tellRole } from './plan.ts';
import type { RolePlan } from './plan.ts';
import { stsFaultOf } from './sts-errors.ts';
import { explainRefusal } from './trust-diagnosis.ts';
import type { TokenClaims } from './trust-diagnosis.ts';

/** The parts of the plan that say who acts, where, and what it takes. */
interface RoleParts {
  role: RolePlan;
  repository: { type: 'private' | 'public' };
  /** What the role has to be allowed, for the message where AWS denies it. */
  permissions: PolicyDocument;
}

/** Becomes the role for this step alone: nothing is exported to the job's later steps unless that is asked for. */
export function assumeRole({ job, plan }: RunOf<RoleParts>): Promise<Aws> {
  const { role } = plan;
  return job.step('Assume the role', async log => {
    if (role.proxy !== undefined) useProxy(role.proxy, role.noProxy);
    const provider = providerOf(job, role);
    // The SDK of ECR is loaded while GitHub and STS answer.
    const options = {
      credentials: provider,
      denied: (message: string) => explainDenial(message, plan.permissions),
      signal: job.signal,
    };
    const [{ ecr, credentials }, first] = await Promise.all([
      plan.repository.type === 'public' ? openPublicEcr(options) : openEcr(role.region, options),
      provider?.(),
    ]);
    const keys: Keys = first ?? (await credentials().catch(error => failToFind(error, role.region)));
    if (role.allowedAccountIds.length > 0)
      await refuseOtherAccounts(role, { credentials: provider, signal: job.signal });
    if (role.exportCredentials) exportKeys(role.region, keys);
    const { $source = {}, expiration } = keys;
    // What a chain of roles began with, only its first link knows.
    const source = first === undefined ? Object.keys($source) : undefined;
    const told = tellRole(role, { source, expiration });
    for (const line of told.lines) log.info(line);
    log.result(told.result);
    const inspector = () => openInspector(role.region, { credentials: provider, signal: job.signal });
    return { region: role.region, ecr, inspector };
  });
}

/** The keys of the last role, renewed from the first on when they run out; `undefined`: the SDK's default chain. */
function providerOf(job: Job, role: RolePlan): CredentialsProvider | undefined {
  const { source, chain } = role;
  const first = source.kind === 'oidc' ? keepFresh(() => exchange(job, role, source.arn)) : undefined;
  return chain.reduce<CredentialsProvider | undefined>(
    (before, arn) => keepFresh(() => follow(job, role, { arn, before })),
    first,
  );
}

/** A new token for new keys: the token lives five minutes, the session as long as the role allows. */
async function exchange(job: Job, role: RolePlan, arn: string): Promise<Credentials> {
  const sts = await openSts(role.region, { credentials: undefined, signal: job.signal });
  let token = '';
  const ask = async (): Promise<Credentials> => {
    token = await askForToken(role.audience);
    const session = sessionOf(role, { isLast: role.chain.length === 0 });
    return keysOf(await sts.assumeRoleWithWebIdentity({ ...session, RoleArn: arn, WebIdentityToken: token }));
  };
  const denied = (): string => explainRefusal(arn, claimsOf(token));
  return withPatience(ask, { signal: job.signal, tries }).catch(error => {
    throw explainSts(error, `sts:AssumeRoleWithWebIdentity of ${arn}`, { region: role.region, denied });
  });
}

/** Nothing in the environment, no profile, no role of a machine. */
function failToFind(error: unknown, region: string): never {
  throw explain(error, 'Finding AWS credentials', { region, denied: String });
}

function claimsOf(token: string): TokenClaims {
  return Object.fromEntries(Object.entries(decodeJwt(token)).map(([name, value]) => [name, String(value)]));
}

/** The next role of a chain, with the keys of the one before. */
async function follow(
  job: Job,
  role: RolePlan,
  { arn, before }: { arn: string; before: CredentialsProvider | undefined },
): Promise<Credentials> {
  const sts = await openSts(role.region, { credentials: before, signal: job.signal });
  const isLast = arn === role.chain.at(-1);
  const tags = Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value }));
  const ask = async (): Promise<Credentials> =>
    keysOf(
      await sts.assumeRole({
        ...sessionOf(role, { isLast }),
        RoleArn: arn,
        ...(role.externalId !== undefined && { ExternalId: role.externalId }),
        ...(tags.length > 0 && { Tags: tags, TransitiveTagKeys: role.transitiveTagKeys }),
      }),
    );
  const denied = (): string => explainChain(arn, chainingPermissions(role, arn));
  return withPatience(ask, { signal: job.signal, tries }).catch(error => {
    throw explainSts(error, 'sts:AssumeRole', { region: role.region, denied });
  });
}

/** Only the session that acts is narrowed: the ones before it have to be able to go on. */
function sessionOf(role: RolePlan, { isLast }: { isLast: boolean }) {
  const arns = role.sessionPolicyArns.map(arn => ({ arn }));
  return {
    RoleSessionName: role.sessionName,
    DurationSeconds: role.durationSeconds,
    ...(isLast && role.sessionPolicy !== undefined && { Policy: role.sessionPolicy }),
    ...(isLast && arns.length > 0 && { PolicyArns: arns }),
  };
}

function tries(error: Error): number {
  if (error instanceof Failure) return 1;
  return isUnreachable(error) || isBroken(error) ? 6 : (stsFaultOf(error.name, error.message)?.tries ?? 1);
}

/** An answer with a status of 500 and above says nothing of the request. */
function isBroken(error: Error): boolean {
  return '$fault' in error && error.$fault === 'server';
}

function explainSts(
  error: unknown,
  action: string,
  options: { region: string; denied: (message: string) => string },
): Failure {
  const remedy = error instanceof Error ? stsFaultOf(error.name, error.message)?.remedy : undefined;
  if (remedy === undefined || !(error instanceof Error)) return explain(error, action, options);
  return new Failure(`${action} failed: ${error.message}`, { remedy, cause: error });
}

async function refuseOtherAccounts(role: RolePlan, options: Parameters<typeof openSts>[1]): Promise<void> {
  const { account, arn } = await callerOf(await openSts(role.region, options));
  if (role.allowedAccountIds.includes(account)) return;
  throw new Failure(`${arn} is in account ${account}, which \`allowed-account-ids\` does not name.`, {
    remedy: `Allowed: ${role.allowedAccountIds.join(', ')}. Correct \`role-to-assume\` or the list; nothing has been changed.`,
  });
}

/** Keys that STS did not hand out here come from the machine, where nobody has masked them. */
function exportKeys(region: string, { accessKeyId, secretAccessKey, sessionToken }: Keys): void {
  for (const secret of [secretAccessKey, sessionToken, accessKeyId]) if (secret !== undefined) mask(secret);
  exportToJob('AWS_ACCESS_KEY_ID', accessKeyId);
  exportToJob('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  if (sessionToken !== undefined) exportToJob('AWS_SESSION_TOKEN', sessionToken);
  exportToJob('AWS_REGION', region);
  exportToJob('AWS_DEFAULT_REGION', region);
}

type Keys = Pick<Credentials, 'accessKeyId' | 'secretAccessKey'> & {
  sessionToken?: string;
  expiration?: Date;
  /** Which part of the default chain had them, in the SDK's own codes. */
  $source?: object;
};
