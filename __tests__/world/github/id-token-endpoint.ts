import type { WordedFault } from '../faults.ts';
import type { Job } from './job.ts';
import type { Issuer } from './oidc.ts';
import type { RuntimeTokens } from './runtime-token.ts';
import { json } from './service.ts';
import type { Call, Reply, Service } from './service.ts';

export interface IdTokenEndpointOptions {
  issuer: Issuer;
  runtimeTokens: RuntimeTokens;
  /** The job of a path's plan and job ids. */
  findJob: (planId: string, planJobId: string) => Job | undefined;
}

const PATH = /^\/idtoken\/([^/]+)\/([^/]+)$/;

/** The path and query of a job's token request URL. It has a `?`, and `@actions/core` relies on that. */
export function idTokenPath(job: Job): string {
  return `/idtoken/${job.planId}/${job.planJobId}?api-version=2.0`;
}

/**
 * Exchanges a job's runtime token for an identity token.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export function createIdTokenEndpoint(options: IdTokenEndpointOptions): Service {
  return {
    label: ({ method, url }) => (PATH.test(url.pathname) ? `github:${method} /oidc` : undefined),
    answer: call => answer(call, options),
    refuse,
  };
}

async function answer(call: Call, options: IdTokenEndpointOptions): Promise<Reply> {
  const { issuer, runtimeTokens, findJob } = options;
  if (call.method !== 'GET') return json(405, { message: 'Method Not Allowed' });
  const grant = await runtimeTokens.verify(call.headers.authorization);
  if (!grant) return json(401, { message: 'Unauthorized' });
  const [, planId = '', planJobId = ''] = PATH.exec(call.url.pathname) ?? [];
  if (!grant.idToken || grant.planId !== planId || grant.planJobId !== planJobId)
    return json(403, { message: 'Forbidden' });
  const job = findJob(planId, planJobId);
  if (!job) return json(404, { message: 'Not Found' });
  const value = await issuer.issue(job, call.url.searchParams.get('audience') || undefined);
  return json(200, { count: value.length, value });
}

function refuse(fault: WordedFault): Reply {
  switch (fault.kind) {
    case 'throttle':
      return json(429, { message: 'Too Many Requests' });
    case 'server-error':
      return json(500, { message: 'Internal Server Error' });
    case 'refuse':
      return json(fault.error.status, { code: fault.error.code, message: fault.error.message });
  }
}
