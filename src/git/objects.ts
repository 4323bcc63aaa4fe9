import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gitEnvironment, jobEnvironment } from '../platform/environment.ts';
import { runProcess } from '../platform/process.ts';
import { MissingProgram } from '../platform/program.ts';
import { END_OF_OPTIONS } from './git.ts';
import { isSha } from './values.ts';

/** An entry of a commit that is no folder: a file, a link, or the commit of a submodule. */
export interface TreeEntry {
  /** `100644`, `100755` for a program, `120000` for a symbolic link, `160000` for a submodule. */
  mode: string;
  /** The hash under which git keeps the content; for a submodule the SHA of its commit. */
  hash: string;
}

/**
 * The entries of a commit by their path from the repository's root, as far as they are proven: the commit's SHA covers its root
 * tree, and each tree the hashes of its entries. Git itself believes the name of an object that it reads, so a repository that
 * somebody else wrote can keep anything under the SHA of a commit. `undefined` where git does not have the commit or the hashes
 * do not agree. `repository` is the folder that has `.git`. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export async function readProvenTree(
  repository: string,
  sha: string,
): Promise<Map<string, TreeEntry> | undefined> {
  if (!isSha(sha)) return undefined;
  const [commit, listing] = await Promise.all([
    readObject(repository, ['cat-file', END_OF_OPTIONS, 'commit', sha]),
    readObject(repository, ['ls-tree', '-r', '-t', '-z', '--full-tree', END_OF_OPTIONS, sha]),
  ]);
  if (commit === undefined || listing === undefined) return undefined;
  const [, root] = /^tree ([0-9a-f]+)\n/.exec(commit.toString('latin1')) ?? [];
  if (root === undefined || objectHash('commit', commit, sha) !== sha) return undefined;
  const folders = new Map<string, Buffer[]>([['', []]]);
  const trees = new Map([['', root]]);
  const entries = new Map<string, TreeEntry>();
  // A name may be of any bytes. Each is a character here, so that the hashes are those of the bytes.
  for (const line of listing.toString('latin1').split('\0').filter(Boolean)) {
    const [, mode = '', type, hash = '', path = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    const cut = path.lastIndexOf('/');
    const siblings = folders.get(path.slice(0, Math.max(cut, 0)));
    if (siblings === undefined) return undefined;
    const name = Buffer.from(`${mode.replace(/^0+/, '')} ${path.slice(cut + 1)}\0`, 'latin1');
    siblings.push(name, Buffer.from(hash, 'hex'));
    if (type === 'tree') {
      folders.set(path, []);
      trees.set(path, hash);
    } else {
      entries.set(Buffer.from(path, 'latin1').toString(), { mode, hash });
    }
  }
  const isProven = [...folders].every(
    ([path, parts]) => objectHash('tree', Buffer.concat(parts), sha) === trees.get(path),
  );
  return isProven ? entries : undefined;
}

/** The text of a file in the repository, if it is the one that has this hash. */
export async function readProvenText(repository: string, hash: string): Promise<string | undefined> {
  const content = await readObject(repository, ['cat-file', END_OF_OPTIONS, 'blob', hash]);
  if (content === undefined || !isUtf8(content) || objectHash('blob', content, hash) !== hash)
    return undefined;
  return content.toString();
}

/** The hash under which git keeps an object. `like` is another hash of the repository, whose length tells the algorithm. */
function objectHash(type: string, content: Buffer, like: string): string {
  return startObjectHash({ type, bytes: content.length }, like).update(content).digest('hex');
}

/** Starts the hash of an object whose content comes in pieces. */
export function startObjectHash({ type, bytes }: { type: string; bytes: number }, like: string) {
  return createHash(like.length === 40 ? 'sha1' : 'sha256').update(`${type} ${bytes}\0`);
}

/** What git printed of an object; `undefined` where it has none or there is no git. */
async function readObject(repository: string, args: string[]): Promise<Buffer | undefined> {
  // The folder is named, so that git looks for no other repository.
  const options = ['--no-replace-objects', `--git-dir=${join(repository, '.git')}`];
  const ended = await runProcess('git', [...options, ...args], {
    env: gitEnvironment(jobEnvironment()),
    stdoutOnly: true,
    encoding: 'latin1',
  }).catch(error => {
    if (error instanceof MissingProgram) return undefined;
    throw error;
  });
  return ended?.exitCode === 0 ? Buffer.from(ended.output, 'latin1') : undefined;
}
