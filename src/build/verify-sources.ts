import { createHash } from 'node:crypto';
import { createReadStream, existsSync, lstatSync, realpathSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ignoreMatcher, readIgnoreFile } from '../docker/dockerignore.ts';
import type { IgnoreMatcher } from '../docker/dockerignore.ts';
import { repositoryAbove } from '../git/git.ts';
import { readProvenText, readProvenTree, startObjectHash } from '../git/objects.ts';
import type { TreeEntry } from '../git/objects.ts';
import type { Build } from './build.ts';
import { contextsOf, foldersOf, isOwnCommit } from './contexts.ts';

/** The checkout that the sources are compared with. */
interface Checkout {
  workspace: string;
  /** The full SHA of the commit that is checked out there. */
  sha: string;
  /** URL of the job's repository, as git clones it. */
  ownUrl: string;
}

/** A folder with a checkout, and the files that its commit has by their path in it. */
interface Repository {
  root: string;
  entries: Map<string, TreeEntry>;
}

/**
 * Says why what is built is not provably the commit that is checked out in the workspace; `undefined` where it is. Nothing that a
 * file in the workspace claims is believed, HEAD and git's index neither: each file is hashed and compared with the commit, whose
 * SHA covers them. Files that the build ignores are left out, and `.git` is too.
 */
