import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingProgram, runProcess } from '../platform/process.ts';

/**
 * The names of the git trees of a folder: the same names mean the same files. `unclean` is a folder with files that differ from
 * its commit.
 */
export type WorkTree = { kind: 'clean'; names: string[] } | { kind: 'unclean'; reason: string };

interface WorkTreeOptions {
  /** Whether the build ignores this path, which is relative to the folder. */
  ignores: (path: string) => boolean;
  /** Whether the ignore file has exceptions, so that a file in an ignored folder may be relevant. */
  hasExceptions: boolean;
  signal: AbortSignal;
}

/** Asks git whether a folder is the same as in its commit, and for the names of its trees. */
export async function readWorkTree(folder: string, options: WorkTreeOptions): Promise<WorkTree> {
  try {
    if (existsSync(join(folder, '.git')) && !options.ignores('.git')) {
      return unclean('`.git` is in the context and differs from commit to commit: add it to .dockerignore');
    }
    return await readTree(folder, options);
  } catch (error) {
    options.signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    return unclean(error instanceof MissingProgram ? 'this runner has no git' : message);
  }
}

function unclean(reason: string): WorkTree {
  return { kind: 'unclean', reason };
}

async function readTree(folder: string, options: WorkTreeOptions): Promise<WorkTree> {
  const [revision, index, changed] = await Promise.all([
    git(folder, ['rev-parse', '--show-prefix', 'HEAD:./'], options),
    git(folder, ['ls-files', '-v', '-s', '-z', '--', '.'], options),
    changesIn(folder, 'normal', options),
  ]);
  const [prefix = '', tree = ''] = revision.split('\n');
  const files = index.split('\0').filter(Boolean);
  // `S` marks a file that is not in the work tree, a lower-case letter one whose changes git ignores (`assume-unchanged`).
  if (files.some(file => /^[a-zS] /.test(file)))
    return unclean('git leaves files of it out of the work tree');
  const isRelevant = (path: string): boolean =>
    !options.ignores(path.slice(prefix.length).replace(/\/$/, ''));
  // Git lists a new folder as one entry, even if only some of its files are relevant.
  const hasFolderToList = changed.some(
    path => path.endsWith('/') && (options.hasExceptions || isRelevant(path)),
  );
  const relevant = (hasFolderToList ? await changesIn(folder, 'all', options) : changed).filter(isRelevant);
  if (relevant.length > 0)
    return unclean(`${listPaths(relevant)} ${relevant.length > 1 ? 'are' : 'is'} not in the commit`);
  const modules = files.flatMap(file => /^H 160000 \w+ 0\t(.*)$/s.exec(file)?.[1] ?? []);
  const moduleTrees = await Promise.all(modules.map(path => readModule(folder, path, options)));
  const uncleanModule = moduleTrees.find(each => each.kind === 'unclean');
  return (
    uncleanModule ?? {
      kind: 'clean',
      names: [tree, ...moduleTrees.flatMap(each => (each.kind === 'clean' ? each.names : []))],
    }
  );
}

/** Reads a submodule, which is a work tree of its own if it has been checked out. */
async function readModule(folder: string, path: string, options: WorkTreeOptions): Promise<WorkTree> {
  if (!existsSync(join(folder, path, '.git'))) return { kind: 'clean', names: [`${path}: empty`] };
  return readTree(join(folder, path), { ...options, ignores: inner => options.ignores(`${path}/${inner}`) });
}

/**
 * The changed, new and ignored paths, relative to the repository's root. With `normal` a new folder is one path, with `all` each
 * file in it is one.
 */
async function changesIn(
  folder: string,
  untracked: 'normal' | 'all',
  options: WorkTreeOptions,
): Promise<string[]> {
  const command = ['status', '--porcelain', '-z', '--no-renames', '--ignored', '--ignore-submodules=none'];
  const output = await git(folder, [...command, `--untracked-files=${untracked}`, '--', '.'], options);
  return output
    .split('\0')
    .filter(Boolean)
    .map(entry => entry.slice(3));
}

function listPaths(paths: string[]): string {
  const [first = '', second] = paths;
  if (second === undefined) return first;
  return paths.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${paths.length - 2} more`;
}

/** Runs git without the programs that the repository's configuration may name, and returns its output. */
async function git(folder: string, args: string[], { signal }: WorkTreeOptions): Promise<string> {
  // In a container the checkout belongs to another user, and git refuses such a folder by default.
  const settings = ['safe.directory=*', 'core.fsmonitor=false', 'core.hooksPath=/dev/null'];
  const gitOptions = ['--no-optional-locks', ...settings.flatMap(each => ['-c', each]), '-C', folder];
  const errors: string[] = [];
  const ended = await runProcess('git', [...gitOptions, ...args], {
    signal,
    stdoutOnly: true,
    onError: text => errors.push(text),
  });
  if (ended.exitCode !== 0)
    throw new Error(
      `git does not know it: ${errors
        .join('')
        .trim()
        .replace(/^fatal: /, '')}`,
    );
  return ended.output;
}
