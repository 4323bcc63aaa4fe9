import { decodeJwt } from 'jose';
import pRetry from 'p-retry';
import { explain, isRefusal, isUnreachable, openEcr, openSts } from '../platform/aws.ts';
import type { Aws, Credentials, CredentialsProvider } from '../platform/aws.ts';
import { Failure } from '../platform/failure.ts';
import { mask, oidcToken } from '../platform/runner.ts';
import type { Job } from '../platform/runner.ts';
import type { RolePlan } from '../rules/plan.ts';
import { trustPolicy } from '../rules/policy.ts';

type OidcRole = Extract<RolePlan, { kind: 'oidc' }>;

/** Becomes the role for this step alone: nothing is exported to the job's later steps. */
export function assumeRole(job: Job, role: RolePlan): Promise<Aws> {
  return job.step('Assume the role', async log => {
    if (role.kind === 'default') {
      log.result("No `role-to-assume`: using the credentials that the job's environment or machine has");
      return { region: role.region, ecr: await openEcr(role.region) };
    }
    const ask = (): Promise<Credentials> => exchange(role, job.signal);
    // The SDK of ECR is loaded while GitHub and STS answer.
    const renewing = keepFresh(ask);
    const [ecr, first] = await Promise.all([openEcr(role.region, renewing), renewing()]);
    log.info(`Session ${role.sessionName}, for this step alone`);
    log.result(`${role.arn} until ${first.expiration.toISOString().slice(11, 16)} UTC`);
    return { region: role.region, ecr };
  });
}

/** Hands out the same keys until five minutes before they expire, then asks for others. */
function keepFresh(ask: () => Promise<Credentials>): CredentialsProvider {
  let held: Promise<Credentials | undefined> = Promise.resolve(undefined);
  return async () => {
    const current = await held;
    if (current !== undefined && current.expiration.getTime() - Date.now() > 300_000) return current;
    const next = ask();
    held = next.catch(() => undefined);
    return next;
  };
}

/** A new token for new keys: the token lives five minutes, the session as long as the role allows. */
function exchange(role: OidcRole, signal: AbortSignal): Promise<Credentials> {
  return pRetry(
    async () => {
      const token = await askGitHub(role.audience);
      try {
        return await askSts(role, token);
      } catch (error) {
        throw isRefusal(error, 'AccessDenied') ? untrusted(role, token, error) : error;
      }
    },
    {
      signal,
      retries: 3,
      minTimeout: 500,
      randomize: true,
      shouldRetry: ({ error, attemptNumber }) => mayPass(error, attemptNumber),
    },
  ).catch(error => Promise.reject(explain(error, 'sts:AssumeRoleWithWebIdentity', role.region)));
}

/** What another try can mend; a role made seconds ago is refused until IAM has spread it, so a denial gets one more. */
function mayPass(error: unknown, attempt: number): boolean {
  if (isRefusal(error, 'AccessDenied')) return attempt < 2;
  return (
    isUnreachable(error) ||
    isRefusal(error, 'IDPCommunicationError', 'IDPCommunicationErrorException', 'InvalidIdentityToken') ||
    isRefusal(error, 'InvalidIdentityTokenException', 'ExpiredTokenException', 'ExpiredToken') ||
    isRefusal(error, 'Throttling', 'ThrottlingException', 'InternalFailure', 'ServiceUnavailable')
  );
}

async function askGitHub(audience: string): Promise<string> {
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] || !process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']) {
    throw new Failure("This job may not ask GitHub for an OIDC token, so it can't assume `role-to-assume`.", {
      remedy:
        'Add to the job:\n  permissions:\n    id-token: write\n    contents: read\nA pull request from a fork never gets a token: build it with `push: false`.',
    });
  }
  try {
    return await oidcToken(audience);
  } catch (error) {
    throw new Failure('GitHub did not hand out an OIDC token.', {
      remedy: 'Run the job again; https://www.githubstatus.com tells whether Actions has an incident.',
      cause: error,
    });
  }
}

async function askSts(role: OidcRole, token: string): Promise<Credentials> {
  const sts = await openSts(role.region);
  const { Credentials: keys } = await sts.assumeRoleWithWebIdentity({
    RoleArn: role.arn,
    RoleSessionName: role.sessionName,
    DurationSeconds: role.durationSeconds,
    WebIdentityToken: token,
  });
  if (!keys?.AccessKeyId || !keys.SecretAccessKey || !keys.SessionToken || !keys.Expiration) {
    throw new Failure('STS answered without keys.', { remedy: 'Run the job again.' });
  }
  mask(keys.SecretAccessKey);
  mask(keys.SessionToken);
  mask(keys.AccessKeyId);
  return {
    accessKeyId: keys.AccessKeyId,
    secretAccessKey: keys.SecretAccessKey,
    sessionToken: keys.SessionToken,
    expiration: keys.Expiration,
  };
}

/** Shows who the job is to AWS, never the token, and a trust policy that would admit just that. */
function untrusted(role: OidcRole, token: string, cause: unknown): Failure {
  const { iss = '', aud = '', sub = '' } = decodeJwt(token);
  const claims = { issuer: iss, audience: String(aud), subject: sub };
  return new Failure(
    `AWS does not let this job assume ${role.arn}: there is no such role, or its trust policy does not admit it.`,
    {
      remedy:
        `The job's token says iss '${iss}', aud '${String(aud)}', sub '${sub}'. A trust policy that admits exactly that:\n` +
        JSON.stringify(trustPolicy(role.arn, claims), null, 2),
      cause,
    },
  );
}
