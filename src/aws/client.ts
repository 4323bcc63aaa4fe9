import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { Failure } from '../platform/failure.ts';

/** Keys of a session, never kept in the environment. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/** Called by the SDK whenever it is about to sign; a provider that lasts must renew what it hands out. */
export type CredentialsProvider = () => Promise<Credentials>;

/** Cuts every request of a client when the job is cancelled, which the SDK offers only call by call. */
export function endWith(handler: ECRClient['config']['requestHandler'], signal: AbortSignal): void {
  const handle = handler.handle.bind(handler);
  handler.handle = (request, options) => handle(request, { ...options, abortSignal: signal });
}

/**
 * Time-outs in milliseconds, as the SDK by itself would wait for ever; the proxy of the environment, which the SDK
 * does not look at; and the certificates that AWS_CA_BUNDLE names, as in AWS's other tools.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html
 */
export function requestOptions() {
  const bundle = process.env['AWS_CA_BUNDLE'];
  const ca = bundle ? [...getCACertificates(), readFileSync(bundle, 'utf8')] : undefined;
  const agent = { keepAlive: true, maxSockets: 50, proxyEnv: process.env };
  return {
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent(agent),
    httpsAgent: new HttpsAgent({ ...agent, ...(ca && { ca }) }),
  };
}

/** Whether the service answered with one of these error codes; the code is the SDK's `error.name`. */
export function isRefusal(error: unknown, ...codes: string[]): boolean {
  const answer = error instanceof Failure ? error.cause : error;
  return answer instanceof Error && codes.includes(answer.name);
}

/** Says what AWS refused, in AWS's words, and which permission or setting would change its mind. */
export function explain(
  error: unknown,
  action: string,
  { region, denied }: { region: string; denied: (message: string) => string },
): Failure {
  if (error instanceof Failure) return error;
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const said = `${action} failed: ${message}`;
  const because = (remedy: string): Failure => new Failure(said, { remedy, cause: error });

  if (name.startsWith('AccessDenied')) return because(denied(message));
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
  if (isUntrusted(error)) {
    return because(
      'The certificate of AWS, or of the proxy before it, is not trusted here: name the file of its authority in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.',
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

type Handler<Args, Answer> = (args: Args) => Promise<Answer>;

/** A step of the SDK's middleware that lets no error through unexplained. */
export function explained(service: string, options: Parameters<typeof explain>[2]) {
  return <Args, Answer>(
      next: Handler<Args, Answer>,
      { commandName = '' }: { commandName?: string },
    ): Handler<Args, Answer> =>
    args =>
      next(args).catch(error => {
        throw explain(error, `${service}:${commandName.replace(/Command$/, '')}`, options);
      });
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isUntrusted(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_(HAS_EXPIRED|UNTRUSTED|REJECTED)/.test(code);
}

/** Whether the same call may well succeed a moment later. */
export function isPassing(error: unknown): boolean {
  const answer = error instanceof Failure ? error.cause : error;
  if (!(answer instanceof Error)) return false;
  const isServerFault = '$fault' in answer && answer.$fault === 'server';
  return isServerFault || isUnreachable(answer) || /Throttl|TooManyRequests/.test(answer.name);
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
