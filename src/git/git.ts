import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gitEnvironment, jobEnvironment } from '../platform/environment.ts';
import { runProcess } from '../platform/process.ts';
import { isSha, timeOf } from './values.ts';

/** A commit as git describes it. */
export interface GitCommit {
  /** The full SHA. */
  sha: string;
  /** ISO 8601, UTC; absent where the commit has a date that no calendar has. */
  committedAt?: string;
}

/**
 * Reads the commit that is checked out in a folder and the commit with the SHA of the event, in one process. Each is
 * `undefined` where the folder is not the root of a repository or the repository does not have the commit.
 */
export async function readCommits(
  folder: string,
  sha: string,
): Promise<{ checkedOut: GitCommit | undefined; eventCommit: GitCommit | undefined }> {
  const options = ['--no-walk=unsorted', '--ignore-missing', '--format=%H %ct'];
  const args = ['rev-list', ...options, END_OF_OPTIONS, 'HEAD', ...(isSha(sha) ? [sha] : [])];
  const lines = (await runGit(folder, args))?.split('\n') ?? [];
  const [checkedOut, eventCommit = checkedOut] = lines.flatMap(line => parseCommit(line) ?? []);
  return { checkedOut, eventCommit: eventCommit?.sha === sha ? eventCommit : undefined };
}

/**
 * The full SHAs that are checked out in folders, by the folder's name. The workspace itself is left out: `readCommits` reads
 * it.
 */
export async function readFolderShas(
  workspace: string,
  folders: Record<string, string>,
): Promise<Record<string, string>> {
  const root = resolve(workspace);
  const shas = Object.entries(folders)
    .map(([name, path]) => [name, resolve(path)] as const)
    .filter(([, path]) => path !== root)
    .map(async ([name, path]): Promise<[string, string][]> => {
      // A folder above the workspace may also be a repository, but not the one that is built.
      const repository = repositoryAbove(path, root);
      const sha = repository && (await runGit(repository, ['rev-parse', '--verify', '--quiet', 'HEAD']));
      return sha ? [[name, sha]] : [];
    });
  return Object.fromEntries((await Promise.all(shas)).flat());
}

/** The nearest folder, from this one up to `root`, that has a `.git`. */
export function repositoryAbove(folder: string, root: string): string | undefined {
  const path = resolve(folder);
  if (existsSync(join(path, '.git'))) return path;
  const parent = dirname(path);
  return path === resolve(root) || path === parent ? undefined : repositoryAbove(parent, root);
}

function parseCommit(line: string): GitCommit | undefined {
  const [, sha, seconds] = /^([0-9a-f]{40,64}) (-?\d+)$/.exec(line) ?? [];
  if (sha === undefined) return undefined;
  const committedAt = timeOf(Number(seconds) * 1000);
  return { sha, ...(committedAt !== undefined && { committedAt }) };
}

/** What follows is no option of git, whatever it looks like. https://git-scm.com/docs/gitcli */
export const END_OF_OPTIONS = '--end-of-options';

/**
 * What git printed of the repository in a folder; `undefined` where there is none, git fails or there is no git, as the action
 * works without this information.
 *
 * The folder may be of somebody else's making, and a repository's configuration can name programs that git runs. Git is told
 * where the repository is, so that it takes no other for one, such as a bare repository among the files of a context; and only
 * commands that read objects and refs may be run here: they touch neither the files nor the index, so they run no filter, hook
 * or file system monitor. `gitEnvironment` closes the rest: an object that is missing is not fetched.
 */
export async function runGit(folder: string, args: readonly string[]): Promise<string | undefined> {
  const gitDir = join(folder, '.git');
  if (!existsSync(gitDir)) return undefined;
  const ended = await runProcess('git', ['--no-pager', '--git-dir', gitDir, '--work-tree', folder, ...args], {
    env: gitEnvironment(jobEnvironment()),
    stdoutOnly: true,
  }).catch(() => undefined);
  return ended?.exitCode === 0 ? ended.output.trimEnd() : undefined;
}
