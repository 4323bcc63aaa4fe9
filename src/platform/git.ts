import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runProcess } from './process.ts';

/** A commit as git describes it. */
export interface GitCommit {
  /** The full SHA. */
  sha: string;
  /** ISO 8601, UTC. */
  committedAt: string;
}

/**
 * Reads the commit that is checked out in a folder and the commit with the SHA of the event, in one process. Each is
 * `undefined` where the folder is not the root of a repository or the repository does not have the commit.
 */
export async function readCommits(
  folder: string,
  sha: string,
): Promise<{ checkedOut: GitCommit | undefined; eventCommit: GitCommit | undefined }> {
  const lines = await gitAtRoot(folder, [
    'rev-list',
    '--no-walk=unsorted',
    '--ignore-missing',
    '--format=%H %ct',
    'HEAD',
    sha,
  ]);
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
      const [sha] = await runGit(path, ['rev-parse', '--verify', '--quiet', 'HEAD'], {
        // A folder above the workspace may also be a repository, but not the one that is built.
        GIT_CEILING_DIRECTORIES: dirname(root),
      });
      return sha === undefined ? [] : [[name, sha]];
    });
  return Object.fromEntries((await Promise.all(shas)).flat());
}

function parseCommit(line: string): GitCommit | undefined {
  const [, sha, seconds] = /^([0-9a-f]{40,64}) (\d+)$/.exec(line) ?? [];
  if (sha === undefined) return undefined;
  return { sha, committedAt: new Date(Number(seconds) * 1000).toISOString() };
}

async function gitAtRoot(folder: string, args: string[]): Promise<string[]> {
  // A folder above the workspace may also be a repository, but not the one that is built.
  return existsSync(join(folder, '.git')) ? runGit(folder, args) : [];
}

/** The lines that git printed; empty where there is no repository or no git, as the action works without this information. */
async function runGit(folder: string, args: string[], env: Record<string, string> = {}): Promise<string[]> {
  // In a container the checkout belongs to another user, and git refuses such a repository unless it is marked as safe.
  const trusted = ['-c', 'safe.directory=*', '-C', folder];
  const ended = await runProcess('git', [...trusted, ...args], { env, stdoutOnly: true }).catch(
    () => undefined,
  );
  return ended?.exitCode === 0 ? ended.output.trimEnd().split('\n') : [];
}
