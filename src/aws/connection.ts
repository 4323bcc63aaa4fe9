import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { Failure } from '../platform/failure.ts';
import { readAnswer } from './answer.ts';

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Makes every request of a client end: it is aborted when the job is cancelled, which the SDK itself takes a signal for only in
 * single calls, and its answer is read in full and checked.
 */
export function guardRequests(handler: ECRClient['config']['requestHandler'], signal: AbortSignal): void {
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, options) => {
    try {
      const { response } = await handle(request, { ...options, abortSignal: signal });
      return { response: await readAnswer(response, request) };
    } catch (error) {
      throw withPlainMessage(error);
    }
  };
}

/** The same error of the SDK's HTTP client, which names itself and its options in the message of a time-out. */
function withPlainMessage(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'TimeoutError') return error;
  const [, milliseconds] = /\b(\d+) ms\b/.exec(error.message) ?? [];
  if (!error.message.startsWith('@smithy/') || milliseconds === undefined) return error;
  const missing = error.message.includes('connection') ? 'no connection' : 'no answer';
  return Object.assign(new Error(`${missing} within ${Number(milliseconds) / 1_000} s`, { cause: error }), {
    name: error.name,
    code: 'ETIMEDOUT',
  });
}

/** The options for the connections of a client: {@link openAgents}, and time-outs, as the SDK has none by default. */
export function requestOptions() {
  const { http: httpAgent, https: httpsAgent } = openAgents();
  return {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent,
    httpsAgent,
  };
}

/**
 * Agents for connections to AWS, which are kept open: through the proxy of the environment, which the SDK ignores, and with the
 * certificates of the file that AWS_CA_BUNDLE names, as in other tools of AWS.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html
 * @throws {Failure} when that file or the address of the proxy cannot be used.
 */
export function openAgents(): { http: HttpAgent; https: HttpsAgent } {
  const bundle = process.env['AWS_CA_BUNDLE'];
  const ca = bundle ? [...getCACertificates(), readBundle(bundle)] : undefined;
  const agent = { keepAlive: true, maxSockets: 50, proxyEnv: process.env };
  try {
    return { http: new HttpAgent(agent), https: new HttpsAgent({ ...agent, ...(ca && { ca }) }) };
  } catch {
    // The address may contain a password, so it is not shown, nor the error, which has it.
    throw new Failure(
      "The job's proxy cannot be used: HTTP_PROXY, HTTPS_PROXY or `http-proxy` is no address.",
      {
        remedy:
          'Give it as http://host:port or http://user:password@host:port, with special characters of user and password as %xx (`%25` for a percent sign).',
      },
    );
  }
}

/** The certificates of the file that AWS_CA_BUNDLE names. */
function readBundle(path: string): string {
  const refuse = (problem: string, cause?: unknown): Failure =>
    new Failure(`AWS_CA_BUNDLE is '${path.slice(0, 200)}', ${problem}.`, {
      remedy:
        'Let it name a readable file with certificates in PEM form (-----BEGIN CERTIFICATE-----), or take the variable away: NODE_EXTRA_CA_CERTS can name the file instead.',
      cause,
    });
  let text;
  try {
    // Reading a pipe or a device might never end.
    if (!statSync(path).isFile()) throw refuse('which is no file');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refuse(`which cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw refuse('which has no certificate in PEM form');
  if (!certificates.some(isReadable)) throw refuse('which has no certificate that can be read');
  return text;
}

function isReadable(certificate: string): boolean {
  try {
    return Boolean(new X509Certificate(certificate));
  } catch {
    return false;
  }
}
