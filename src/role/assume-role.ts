import { decodeJwt } from 'jose';
import type { Aws } from '../aws/aws.ts';
import { explain } from '../aws/client.ts';
import type { Credentials, CredentialsProvider, SessionCredentials } from '../aws/client.ts';
import { openPublicEcr } from '../aws/ecr-public.ts';
import { openEcr } from '../aws/ecr.ts';
import type { PolicyDocument } from '../aws/iam-policy.ts';
import { openInspector } from '../aws/inspector.ts';
import { openSts } from '../aws/sts.ts';
import { findDocker } from '../docker/docker.ts';
import type { Docker } from '../docker/docker.ts';
import { atHost } from '../ecr/reference.ts';
import { annotate, exportToJob, mask } from '../platform/actions.ts';
import { Failure } from '../platform/failure.ts';
import type { Job } from '../platform/job.ts';
import { useProxy } from '../platform/proxy.ts';
import type { RunOf } from '../platform/run-of.ts';
import { chainingPermissions, explainChain, explainDenial } from './access-denied.ts';
import { callSts } from './call-sts.ts';
import { callerOf, keepFresh, keysOf } from './credentials.ts';
import { requestOidcToken } from './oidc-token.ts';
import { adviseChaining } from './own-credentials.ts';
import { sayRole } from './plan.ts';
import type { RolePlan } from './plan.ts';
import type { TokenFacts } from './sts-errors.ts';
import { explainRefusal } from './trust-diagnosis.ts';
import type { TokenClaims } from './trust-diagnosis.ts';

/** The parts of the plan about the role and its permissions. */
interface RoleParts {
  role: RolePlan;
  repository: { type: 'private' | 'public'; host?: string };
  /** The permissions that the role needs, for the message when AWS denies one. */
  permissions: PolicyDocument;
}

/**
 * Assumes the role for this step only: credentials are exported to the later steps of the job only if the inputs ask for it.
 */
export function assumeRole(
  { job, plan }: RunOf<RoleParts>,
  /** For ECR Public, whose manifests docker reads; it is looked for when it is needed where nobody has begun to. */
  docker?: Promise<Docker>,
): Promise<Aws> {
  const { role } = plan;
  return job.step('Assume the role', async log => {
    if (role.proxy !== undefined) useProxy(role.proxy, role.noProxy);
    const provider = providerOf(job, role);
    // Promise.all below loads the SDK of ECR while GitHub and STS answer.
    const options = {
      credentials: provider,
      denied: (message: string) => explainDenial(message, plan.permissions),
      signal: job.signal,
    };
    const [{ ecr, credentials }, first] = await Promise.all([
      plan.repository.type === 'public'
        ? openPublicEcr({
            ...options,
            docker: () => docker ?? findDocker(job, { engine: 'never' }),
            addressFor: uri => atHost(uri, plan.repository.host),
          })
        : openEcr(role.region, options),
      provider?.(),
    ]);
    const keys: Keys = first ?? (await credentials().catch(error => throwNoCredentials(error, role.region)));
    if (role.allowedAccountIds.length > 0)
      await refuseOtherAccounts(role, { credentials: provider, signal: job.signal });
    if (role.exportCredentials) exportKeys(role.region, keys);
    const { $source = {}, expiration } = keys;
    // The source is only known of credentials that the default chain found, and not of those of a chain of roles.
    const source = first === undefined ? Object.keys($source) : undefined;
    const described = sayRole(role, { source, expiration });
    for (const line of described.lines) log.info(line);
    log.result(described.result);
    if (role.source.kind === 'keys') adviseOidc(job, role.source.keys);
    const inspector = () => openInspector(role.region, { credentials: provider, signal: job.signal });
    return { region: role.region, ecr, inspector };
  });
}

/**
 * The provider of the credentials of the last role, which renews the whole chain when they expire; `undefined` means the SDK's
 * default chain.
 */
function providerOf(job: Job, role: RolePlan): CredentialsProvider | undefined {
  const { chain } = role;
  const first = firstProviderOf(job, role);
  // The same role may be in a chain twice, so that its place counts and not its ARN.
  return chain.reduce<CredentialsProvider | undefined>(
    (before, arn, place) => keepFresh(() => assumeNext(job, role, { arn, place, before })),
    first,
  );
}

function firstProviderOf(job: Job, role: RolePlan): CredentialsProvider | undefined {
  const { source } = role;
  switch (source.kind) {
    case 'oidc':
      return keepFresh(() => assumeWithToken(job, role, source.arn));
    case 'keys':
      return () => Promise.resolve(source.keys);
    case 'default':
      return undefined;
  }
}

/** Tells once what is better than keys that somebody has stored. Those of a session end by themselves. */
function adviseOidc(job: Job, { sessionToken }: Credentials): void {
  if (sessionToken !== undefined) return;
  job.logInOrder(() =>
    annotate.notice(
      "The key of `aws-access-key-id` works for anybody who gets it, until it is deleted. With `role-to-assume` and `permissions: id-token: write` no key is stored at all: GitHub's OIDC opens a session for each job.",
      { title: 'A stored key' },
    ),
  );
}

/**
 * Assumes the first role with a new OIDC token each time: a token expires after five minutes, a session only after the time
 * that the role allows.
 */
