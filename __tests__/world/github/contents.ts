import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { TokenGrant } from './comments.ts';
import { fault, refusal } from './rest.ts';
import { json } from './service.ts';
import type { Call, Reply, Service } from './service.ts';

/** A file of a commit by its path: its content, or where a symbolic link leads. */
export type Files = Record<string, string | { link: string }>;

export interface ContentsService {
  readonly service: Service;
  admit(token: string, grant: TokenGrant): void;
  /** Lets GitHub have a commit, and a branch that is on it. */
  putCommit(repository: string, commit: { sha: string; branch?: string; files: Files }): void;
}

const route = /^\/api\/v3\/repos\/([^/]+\/[^/]+)\/(contents|commits)\/(.*)$/;

/** Bytes up to which JSON has the content, and up to which there is any. */
const [JSON_LIMIT, RAW_LIMIT] = [1024 * 1024, 100 * 1024 * 1024];

/** GitHub lists so many files of a folder and no more, without a further page. */
const MOST_FILES = 1000;

/**
 * GitHub's REST API of files and commits. https://docs.github.com/en/rest/repos/contents#get-repository-content
 * https://docs.github.com/en/rest/commits/commits#get-a-commit
 */
export function createContentsService(): ContentsService {
  const grants = new Map<string, TokenGrant>();
  const commits = new Map<string, Files>();
  const branches = new Map<string, string>();
  const find = (repository: string, ref: string): { sha: string; files: Files } | undefined => {
    const sha = branches.get(`${repository} ${ref.replace(/^heads\//, '')}`) ?? ref;
    const files = commits.get(`${repository} ${sha}`);
    return files && { sha, files };
  };

  return {
    admit: (token, grant) => void grants.set(token, grant),
    putCommit(repository, { sha, branch, files }) {
      commits.set(`${repository} ${sha}`, files);
      if (branch !== undefined) branches.set(`${repository} ${branch}`, sha);
    },
    service: {
      label: ({ method, url }) => {
        const [, , what] = route.exec(url.pathname) ?? [];
        return what && `repos:${method} ${what}`;
      },
      async answer(call) {
        const [, repository = '', what, rest = ''] = route.exec(call.url.pathname) ?? [];
        const grant = grants.get(call.headers.authorization?.replace(/^Bearer /, '') ?? '');
        if (grant === undefined) return refusal(401, 'Bad credentials');
        if (grant.repository !== repository) return refusal(404, 'Not Found');
        if (!grant.canReadContents) return refusal(403, 'Resource not accessible by integration');
        const name = decodeURIComponent(rest);
        const ref = what === 'commits' ? name : (call.url.searchParams.get('ref') ?? 'main');
        const commit = find(repository, ref);
        if (what === 'commits') {
          if (commit === undefined) return refusal(422, `No commit found for SHA: ${ref}`);
          return wants(call, 'sha') ? text(commit.sha) : json(200, { sha: commit.sha });
        }
        if (commit === undefined) return refusal(404, `No commit found for the ref ${ref}`);
        return contentsOf(commit.files, name, wants(call, 'raw'));
      },
      refuse: fault,
    },
  };
}

/** Whether a request asks for a media type of GitHub's. https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types */
function wants({ headers }: Call, type: string): boolean {
  return new RegExp(`application/vnd\\.github\\.(v3\\.)?${type}(\\+json)?\\b`).test(headers.accept ?? '');
}

function contentsOf(files: Files, name: string, isRaw: boolean): Reply {
  const found = files[name];
  const children = Object.entries(files).filter(([each]) => name === '' || each.startsWith(`${name}/`));
  if (found === undefined && children.length === 0) return refusal(404, 'Not Found');
  if (found === undefined) return json(200, listing(children, name));
  if (typeof found === 'object') {
    const target = files[posix.join(posix.dirname(name), found.link)];
    // A link to a file of the repository is answered as the file.
    if (typeof target === 'string') return fileOf(name, target, isRaw);
    return json(200, { ...entry('symlink', name, found.link), target: found.link });
  }
  return fileOf(name, found, isRaw);
}

function fileOf(name: string, content: string, isRaw: boolean): Reply {
  const size = Buffer.byteLength(content);
  if (size > RAW_LIMIT) {
    return refusal(
      403,
      'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API.',
    );
  }
  if (isRaw) return text(content);
  const encoded = Buffer.from(content).toString('base64').replaceAll(/.{60}/g, '$&\n');
  return json(200, {
    ...entry('file', name, content),
    ...(size > JSON_LIMIT ? { encoding: 'none', content: '' } : { encoding: 'base64', content: encoded }),
  });
}

function listing(children: [name: string, file: Files[string]][], folder: string): object[] {
  const start = folder === '' ? 0 : folder.length + 1;
  const entries = new Map<string, object>();
  for (const [path, file] of children) {
    const [name = '', ...inner] = path.slice(start).split('/');
    const full = path.slice(0, start) + name;
    const isLink = typeof file === 'object';
    if (inner.length > 0) entries.set(name, entry('dir', full, ''));
    else entries.set(name, entry(isLink ? 'symlink' : 'file', full, isLink ? file.link : file));
  }
  return [...entries.values()].slice(0, MOST_FILES);
}

function entry(type: string, full: string, content: string) {
  return {
    type,
    name: posix.basename(full),
    path: full,
    size: type === 'dir' ? 0 : Buffer.byteLength(content),
    sha: createHash('sha1').update(content).digest('hex'),
  };
}

function text(body: string): Reply {
  return { status: 200, headers: { 'Content-Type': 'application/vnd.github.raw; charset=utf-8' }, body };
}
