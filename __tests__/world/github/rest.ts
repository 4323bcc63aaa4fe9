import type { WordedFault } from '../faults.ts';
import { json } from './service.ts';
import type { Reply } from './service.ts';

/** How GitHub's REST API words what a test lets go wrong. */
export function fault(each: WordedFault): Reply {
  switch (each.kind) {
    case 'throttle':
      return throttled(refusal(403, 'API rate limit exceeded for installation.'));
    case 'server-error':
      return refusal(500, 'Server Error');
    case 'refuse':
      return refusal(each.error.status, each.error.message);
  }
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function throttled({ headers, ...reply }: Reply): Reply {
  return { ...reply, headers: { ...headers, 'X-RateLimit-Remaining': '0' } };
}

/** A refusal of GitHub's REST API. */
export function refusal(status: number, message: string): Reply {
  return json(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}
