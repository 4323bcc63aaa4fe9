import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingProgram, runProcess } from '../platform/process.ts';

/** What git knows a folder's content by: the same names, the same bytes. `unclean` is what git does not know. */
export type WorkTree = { kind: 'clean'; names: string[] } | { kind: 'unclean'; reason: string };

interface WorkTreeOptions {
  /** Whether this path, relative to the folder, matters to nobody. */
  ignores: (path: string) => boolean;
  /** Whether something in an ignored folder may matter all the same. */
  hasExceptions: boolean;
  signal: AbortSignal;
}

/** Asks git whether a folder is just as its commit has it, and for the name of its tree. */
export async function readWorkTree(folder: string, options: WorkTreeOptions): Promise<WorkTree> {
  try {
    if (existsSync(join(folder, '.git')) && !options.ignores('.git')) {
      return unclean('`.git` is in the context and differs from commit to commit: add it to .dockerignore');
    }
    return await read(folder, options);
  } catch (error) {
    options.signal.throwIfAborted();
    const said = error instanceof Error ? error.message : String(error);
    return unclean(error instanceof MissingProgram ? 'this runner has no git' : said);
  }
}

function unclean(reason: string): WorkTree {
  return { kind: 'unclean', reason };
}

async function read(folder: string, options: WorkTreeOptions): Promise<WorkTree> {
  const [place, index, changed] = await Promise.all([
    git(folder, ['rev-parse', '--show-prefix', 'HEAD:./'], options),
    git(folder, ['ls-files', '-v', '-s', '-z', '--', '.'], options),
    changesIn(folder, 'normal', options),
  ]);
  const [prefix = '', tree = ''] = place.split('\n');
  const files = index.split('\0').filter(Boolean);
  // `S`: left out of the work tree; a small letter: changes that git was told not to see.
  if (files.some(file => /^[a-zS] /.test(file)))
    return unclean('git leaves files of it out of the work tree');
  const matters = (path: string): boolean => !options.ignores(path.slice(prefix.length).replace(/\/$/, ''));
  // A folder is told whole, though only some of what is in it may matter.
  const isUnclear = changed.some(path => path.endsWith('/') && (options.hasExceptions || matters(path)));
  const left = (isUnclear ? await changesIn(folder, 'all', options) : changed).filter(matters);
  if (left.length > 0) return unclean(`${some(left)} ${left.length > 1 ? 'are' : 'is'} not in the commit`);
  const modules = files.flatMap(file => /^H 160000 \w+ 0\t(.*)$/s.exec(file)?.[1] ?? []);
  const inner = await Promise.all(modules.map(path => readModule(folder, path, options)));
  const spoilt = inner.find(each => each.kind === 'unclean');
  return (
    spoilt ?? {
      kind: 'clean',
      names: [tree, ...inner.flatMap(each => (each.kind === 'clean' ? each.names : []))],
    }
  );
}

/** A submodule is a work tree of its own, where it has been checked out. */
async function readModule(folder: string, path: string, options: WorkTreeOptions): Promise<WorkTree> {
  if (!existsSync(join(folder, path, '.git'))) return { kind: 'clean', names: [`${path}: empty`] };
  return read(join(folder, path), { ...options, ignores: inner => options.ignores(`${path}/${inner}`) });
}

/** What is changed, new or ignored, from the repository's root; a folder that git does not know is `normal`ly told whole. */
async function changesIn(
  folder: string,
  untracked: 'normal' | 'all',
  options: WorkTreeOptions,
): Promise<string[]> {
  const asked = ['status', '--porcelain', '-z', '--no-renames', '--ignored', '--ignore-submodules=none'];
  const told = await git(folder, [...asked, `--untracked-files=${untracked}`, '--', '.'], options);
  return told
    .split('\0')
    .filter(Boolean)
    .map(entry => entry.slice(3));
}

function some(paths: string[]): string {
  const [first = '', second] = paths;
  if (second === undefined) return first;
  return paths.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${paths.length - 2} more`;
}

/** Runs nothing that the repository's own configuration could name. */
async function git(folder: string, args: string[], { signal }: WorkTreeOptions): Promise<string> {
  // In a container the checkout belongs to another user, whom git otherwise distrusts.
  const settings = ['safe.directory=*', 'core.fsmonitor=false', 'core.hooksPath=/dev/null'];
  const trusted = ['--no-optional-locks', ...settings.flatMap(each => ['-c', each]), '-C', folder];
  const errors: string[] = [];
  const ended = await runProcess('git', [...trusted, ...args], {
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
