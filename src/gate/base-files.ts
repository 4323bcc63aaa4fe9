import { existsSync } from 'node:fs';
import { join, matchesGlob, posix } from 'node:path';
import type { BaseCommit } from '../commit/base-commit.ts';
import { readProvenText, readProvenTree } from '../git/objects.ts';
import type { TreeEntry } from '../git/objects.ts';
import { Failure } from '../platform/failure.ts';
import { askGitHub, messageIn } from '../platform/github-api.ts';
import type { HttpResponse } from '../platform/http.ts';
import type { Problem } from '../validation/parsers.ts';

/** A file's text, or why it is not read; `undefined` where there is no such file. */
type FileText = string | Problem | undefined;

/** Reads files of a commit or of the workspace. Paths and patterns are relative to the root of the repository. */
export interface Files {
  textOf(path: string): FileText | Promise<FileText>;
  /** The files that a path or a pattern names. */
  matching(pattern: string): string[] | Promise<string[]>;
}

/** The commit that pull requests go on, and its files. */
export interface BaseFiles {
  /** The full SHA. */
  sha: string;
  files: Files;
}

interface OpenBaseOptions {
  base: BaseCommit | undefined;
  workspace: string;
  /** `owner/name` on GitHub. */
  repository: string;
  /** Reads the repository's contents. */
  token: string;
  /** Whether GitHub may be asked for what git does not have. */
  mayAsk: boolean;
}

/** GitHub lists no more files of a folder, and has no further page. https://docs.github.com/en/rest/repos/contents#get-repository-content */
const MOST_LISTED = 1000;

/** How many symbolic links may lead to a file. */
const MOST_LINKS = 5;

/**
 * Opens the base commit: in the workspace's repository where git has it, else by GitHub's API, as most checkouts have one commit
 * alone. What git tells is proven by its hash, so that nobody can write something else under the commit's SHA.
 * @throws {Failure} where the commit cannot be read.
 */
export async function openBase(options: OpenBaseOptions): Promise<BaseFiles> {
  const { base, workspace, mayAsk, token } = options;
  if (base === undefined) {
    throw new Failure('The event names no commit to read exceptions from, and no default branch.', {
      remedy: 'Leave `exceptions-from: base` out in this job.',
    });
  }
  const sha = 'sha' in base ? base.sha : mayAsk ? await lastCommitOf(base.branch, options) : undefined;
  const hasGit = existsSync(join(workspace, '.git'));
  const entries = sha !== undefined && hasGit ? await readProvenTree(workspace, sha) : undefined;
  if (sha !== undefined && entries !== undefined) return { sha, files: filesOfTree(workspace, entries) };
  if (sha === undefined || !mayAsk) {
    throw new Failure('Git does not have the commit here that exceptions are read from.', {
      remedy: 'A dry run asks nobody for it: give `fetch-depth: 0` to actions/checkout.',
    });
  }
  if (token === '') {
    throw new Failure(
      `Git does not have the commit ${sha} here, and there is no token to ask GitHub for it.`,
      {
        remedy: 'Leave `github-token` as it is by default, or give `fetch-depth: 0` to actions/checkout.',
      },
    );
  }
  return { sha, files: filesOnGitHub(sha, options) };
}

function filesOfTree(workspace: string, entries: Map<string, TreeEntry>): Files {
  const textOf = async (path: string, links = 0): Promise<string | undefined> => {
    const name = normalPath(path);
    const entry = entries.get(name);
    if (entry === undefined || entry.mode === '160000') return undefined;
    const text = await readProvenText(workspace, entry.hash);
    if (text === undefined) throw unreadable(`git does not have '${path}' here, or not as text`);
    if (entry.mode !== '120000') return text;
    if (links === MOST_LINKS) throw unreadable(`'${path}' is a link that leads in a circle`);
    return textOf(posix.join(posix.dirname(name), text), links + 1);
  };
  return {
    textOf: path => textOf(path),
    matching: pattern =>
      [...entries.keys()].filter(path => matchesGlob(path, normalPath(pattern))).toSorted(),
  };
}

