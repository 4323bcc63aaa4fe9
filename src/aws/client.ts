import { Failure } from '../platform/failure.ts';
import { isRecord } from '../validation/parsers.ts';
import { UnexpectedAnswer } from './answer.ts';

/** Characters. AWS echoes a whole policy where it does not accept one. */
const MAX_MESSAGE_LENGTH = 1_000;

/** The keys with which calls are signed. They are passed as a value and never through the environment. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of a session; the keys of a user have none. */
  sessionToken?: string;
  /** When they expire; absent where that is not known. */
  expiration?: Date;
}

/** The credentials of a session that STS has opened. */
export type SessionCredentials = Required<Credentials>;

/**
 * Called by the SDK before it signs a request. The provider has to renew credentials that expire, and at once if it is told to.
 */
export type CredentialsProvider = (options?: { forceRefresh?: boolean }) => Promise<Credentials>;

/** Whether the service answered with one of these error codes; the code is the SDK's `error.name`. */
export function isRefusal(error: unknown, ...codes: string[]): boolean {
  const answer = error instanceof Failure ? error.cause : error;
  return answer instanceof Error && codes.includes(answer.name);
}

/** How often a call was made before this answer: more than once if an earlier answer was lost or asked to come again. */
export function attemptsOf(error: unknown): number {
  const answer = error instanceof Failure ? error.cause : error;
  if (!(answer instanceof Error) || !('$metadata' in answer)) return 1;
  const { $metadata: metadata } = answer;
  return isRecord(metadata) && typeof metadata['attempts'] === 'number' ? metadata['attempts'] : 1;
}

/**
 * The failure of a call: the message of AWS, with a remedy that names the permission or setting to change. `denied` is the
 * remedy where AWS denies access.
 */
export function explain(
  error: unknown,
  action: string,
  { region, denied }: { region: string; denied: (message: string) => string },
): Failure {
  if (error instanceof Failure) return error;
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const text = `${action} failed: ${message.slice(0, MAX_MESSAGE_LENGTH)}${kmsErrorOf(error)}`;
  const withRemedy = (remedy: string): Failure => new Failure(text, { remedy, cause: error });

  if (name.startsWith('AccessDenied')) return withRemedy(denied(message));
  if (
    /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/.test(
      name,
    )
  ) {
    return withRemedy(
      'The AWS credentials are expired or wrong: set `role-to-assume`, or renew the keys of the job or of `aws-access-key-id`; and check the clock of a self-hosted runner.',
    );
  }
  if (name === 'CredentialsProviderError') {
    return withRemedy(
      'There are no AWS credentials in this job: set `role-to-assume` and `permissions: id-token: write`. Where `aws-access-key-id` is given a secret that the job cannot see, it is empty.',
    );
  }
  if (isUntrusted(error)) {
    return withRemedy(
      'The certificate of AWS, or of the proxy before it, is not trusted here: name the file of its authority in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.',
    );
  }
  if (error instanceof UnexpectedAnswer) {
    return withRemedy(
      "Run the job again. If it stays, let the runner's network or proxy pass the calls to AWS on, and log in to its portal where it has one.",
    );
  }
  if (isUnreachable(error)) {
    return withRemedy(
      `AWS could not be reached in region '${region}': check \`aws-region\` and the runner's network or proxy.`,
    );
  }
  if (/Throttl|TooManyRequests/.test(name)) {
    return withRemedy(
      'AWS throttled this call three times: run the job again, or let fewer jobs push at once.',
    );
  }
  return withRemedy(
    `AWS answered ${name}. Run the job again; if it stays, the message above says what ECR did not accept.`,
  );
}

type Handler<Args, Answer> = (args: Args) => Promise<Answer>;

/** Middleware of the SDK that turns every error into a `Failure` with a remedy. */
export function explainErrors(service: string, options: Parameters<typeof explain>[2]) {
  return <Args, Answer>(
      next: Handler<Args, Answer>,
      { commandName = '' }: { commandName?: string },
    ): Handler<Args, Answer> =>
    args =>
      next(args).catch(error => {
        throw explain(error, `${service}:${commandName.replace(/Command$/, '')}`, options);
      });
}

/**
 * Middleware of the SDK that renews credentials which AWS says are expired, and repeats the call once. The web identity call is
 * not signed: what has expired there is the OIDC token.
 */
export function renewExpired(credentials: (options: { forceRefresh: boolean }) => Promise<unknown>) {
  return <Args, Answer>(
      next: Handler<Args, Answer>,
      { commandName = '' }: { commandName?: string },
    ): Handler<Args, Answer> =>
    async args => {
      try {
        return await next(args);
      } catch (error) {
        if (!isExpired(error) || commandName === 'AssumeRoleWithWebIdentityCommand') throw error;
        await credentials({ forceRefresh: true });
        return next(args);
      }
    };
}

function isExpired(error: unknown): boolean {
  return error instanceof Error && error.name.startsWith('ExpiredToken');
}

/** What KMS said, which the message of ECR leaves out. */
function kmsErrorOf(error: unknown): string {
  const code = error instanceof Error && 'kmsError' in error ? error.kmsError : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}

/** Whether the certificate of the other side was rejected. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isUntrusted(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_(HAS_EXPIRED|UNTRUSTED|REJECTED)/.test(code);
}

/** Whether the same call may succeed if it is repeated: a server error, a network error, an answer of something else or throttling. */
export function isTransient(error: unknown): boolean {
  const answer = error instanceof Failure ? error.cause : error;
  if (!(answer instanceof Error)) return false;
  const isServerFault = '$fault' in answer && answer.$fault === 'server';
  return (
    isServerFault ||
    isUnreachable(answer) ||
    answer instanceof UnexpectedAnswer ||
    /Throttl|TooManyRequests/.test(answer.name)
  );
}

/** Whether the error comes from the network and not from the service. A misspelt region appears as a failed DNS look-up. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH)$/.test(code) ||
    error.name === 'TimeoutError'
  );
}
