import type { WordedFault } from '../faults.ts';
import { json } from './service.ts';
import type { Call, Reply } from './service.ts';

/** What a twirp server says to a request that is no JSON call of a method; undefined if it is one. */
export function refuseTransport({ method, headers, url }: Call): Reply | undefined {
  if (method !== 'POST')
    return twirpError(404, 'bad_route', `unsupported method "${method}" (only POST is allowed)`);
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(type))
    return twirpError(404, 'bad_route', `unexpected Content-Type: "${type}" for ${url.pathname}`);
  return undefined;
}

/** How the service words a fault. */
export function twirpFault(fault: WordedFault): Reply {
  switch (fault.kind) {
    case 'throttle':
      return twirpError(429, 'resource_exhausted', 'rate limit exceeded');
    case 'server-error':
      return twirpError(500, 'internal', 'internal service error');
    case 'refuse':
      return twirpError(fault.error.status, fault.error.code, fault.error.message);
  }
}

/** An error as every twirp service gives it. https://twitchtv.github.io/twirp/docs/spec_v7.html#error-codes */
export function twirpError(status: number, code: string, msg: string): Reply {
  return json(status, { code, msg });
}