export async function whyUnverified(build: Build, checkout: Checkout): Promise<string | undefined> {
  const { context, file } = build;
  const contexts = Object.entries(contextsOf(build));
  const foreign = contexts.find(
    ([, place]) => place.kind === 'elsewhere' && !isOwnCommit(place.address, checkout),
  );
  if (foreign !== undefined)
    return `the address of the context '${foreign[0]}' is not this commit of this repository`;
  const folders = contexts.flatMap(([name, place]) =>
    place.kind === 'folder' ? [{ name, path: place.path }] : [],
  );
  if (folders.length === 0) return undefined;
  const root = realpathSync(checkout.workspace);
  const entries = existsSync(join(root, '.git')) ? await readProvenTree(root, checkout.sha) : undefined;
  if (entries === undefined) return 'the workspace has no checkout of it';
  const repository = { root, entries };
  for (const { name, path } of folders) {
    const dockerfile = name === 'context' ? (file ?? join(context, 'Dockerfile')) : undefined;
    const matcher = await ignoreMatcher(await readIgnoreFile(path, dockerfile));
    const ownFiles = dockerfile === undefined ? [] : [dockerfile, `${dockerfile}.dockerignore`];
    const files = [...ownFiles, join(path, '.dockerignore')];
    const reason =
      (await whyLinksDiffer([path, ...files], repository)) ??
      (await whyFilesDiffer(files, repository)) ??
      (await whyFolderDiffers(realpathSync(path), repository, matcher));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/**
 * Whether a folder that is built has a repository of its own, below the workspace: another checkout, a submodule, or files that
 * claim to be one. Its HEAD then says nothing, as files can make it name any commit.
 */
export function hasOtherRepository(build: Build, workspace: string): boolean {
  const root = resolve(workspace);
  return Object.values(foldersOf(build)).some(folder => {
    for (let path = resolve(folder); path.startsWith(`${root}${sep}`); path = dirname(path)) {
      if (existsSync(join(path, '.git'))) return true;
      // A bare repository has no `.git`.
      if (['HEAD', 'objects', 'refs'].every(name => existsSync(join(path, name)))) return true;
    }
    return false;
  });
}

/**
 * Whether all that is built is one checkout of this commit in a folder below the workspace (`path` of actions/checkout), proven
 * file by file.
 */
export async function isCheckoutBelow(build: Build, { workspace, ...commit }: Checkout): Promise<boolean> {
  const roots = new Set(Object.values(foldersOf(build)).map(folder => repositoryAbove(folder, workspace)));
  const [root, ...others] = roots;
  return (
    root !== undefined &&
    others.length === 0 &&
    (await whyUnverified(build, { ...commit, workspace: root })) === undefined
  );
}

/** Checks files that decide what the build sees. Each may also be missing, in the folder and in the commit. */
async function whyFilesDiffer(paths: string[], around: Repository): Promise<string | undefined> {
  for (const path of paths) {
    const repository = await repositoryOf(around, path);
    const inside = repository && pathIn(repository, path);
    if (repository === undefined || inside === undefined) return `'${path}' is not in the workspace`;
    const isKnown = repository.entries.has(inside);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    const isThere = stats !== undefined;
    if (isKnown !== isThere || (isKnown && !(await isSame(repository, inside)))) return sayDiffers(path);
    const target = stats?.isSymbolicLink() ? realpathSync(path) : path;
    const reason = target === path ? undefined : await whyFilesDiffer([target], around);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/**
 * Checks the symbolic links that lead to paths: another link in the place of a folder would have other files of the commit built in
 * the place of its own.
 */
async function whyLinksDiffer(paths: string[], around: Repository): Promise<string | undefined> {
  const pending = paths.map(path => resolve(path));
  const seen = new Set<string>();
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    const isRoot = existsSync(current) && realpathSync(current) === around.root;
    if (isRoot || seen.has(current)) continue;
    seen.add(current);
    const parent = dirname(current);
    if (parent !== current) pending.push(parent);
    if (lstatSync(current, { throwIfNoEntry: false })?.isSymbolicLink() !== true) continue;
    const repository = await repositoryOf(around, current);
    const inside = repository && pathIn(repository, current);
    // Links outside, such as on the way to the workspace, are the machine's own.
    if (inside === undefined) continue;
    if (repository === undefined || !(await isSame(repository, inside))) return sayDiffers(current);
    pending.push(resolve(parent, await readlink(current)));
  }
  return undefined;
}

/** The repository that a path is in: a submodule has its own, at the commit that the one around it names. */
async function repositoryOf(repository: Repository, path: string): Promise<Repository | undefined> {
  const inside = pathIn(repository, path);
  const [place, module] =
    [...repository.entries].find(
      ([each, { mode }]) => mode === '160000' && `${inside ?? ''}/`.startsWith(`${each}/`),
    ) ?? [];
  if (place === undefined || module === undefined) return repository;
  const root = join(repository.root, place);
  const entries = existsSync(join(root, '.git')) ? await readProvenTree(root, module.hash) : undefined;
  return entries && repositoryOf({ root, entries }, path);
}

async function whyFolderDiffers(
  folder: string,
  around: Repository,
  { ignores, hasExceptions }: IgnoreMatcher,
): Promise<string | undefined> {
  const repository = await repositoryOf(around, folder);
  if (repository === undefined) return `the submodule in '${folder}' is not at its commit`;
  const prefix = pathIn(repository, folder);
  if (prefix === undefined) return `the context '${folder}' is not in the workspace`;
  const start = prefix === '' ? '' : `${prefix}/`;
  const isSeen = (path: string): boolean => !ignores(path.slice(start.length));
  const missing = new Set(
    [...repository.entries.keys()].filter(path => path.startsWith(start) && isSeen(path)),
  );
  const pending = [prefix];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const found of await readdir(join(repository.root, current), { withFileTypes: true })) {
      const path = current === '' ? found.name : `${current}/${found.name}`;
      if (path === '.git') continue;
      // Bytes that are no UTF-8 are read as this character, so that a file could pass for another of the commit.
      if (found.name.includes('\uFFFD')) {
        if (isSeen(path)) return `the name '${path}' is no UTF-8`;
        continue;
      }
      const entry = repository.entries.get(path);
      if (found.isDirectory() && entry?.mode === '160000') {
        missing.delete(path);
        const reason = await whyModuleDiffers(join(repository.root, path), entry.hash, {
          ignores: inner => !isSeen(`${path}/${inner}`),
          hasExceptions,
        });
        if (reason !== undefined) return reason;
      } else if (found.isDirectory()) {
        if (isSeen(path) || hasExceptions) pending.push(path);
      } else if (isSeen(path)) {
        if (entry === undefined) return `'${path}' is not in it`;
        if (!(await isSame(repository, path))) return sayDiffers(path);
        missing.delete(path);
      }
    }
  }
  const [first] = missing;
  return first === undefined ? undefined : `'${first}' of it is missing`;
}

/** A submodule has a commit of its own, which the commit around it names. One that is not checked out is an empty folder. */
async function whyModuleDiffers(
  folder: string,
  sha: string,
  matcher: IgnoreMatcher,
): Promise<string | undefined> {
  const names = await readdir(folder);
  if (names.length === 0) return undefined;
  const entries = names.includes('.git') ? await readProvenTree(folder, sha) : undefined;
  if (entries === undefined) return `the submodule in '${folder}' is not at its commit`;
  return whyFolderDiffers(folder, { root: folder, entries }, matcher);
}

/** The path in the repository, with no symbolic link on the way to its folder; `undefined` where it is elsewhere. */
function pathIn({ root }: Repository, path: string): string | undefined {
  const absolute = resolve(path);
  const folder = existsSync(dirname(absolute)) ? realpathSync(dirname(absolute)) : dirname(absolute);
  const isRoot = existsSync(absolute) && realpathSync(absolute) === root;
  const inside = isRoot ? '' : relative(root, join(folder, absolute.slice(dirname(absolute).length)));
  return inside === '..' || inside.startsWith(`..${sep}`) ? undefined : inside;
}

/** Whether the file at a path has the content, the kind and the mode that the commit has there. */
async function isSame(repository: Repository, path: string): Promise<boolean> {
  const entry = repository.entries.get(path);
  const file = join(repository.root, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (entry === undefined || stats === undefined) return false;
  if (stats.isSymbolicLink()) {
    const target = await readlink(file, { encoding: 'buffer' });
    const hash = startObjectHash({ type: 'blob', bytes: target.length }, entry.hash).update(target);
    return entry.mode === '120000' && hash.digest('hex') === entry.hash;
  }
  const isProgram = (stats.mode & 0o100) !== 0;
  if (!stats.isFile() || entry.mode !== (isProgram ? '100755' : '100644')) return false;
  const hash = startObjectHash({ type: 'blob', bytes: stats.size }, entry.hash);
  const content = createHash('sha256');
  for await (const piece of createReadStream(file)) {
    hash.update(piece);
    content.update(piece);
  }
  return hash.digest('hex') === entry.hash || isLargeFile(repository, entry, content.digest('hex'));
}

/**
 * Whether the commit has a pointer of Git LFS to a file with this SHA-256 in the place of its content.
 * https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
async function isLargeFile({ root }: Repository, { hash }: TreeEntry, sha256: string): Promise<boolean> {
  const pointer = await readProvenText(root, hash);
  return (
    pointer !== undefined &&
    pointer.startsWith('version https://git-lfs.github.com/spec/v1\n') &&
    pointer.split('\n').includes(`oid sha256:${sha256}`)
  );
}

function sayDiffers(path: string): string {
  return `'${path}' differs from it`;
}