type GitHubOptions = Pick<OpenBaseOptions, 'repository' | 'token'>;

function filesOnGitHub(sha: string, { repository, token }: GitHubOptions): Files {
  const ask = async (path: string, accept?: string): Promise<HttpResponse | undefined> => {
    const encoded = normalPath(path).split('/').map(encodeURIComponent).join('/');
    const url = `repos/${repository}/contents/${encoded}?ref=${sha}`;
    const answer = await askGitHub({ path: url, token, ...(accept !== undefined && { accept }) });
    // A commit that is not there is answered by the same status, with other words.
    return answer.status === 404 && !/No commit found/.test(answer.text) ? undefined : requireSuccess(answer);
  };
  const textOf = async (path: string): Promise<string | undefined> => {
    if (/^(\/|\.\.(\/|$))/.test(normalPath(path))) return undefined;
    const answer = await ask(path);
    if (answer === undefined || Array.isArray(answer.body)) return undefined;
    const { type, encoding, content } = recordOf(answer.body);
    if (type !== 'file') throw unreadable(`'${path}' is no file of the repository, but a ${String(type)}`);
    if (encoding === 'base64' && typeof content === 'string')
      return Buffer.from(content, 'base64').toString();
    // A file of more than 1 MB comes without its content.
    return (await ask(path, 'application/vnd.github.raw+json'))?.text;
  };
  const list = async (folder: string, depth: number): Promise<string[]> => {
    const answer = await ask(folder);
    const items: unknown[] = Array.isArray(answer?.body) ? answer.body : [];
    if (items.length >= MOST_LISTED)
      throw unreadable(`GitHub lists no more than ${MOST_LISTED} files of '${folder}'`);
    const entries = items.map(recordOf).map(({ type, path }) => ({ type, path: String(path) }));
    const inner = entries.filter(({ type }) => type === 'dir' && depth > 1);
    return [
      ...entries.filter(({ type }) => type !== 'dir').map(({ path }) => path),
      ...(await Promise.all(inner.map(({ path }) => list(path, depth - 1)))).flat(),
    ];
  };
  return {
    textOf,
    async matching(pattern) {
      const parts = normalPath(pattern).split('/');
      const first = parts.findIndex(part => /[*?[{(!]/.test(part));
      if (first === -1) return (await textOf(pattern)) === undefined ? [] : [normalPath(pattern)];
      const rest = parts.slice(first);
      const depth = rest.includes('**') ? Number.POSITIVE_INFINITY : rest.length;
      const found = await list(parts.slice(0, first).join('/'), depth);
      return found.filter(path => matchesGlob(path, normalPath(pattern))).toSorted();
    },
  };
}

/** The full SHA of a branch's last commit. https://docs.github.com/en/rest/commits/commits#get-a-commit */
async function lastCommitOf(branch: string, { repository, token }: GitHubOptions): Promise<string> {
  const path = `repos/${repository}/commits/${encodeURIComponent(`heads/${branch}`)}`;
  const isAnswer = ({ status, text }: HttpResponse) => status >= 400 || /^[0-9a-f]{40,64}$/.test(text);
  const accept = 'application/vnd.github.sha';
  const answer = requireSuccess(await askGitHub({ path, token, accept, isAnswer }));
  if (!isAnswer(answer)) throw unreadable('GitHub answered with no SHA');
  return answer.text;
}

function requireSuccess(answer: HttpResponse): HttpResponse {
  if (answer.status === 200) return answer;
  throw unreadable(messageIn(answer));
}

function unreadable(reason: string): Failure {
  return new Failure(reason, {
    remedy: 'Give the job `permissions: contents: read`, or `fetch-depth: 0` to actions/checkout.',
  });
}

/** A path in the repository, without `./` before it. */
function normalPath(path: string): string {
  return posix.normalize(path).replace(/\/$/, '');
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
