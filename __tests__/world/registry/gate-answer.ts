import type { ServerResponse } from 'node:http';
import type { RegistryService } from '../aws/ecr/registry.ts';
import { Refusal } from '../aws/refusal.ts';
import type { WordedFault } from '../faults.ts';

/** ECR's API says it with one code, its registry with another: [HTTP status, code of the registry protocol]. */
const registryErrors: ReadonlyMap<string, [status: number, code: string]> = new Map([
  ['AccessDeniedException', [403, 'DENIED']],
  ['ImageNotFoundException', [404, 'MANIFEST_UNKNOWN']],
  ['ImageDigestDoesNotMatchException', [400, 'DIGEST_INVALID']],
  ['ImageTagAlreadyExistsException', [400, 'TAG_INVALID']],
  ['InvalidParameterException', [400, 'MANIFEST_INVALID']],
  ['LayersNotFoundException', [400, 'MANIFEST_BLOB_UNKNOWN']],
  ['ReferencedImagesNotFoundException', [400, 'MANIFEST_BLOB_UNKNOWN']],
  ['LimitExceededException', [403, 'DENIED']],
  ['RepositoryNotFoundException', [404, 'NAME_UNKNOWN']],
  ['ThrottlingException', [429, 'TOOMANYREQUESTS']],
]);

/** Answers with a refusal, as the registry protocol writes it. Returns the HTTP status. */
export function refuse(response: ServerResponse, refusal: Refusal): number {
  const [status, code] = registryErrors.get(refusal.code) ?? [refusal.status, refusal.code];
  const body = JSON.stringify({ errors: [{ code, message: refusal.message }] });
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);
  return status;
}

/**
 * Asks for a login, in the way that makes clients send the one that they have; of ECR Public they fetch a token with it.
 *
 * @returns the HTTP status
 */
export function challenge(
  response: ServerResponse,
  service: RegistryService,
  { host }: { host: string },
): number {
  const basic = `Basic realm="http://${host}/",service="ecr.amazonaws.com"`;
  const bearer = `Bearer realm="http://${host}/token/",service="public.ecr.aws",scope="aws"`;
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'www-authenticate': service === 'ecr' ? basic : bearer,
  };
  response.writeHead(401, headers).end('Not Authorized\n');
  return 401;
}

/** Gives a token, which is good for as long as the password that it is. Returns the HTTP status. */
export function giveToken(response: ServerResponse, token: string, { method }: { method: string }): number {
  // Clients that try OAuth's way first take this one after such an answer.
  if (method !== 'GET') throw new Refusal('UNSUPPORTED', 'The operation is unsupported.', 405);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
  return 200;
}

/** The refusal in which a fault is told. */
export function refusalOf(fault: WordedFault): Refusal {
  switch (fault.kind) {
    case 'throttle':
      return new Refusal('ThrottlingException', 'Rate exceeded');
    case 'server-error':
      return new Refusal('INTERNAL_ERROR', 'Internal Server Error', 500);
    case 'refuse':
      return new Refusal(fault.error.code, fault.error.message, fault.error.status);
  }
}
