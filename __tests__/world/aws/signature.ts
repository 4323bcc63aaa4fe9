import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AccessKey } from './identities.ts';
import { signatureRefusals } from './signature-refusals.ts';

/** A request as it came over the wire: `path` with its query, the headers' names in lower case, the body's bytes. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** A service as signatures name it. */
export type ServiceName = 'ecr' | 'ecr-public' | 'inspector2' | 'sts';

/** What a signature has to be made for. */
export interface SignatureScope {
  service: ServiceName;
  region: string;
  now: Date;
}

interface Authorization {
  accessKeyId: string;
  /** date/region/service/aws4_request */
  scope: string[];
  signedHeaders: string[];
  signature: string;
}

/**
 * Finds who signed a request, by Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @throws {Refusal} in the words of the service that the signature is for
 */
export function verifySignature(
  request: WireRequest,
  expected: SignatureScope,
  { findKey }: { findKey: (accessKeyId: string) => AccessKey | undefined },
): AccessKey {
  const refuse = signatureRefusals(expected.service);
  const header = request.headers.authorization;
  if (header === undefined) throw refuse.missing();
  const authorization = parseAuthorization(header);
  const signedAt = request.headers['x-amz-date'];
  if (!authorization || !signedAt) throw refuse.incomplete(missingParts(header, signedAt), header);

  const [day, region, service, terminator] = authorization.scope;
  if (region !== expected.region) throw refuse.mismatch('Credential should be scoped to a valid region. ');
  if (service !== expected.service) {
    throw refuse.mismatch(`Credential should be scoped to correct service: '${expected.service}'. `);
  }
  if (day !== signedAt.slice(0, 8) || terminator !== 'aws4_request') {
    throw refuse.mismatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${signedAt.slice(0, 8)}', from '${signedAt}'.`,
    );
  }
  if (!authorization.signedHeaders.includes('host')) {
    throw refuse.mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  refuse.skew(signedAt, expected.now);

  const key = findKey(authorization.accessKeyId);
  if (!key || key.sessionToken !== request.headers['x-amz-security-token']) throw refuse.unknownKey();
  if (
    !isEqual(authorization.signature, sign(request, authorization, { secret: key.secretAccessKey, signedAt }))
  ) {
    throw refuse.mismatch();
  }
  if (key.expiresAt && key.expiresAt <= expected.now) throw refuse.expired();
  return key;
}

function sign(
  request: WireRequest,
  { scope, signedHeaders }: Authorization,
  { secret, signedAt }: { secret: string; signedAt: string },
): string {
  const payload = sha256(request.body);
  const [path = '/', query = ''] = request.path.split('?');
  const canonicalRequest = [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map(name => `${name}:${(request.headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    // A body other than the one whose hash was signed must not pass, so the claimed hash is not asked.
    payload,
  ].join('\n');
  const stringToSign = ['AWS4-HMAC-SHA256', signedAt, scope.join('/'), sha256(canonicalRequest)].join('\n');
  const key = scope.reduce<Buffer>(
    (secretOrKey, part) => hmac(secretOrKey, part),
    Buffer.from(`AWS4${secret}`),
  );
  return hmac(key, stringToSign).toString('hex');
}

function parseAuthorization(header: string): Authorization | undefined {
  const [, parameters] = /^AWS4-HMAC-SHA256 (.+)$/.exec(header) ?? [];
  const values = new Map(parameters?.split(',').map(parameter => splitOnce(parameter.trim(), '=')));
  const [accessKeyId, ...scope] = values.get('Credential')?.split('/') ?? [];
  const signedHeaders = values.get('SignedHeaders')?.split(';');
  const signature = values.get('Signature');
  if (!accessKeyId || scope.length !== 4 || !signedHeaders || !signature) return undefined;
  return { accessKeyId, scope, signedHeaders, signature };
}

function missingParts(header: string, signedAt: string | undefined): string[] {
  const parameters = ['Credential', 'Signature', 'SignedHeaders'].filter(
    name => !header.includes(`${name}=`),
  );
  return [
    ...parameters.map(name => `Authorization header requires '${name}' parameter.`),
    ...(signedAt
      ? []
      : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
  ];
}

/** Each part is encoded once more than it stands in the request, as for every service but S3. */
function canonicalPath(path: string): string {
  return path.split('/').map(encode).join('/');
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function isEqual(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
