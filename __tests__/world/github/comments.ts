import { fault, refusal } from './rest.ts';
import { json } from './service.ts';
import type { Call, Reply, Service } from './service.ts';

/** A comment on an issue or a pull request. */
export interface Comment {
  id: number;
  repository: string;
  number: number;
  body: string;
  user: { login: string; type: 'Bot' | 'User' };
}

/** What a job's token may do. */
export interface TokenGrant {
  repository: string;
  canComment: boolean;
  canReadContents: boolean;
}

export interface CommentService {
  readonly service: Service;
  admit(token: string, grant: TokenGrant): void;
  /** Every comment, the oldest first; what is pushed here is somebody else's. */
  comments: Comment[];
}

const path = /^\/api\/v3\/repos\/([^/]+\/[^/]+)\/issues\/(?:(\d+)\/comments|comments\/(\d+))$/;

/** GitHub's REST API of comments. https://docs.github.com/en/rest/issues/comments */
export function createCommentService(): CommentService {
  const grants = new Map<string, TokenGrant>();
  const comments: Comment[] = [];

  const list = ({ url }: Call, where: { repository: string; number: number }): Reply => {
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
    const page = Number(url.searchParams.get('page') ?? 1);
    const all = comments.filter(each => each.repository === where.repository && each.number === where.number);
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    const reply = json(200, all.slice((page - 1) * size, page * size));
    return page * size < all.length
      ? { ...reply, headers: { ...reply.headers, Link: `<${next.href}>; rel="next"` } }
      : reply;
  };
  const bodyOf = ({ body }: Call): string => {
    const given: { body?: unknown } = JSON.parse(body.toString());
    return typeof given.body === 'string' ? given.body : '';
  };

  return {
    comments,
    admit: (token, grant) => void grants.set(token, grant),
    service: {
      label: ({ method, url }) =>
        path.test(url.pathname)
          ? `issues:${method} comments`
          : url.pathname === '/api/v3/user'
            ? 'users:GET user'
            : undefined,
      async answer(call) {
        // A job's token is an installation's: it is nobody's in particular.
        if (call.url.pathname === '/api/v3/user')
          return refusal(403, 'Resource not accessible by integration');
        const [, repository = '', number, id] = path.exec(call.url.pathname) ?? [];
        const grant = grants.get(call.headers.authorization?.replace(/^Bearer /, '') ?? '');
        if (grant === undefined) return refusal(401, 'Bad credentials');
        if (grant.repository !== repository) return refusal(404, 'Not Found');
        if (!grant.canComment) return refusal(403, 'Resource not accessible by integration');
        call.url.host = call.headers.host ?? '';
        if (call.method === 'GET') return list(call, { repository, number: Number(number) });
        const body = bodyOf(call);
        if (body.length > 65_536) {
          return refusal(422, 'Validation Failed: Body is too long (maximum is 65536 characters)');
        }
        if (call.method === 'POST') {
          const user = { login: 'github-actions[bot]', type: 'Bot' as const };
          const comment = { id: comments.length + 1, repository, number: Number(number), body, user };
          comments.push(comment);
          return json(201, comment);
        }
        const known = comments.find(each => each.id === Number(id) && each.repository === repository);
        if (known === undefined) return refusal(404, 'Not Found');
        known.body = body;
        return json(200, known);
      },
      refuse: fault,
    },
  };
}
