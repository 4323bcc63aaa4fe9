import type { AwsSession } from '../aws/aws.ts';
import type { Credentials } from '../aws/client.ts';
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
import type { RunOf } from '../platform/run-of.ts';
import { explainDenial } from './access-denied.ts';
import { callSts } from './call-sts.ts';
import { callerOf } from './credentials.ts';
import { maskOwnAccount } from './mask-account.ts';
import { firstProviderOf, providerOf } from './open-sessions.ts';
import { ownCredentialsFailure } from './own-credentials-failure.ts';
import { sayRole } from './plan.ts';
import type { RolePlan } from './plan.ts';

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
): Promise<AwsSession> {
  const { role } = plan;
  return job.step('Assume the role', async log => {
    if (role.masksAccountId) await maskOwnAccount(job, role, firstProviderOf(job, role));
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
    const keys: Keys =
      first ??
      (await credentials().catch(error => {
        throw ownCredentialsFailure(error, role.region);
      }));
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
    return { region: role.region, ecr, inspector, credentials };
  });
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
 * Exports the credentials to the later steps, and takes away the token of a session that an earlier step has left there. They are
 * masked here, as those that the SDK found on the machine are not masked yet.
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
