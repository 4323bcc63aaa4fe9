import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runProcess } from './process.ts';

/** A commit as git has it. */
export interface GitCommit {
  sha: string;
  /** ISO 8601, UTC. */
  committedAt: string;
}

/** The commit that the repository at a folder's root has checked out, and that of a SHA where it has it too, in one process. */
export async function readCommits(
  folder: string,
  sha: string,
): Promise<{ checkedOut: GitCommit | undefined; meant: GitCommit | undefined }> {
  const lines = await ask(folder, [
    'rev-list',
    '--no-walk=unsorted',
    '--ignore-missing',
    '--format=%H %ct',
    'HEAD',
    sha,
  ]);
  const [checkedOut, meant = checkedOut] = lines.flatMap(line => commitIn(line) ?? []);
  return { checkedOut, meant: meant?.sha === sha ? meant : undefined };
}

/** The SHAs that folders have checked out, by name; nothing of the workspace itself, whose commit is read already. */
export async function readFolders(
  workspace: string,
  folders: Record<string, string>,
): Promise<Record<string, string>> {
  const root = resolve(workspace);
  const told = Object.entries(folders)
    .map(([name, path]) => [name, resolve(path)] as const)
    .filter(([, path]) => path !== root)
    .map(async ([name, path]): Promise<[string, string][]> => {
      const [sha] = await run(path, ['rev-parse', '--verify', '--quiet', 'HEAD'], {
        // A folder above the workspace may be a repository too, and says nothing of what is built.
        GIT_CEILING_DIRECTORIES: dirname(root),
      });
      return sha === undefined ? [] : [[name, sha]];
    });
  return Object.fromEntries((await Promise.all(told)).flat());
}

function commitIn(line: string): GitCommit | undefined {
  const [, sha, seconds] = /^([0-9a-f]{40,64}) (\d+)$/.exec(line) ?? [];
  if (sha === undefined) return undefined;
  return { sha, committedAt: new Date(Number(seconds) * 1000).toISOString() };
}

async function ask(folder: string, args: string[]): Promise<string[]> {
  // A folder above the workspace may be a repository too, and says nothing of what is built.
  return existsSync(join(folder, '.git')) ? run(folder, args) : [];
}

/** Nothing where there is no repository or no git: what it would have told is not needed. */
async function run(folder: string, args: string[], env: Record<string, string> = {}): Promise<string[]> {
  // In a container the checkout belongs to another user, whom git otherwise distrusts.
  const trusted = ['-c', 'safe.directory=*', '-C', folder];
  const ended = await runProcess('git', [...trusted, ...args], { env, stdoutOnly: true }).catch(
    () => undefined,
  );
  return ended?.exitCode === 0 ? ended.output.trimEnd().split('\n') : [];
}