async function assumeWithToken(job: Job, role: RolePlan, arn: string): Promise<SessionCredentials> {
  const sts = await openSts(role.region, { credentials: undefined, signal: job.signal });
  let token = '';
  const ask = async (): Promise<SessionCredentials> => {
    token = await requestOidcToken(role.audience, job.signal);
    const session = sessionOf(role, { isLast: role.chain.length === 0 });
    return keysOf(await sts.assumeRoleWithWebIdentity({ ...session, RoleArn: arn, WebIdentityToken: token }));
  };
  const denied = (): string =>
    [...adviseChaining(process.env), explainRefusal(arn, claimsOf(token))].join('\n');
  const action = `sts:AssumeRoleWithWebIdentity of ${arn}`;
  const facts = (): TokenFacts => {
    if (token === '') return {};
    const { iss, aud } = claimsOf(token);
    return { ...(iss !== undefined && { issuer: iss }), ...(aud !== undefined && { audience: aud }) };
  };
  return callSts(ask, action, {
    isSigned: false,
    region: role.region,
    token: facts,
    denied,
    signal: job.signal,
  });
}

/** The default chain of the SDK found no credentials. */
function throwNoCredentials(error: unknown, region: string): never {
  throw explain(error, 'Finding AWS credentials', {
    region,
    // What the chain itself calls is STS, for a web identity token file or a profile with a role.
    denied: () =>
      "The trust policy of the role that the job's AWS settings name (AWS_ROLE_ARN, or a profile) has to admit this machine: for IRSA the pod's service account, by the cluster's own OIDC provider.",
  });
}

function claimsOf(token: string): TokenClaims {
  return Object.fromEntries(Object.entries(decodeJwt(token)).map(([name, value]) => [name, String(value)]));
}

/** Assumes the next role of a chain with the credentials of the one before. */
async function assumeNext(
  job: Job,
  role: RolePlan,
  { arn, place, before }: { arn: string; place: number; before: CredentialsProvider | undefined },
): Promise<SessionCredentials> {
  const sts = await openSts(role.region, { credentials: before, signal: job.signal });
  const isLast = place === role.chain.length - 1;
  const { tags, transitiveKeys } = tagsFor(role, { isFirst: place === 0 });
  const ask = async (): Promise<SessionCredentials> =>
    keysOf(
      await sts.assumeRole({
        ...sessionOf(role, { isLast }),
        RoleArn: arn,
        ...(role.externalId !== undefined && { ExternalId: role.externalId }),
        ...(tags.length > 0 && { Tags: tags }),
        ...(transitiveKeys.length > 0 && { TransitiveTagKeys: transitiveKeys }),
      }),
    );
  const denied = (message: string): string =>
    explainChain(arn, { message, isFirst: place === 0, policy: chainingPermissions(role, arn) });
  return callSts(ask, 'sts:AssumeRole', { isSigned: true, region: role.region, denied, signal: job.signal });
}

/**
 * The tags of a session. Those that the first session hands on are on the sessions after it already, and STS refuses to have them
 * set again. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function tagsFor({ tags, transitiveTagKeys }: RolePlan, { isFirst }: { isFirst: boolean }) {
  const handedOn = new Set(isFirst ? [] : transitiveTagKeys);
  return {
    tags: Object.entries(tags).flatMap(([Key, Value]) => (handedOn.has(Key) ? [] : [{ Key, Value }])),
    transitiveKeys: isFirst ? transitiveTagKeys : [],
  };
}

/**
 * The parameters of a session. Only the last session is narrowed by policies: those before it have to be able to assume the
 * next role.
 */
function sessionOf(role: RolePlan, { isLast }: { isLast: boolean }) {
  const arns = role.sessionPolicyArns.map(arn => ({ arn }));
  return {
    RoleSessionName: role.sessionName,
    DurationSeconds: role.durationSeconds,
    ...(isLast && role.sessionPolicy !== undefined && { Policy: role.sessionPolicy }),
    ...(isLast && arns.length > 0 && { PolicyArns: arns }),
  };
}

async function refuseOtherAccounts(role: RolePlan, options: Parameters<typeof openSts>[1]): Promise<void> {
  const sts = await openSts(role.region, options);
  const { account, arn } = await callSts(() => callerOf(sts), 'sts:GetCallerIdentity', {
    isSigned: true,
    region: role.region,
    denied: () =>
      'Without it `allowed-account-ids` cannot be checked. No permission is needed for it, so that a policy denies it: change that, or leave the input out.',
    signal: options.signal,
  });
  if (role.allowedAccountIds.includes(account)) return;
  throw new Failure(`${arn} is in account ${account}, which \`allowed-account-ids\` does not name.`, {
    remedy: `Allowed: ${role.allowedAccountIds.join(', ')}. Correct \`role-to-assume\` or the list; nothing has been changed.`,
  });
}

/**
 * Exports the credentials to the later steps, and takes away the token of a session that an earlier step has left there. They are masked here, as those that the SDK found on the machine are not masked
 * yet.
 */
function exportKeys(region: string, { accessKeyId, secretAccessKey, sessionToken }: Keys): void {
  for (const secret of [secretAccessKey, sessionToken, accessKeyId]) if (secret !== undefined) mask(secret);
  exportToJob('AWS_ACCESS_KEY_ID', accessKeyId);
  exportToJob('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  if (sessionToken !== undefined || process.env['AWS_SESSION_TOKEN'])
    exportToJob('AWS_SESSION_TOKEN', sessionToken ?? '');
  exportToJob('AWS_REGION', region);
  exportToJob('AWS_DEFAULT_REGION', region);
}

type Keys = Credentials & {
  /** Which part of the default chain had the credentials, by the SDK's own codes. */
  $source?: object;
};
