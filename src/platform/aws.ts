import type { ECR } from '@aws-sdk/client-ecr';
import type { STS } from '@aws-sdk/client-sts';
import { Failure } from './failure.ts';

/** Keys of a session, never kept in the environment. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/** Called by the SDK whenever it is about to sign; a provider that lasts must renew what it hands out. */
export type CredentialsProvider = () => Promise<Credentials>;

/** An account as one step of a workflow sees it. */
export interface Aws {
  region: string;
  ecr: ECR;
}

/** Milliseconds for a connection and for a whole answer: the SDK by itself would wait for ever. */
const patience = { connectionTimeout: 5_000, requestTimeout: 30_000 };

/** Without a provider the SDK looks where it always does: environment, profile, instance or container role. */
export async function openEcr(region: string, credentials?: CredentialsProvider): Promise<ECR> {
  // Loaded when it is needed, while the runner answers the OIDC request: half the bundle is the SDK.
  const sdk = await import('@aws-sdk/client-ecr');
  const ecr = new sdk.ECR({ region, requestHandler: patience, ...(credentials && { credentials }) });
  ecr.middlewareStack.add(
    (next, { commandName = '' }) =>
      args =>
        next(args).catch(error =>
          Promise.reject(explain(error, `ecr:${commandName.replace(/Command$/, '')}`, region)),
        ),
    { step: 'initialize', name: 'explain' },
  );
  return ecr;
}

/** The unsigned half of STS: what can be asked without credentials. Retries are the caller's. */
export async function openSts(region: string): Promise<STS> {
  const sdk = await import('@aws-sdk/client-sts');
  return new sdk.STS({
    region,
    requestHandler: patience,
    maxAttempts: 1,
    // AssumeRoleWithWebIdentity is not signed; without this the SDK would search the machine for keys first.
    credentials: { accessKeyId: '', secretAccessKey: '' },
  });
}

/** Whether the service answered with one of these error codes; the code is the SDK's `error.name`. */
export function isRefusal(error: unknown, ...codes: string[]): boolean {
  const answer = error instanceof Failure ? error.cause : error;
  return answer instanceof Error && codes.includes(answer.name);
}

/** Says what AWS refused, in AWS's words, and which permission or setting would change its mind. */
export function explain(error: unknown, action: string, region: string): Failure {
  if (error instanceof Failure) return error;
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const said = `${action} failed: ${message}`;
  const because = (remedy: string): Failure => new Failure(said, { remedy, cause: error });

  if (name.startsWith('AccessDenied')) {
    const [, denied = action, resource = '*'] = /perform: (\S+) on resource: (\S+)/.exec(message) ?? [];
    return because(
      `Add this statement to a policy of the role, or have the one who denies it lift that:\n${JSON.stringify({ Effect: 'Allow', Action: denied, Resource: resource })}`,
    );
  }
  if (
    /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/.test(
      name,
    )
  ) {
    return because(
      'The AWS credentials are expired or wrong: set `role-to-assume`, or renew what the job was given.',
    );
  }
  if (name === 'CredentialsProviderError') {
    return because(
      'There are no AWS credentials in this job: set `role-to-assume` and `permissions: id-token: write`.',
    );
  }
  if (isUnreachable(error)) {
    return because(
      `AWS could not be reached in region '${region}': check \`aws-region\` and the runner's network or proxy.`,
    );
  }
  if (/Throttl|TooManyRequests/.test(name)) {
    return because('AWS throttled this call three times: run the job again, or let fewer jobs push at once.');
  }
  return because(
    `AWS answered ${name}. Run the job again; if it stays, the message above says what ECR did not accept.`,
  );
}

/** Errors of the network rather than of the service; a failed DNS look-up is what a misspelt region looks like. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH)$/.test(code) ||
    error.name === 'TimeoutError'
  );
}
